//! Where the tables of one test are: a file, a schema of PostgreSQL, a database of MySQL.

use std::sync::atomic::{AtomicUsize, Ordering};

use diesel::connection::SimpleConnection as _;
use diesel::prelude::*;
use restless_actix::{DatabaseConnection, MysqlConnection, PostgresConnection};
use tempfile::TempDir;

use super::{Backend, translate, url_of_database};

/// The tables of one test. They go when it is dropped, or with the database of the whole run.
pub struct Place {
    pub backend: Backend,
    pub url: String,
    /// Where the file is, if it is one.
    directory: Option<TempDir>,
    /// What to do where in the end, if it is on a server.
    drop: Option<(String, String)>,
}

static NUMBER: AtomicUsize = AtomicUsize::new(0);

impl Place {
    /// A new one on the backend of this process.
    pub fn new() -> Self {
        Self::on(Backend::current(), &Backend::current().url())
    }

    /// A new one on a server.
    pub fn on(backend: Backend, server: &str) -> Self {
        let name = format!("{}_{}", std::process::id(), NUMBER.fetch_add(1, Ordering::Relaxed));
        match backend {
            Backend::Sqlite => Self::in_file(),
            Backend::Postgres => Self::in_schema(server, &format!("restless_{name}")),
            Backend::Mysql => {
                let path = server.split('/').nth(3).unwrap_or_default();
                let run = path.split('?').next().filter(|run| run.starts_with("restless")).unwrap_or("restless");
                Self::in_database(server, &format!("{run}_{name}"))
            }
        }
    }

    fn in_schema(server: &str, name: &str) -> Self {
        let mut connection = PostgresConnection::establish(server).expect("a PostgreSQL server");
        connection.batch_execute(&format!("CREATE SCHEMA {name}")).expect("a schema");
        let separator = if server.contains('?') { '&' } else { '?' };
        let url = format!("{server}{separator}options=-c%20search_path%3D{name}%2Cpublic");
        let drop = format!("SET lock_timeout = '5s'; DROP SCHEMA {name} CASCADE");
        Self { backend: Backend::Postgres, url, directory: None, drop: Some((server.to_owned(), drop)) }
    }

    fn in_database(server: &str, name: &str) -> Self {
        let mut connection = MysqlConnection::establish(server).expect("a MySQL server");
        connection.batch_execute(&format!("CREATE DATABASE {name}")).expect("a database");
        let url = url_of_database(server, name);
        let drop = format!("SET lock_wait_timeout = 5; DROP DATABASE {name}");
        Self { backend: Backend::Mysql, url, directory: None, drop: Some((server.to_owned(), drop)) }
    }

    fn in_file() -> Self {
        let directory = tempfile::tempdir().expect("a directory for the database");
        let url = format!("sqlite://{}", directory.path().join("test.db").display());
        Self { backend: Backend::Sqlite, url, directory: Some(directory), drop: None }
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
                let mode = "SET sql_mode = CONCAT(@@sql_mode, ',ANSI_QUOTES,PIPES_AS_CONCAT,STRICT_ALL_TABLES'); \
                            SET /*M! max_recursive_iterations = 100000, */ @used = 1";
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

impl Drop for Place {
    fn drop(&mut self) {
        let Some((server, statements)) = &self.drop else {
            return;
        };
        // What cannot be dropped now, since somebody still uses it, goes with the database of the run.
        let _ = match self.backend {
            Backend::Mysql => MysqlConnection::establish(server).map(|mut server| server.batch_execute(statements)),
            _ => PostgresConnection::establish(server).map(|mut server| server.batch_execute(statements)),
        };
    }
}
