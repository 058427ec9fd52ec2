//! Where the tables of one test are: a file, a schema of PostgreSQL, a database of MySQL.

use std::sync::atomic::{AtomicUsize, Ordering};

use diesel::connection::SimpleConnection as _;
use diesel::prelude::*;
use restless_actix::{DatabaseConnection, MysqlConnection, PostgresConnection};
use tempfile::TempDir;

use super::{Backend, translate};

/// The tables of one test. They go when it is dropped, or with the database of the whole run.
pub struct Place {
    pub backend: Backend,
    pub url: String,
    /// Where the file is, if it is one.
    directory: Option<TempDir>,
}

static NUMBER: AtomicUsize = AtomicUsize::new(0);

impl Place {
    /// A new one on the backend of this process.
    pub fn new() -> Self {
        Self::on(Backend::current(), &Backend::current().url())
    }

    /// A new one on a server.
    pub fn on(backend: Backend, server: &str) -> Self {
        let name = format!("t{}_{}", std::process::id(), NUMBER.fetch_add(1, Ordering::Relaxed));
        match backend {
            Backend::Sqlite => Self::in_file(),
            Backend::Postgres => {
                let mut connection = PostgresConnection::establish(server).expect("a PostgreSQL server");
                connection.batch_execute(&format!("CREATE SCHEMA {name}")).expect("a schema");
                let separator = if server.contains('?') { '&' } else { '?' };
                let url = format!("{server}{separator}options=-c%20search_path%3D{name}%2Cpublic");
                Self { backend, url, directory: None }
            }
            Backend::Mysql => {
                let (base, run) = server.rsplit_once('/').expect("a URL with a database");
                let mut connection = MysqlConnection::establish(server).expect("a MySQL server");
                connection.batch_execute(&format!("CREATE DATABASE {run}_{name}")).expect("a database");
                Self { backend, url: format!("{base}/{run}_{name}"), directory: None }
            }
        }
    }

    fn in_file() -> Self {
        let directory = tempfile::tempdir().expect("a directory for the database");
        let url = format!("sqlite://{}", directory.path().join("test.db").display());
        Self { backend: Backend::Sqlite, url, directory: Some(directory) }
    }

    /// The file of the database.
    pub fn file(&self) -> String {
        let directory = self.directory.as_ref().expect("a database in a file");
        directory.path().join("test.db").display().to_string()
    }

    /// A connection that restless knows nothing of.
    pub fn connection(&self) -> DatabaseConnection {
        match self.backend {
            Backend::Sqlite => {
                let mut connection = SqliteConnection::establish(&self.file()).expect("a database file");
                connection.batch_execute("PRAGMA busy_timeout = 10000").expect("a working connection");
                DatabaseConnection::Sqlite(connection)
            }
            Backend::Postgres => {
                DatabaseConnection::Postgres(PostgresConnection::establish(&self.url).expect("a server"))
            }
            Backend::Mysql => {
                let mut connection = MysqlConnection::establish(&self.url).expect("a server");
                let mode = "SET sql_mode = CONCAT(@@sql_mode, ',ANSI_QUOTES,PIPES_AS_CONCAT,STRICT_ALL_TABLES')";
                connection.batch_execute(mode).expect("a working connection");
                DatabaseConnection::Mysql(connection)
            }
        }
    }

    /// Runs statements that are written for SQLite.
    pub fn execute(&self, sql: &str) {
        let translated = translate(self.backend, sql);
        if translated.trim().is_empty() {
            return;
        }
        self.connection().batch_execute(&translated).unwrap_or_else(|error| panic!("{error}: {translated}"));
        if self.backend == Backend::Postgres {
            self.advance_sequences();
        }
    }

    /// Rows that were inserted with their keys do not move the sequences that make keys.
    fn advance_sequences(&self) {
        let advance = "DO $$ DECLARE c record; BEGIN
            FOR c IN SELECT table_name t, column_name k FROM information_schema.columns
                WHERE table_schema = current_schema() AND is_identity = 'YES' LOOP
                EXECUTE format('SELECT setval(pg_get_serial_sequence(%L, %L), max(%I)) FROM %I',
                    quote_ident(c.t), c.k, c.k, c.t);
            END LOOP; END $$";
        self.connection().batch_execute(advance).expect("sequences that advance");
    }

    /// A query whose one column, called `value`, is text on every backend.
    pub fn as_text(&self, query: &str) -> String {
        match self.backend {
            Backend::Sqlite => query.to_owned(),
            Backend::Postgres => format!("SELECT CAST(value AS TEXT) AS value FROM ({query}) AS found"),
            // Without a limit the order within would mean nothing.
            Backend::Mysql => {
                let query = query.replace(" AS TEXT)", " AS CHAR)");
                let limit = if query.contains(" LIMIT ") { "" } else { " LIMIT 1000000" };
                format!("SELECT CAST(value AS CHAR) AS value FROM ({query}{limit}) AS found")
            }
        }
    }
}
