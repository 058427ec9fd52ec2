//! The whole suite on each of the servers, in a process of its own with a database of its own.

use std::env;
use std::io::Write as _;
use std::process::{Command, Output};

use diesel::connection::SimpleConnection as _;
use diesel::prelude::*;
use diesel::sql_types::Text;
use restless_actix::{MysqlConnection, PostgresConnection};

use super::{BACKEND, Backend, skipped};

/// What is about SQLite alone: its files and threads, the types that Diesel has for it, and the statements that its
/// connections are seen to run.
const OF_SQLITE: [&str; 8] = [
    "backends::",
    "a_row_that_cannot_be_read",
    "database::",
    "keys::uuid::",
    "resilience::",
    "statements::",
    "strict_tables",
    "values::",
];

#[test]
fn runs_on_postgres() {
    run_on(Backend::Postgres);
}

#[test]
fn runs_on_mysql() {
    run_on(Backend::Mysql);
}

fn run_on(backend: Backend) {
    let Some(server) = backend.find() else {
        return skipped(&format!("a {backend} server at {}", backend.url()));
    };
    let run = Run::start(backend, server);
    let output = run.suite();
    let text = String::from_utf8_lossy(&output.stdout);
    let summary = text.lines().rfind(|line| line.starts_with("test result")).unwrap_or("no result").to_owned();
    let report =
        format!("the suite on {backend}: {summary}; left out as SQLite's own: {}\n", OF_SQLITE[1..].join(", "));
    let _ = std::io::stderr().write_all(report.as_bytes());
    assert!(output.status.success(), "{text}\n{}", String::from_utf8_lossy(&output.stderr));
}

/// The database of one run, dropped in the end whatever has happened.
struct Run {
    backend: Backend,
    server: String,
    name: String,
}

impl Run {
    fn start(backend: Backend, server: String) -> Self {
        let run = Self { backend, server, name: format!("restless_{}", std::process::id()) };
        run.on_server(&[&format!("CREATE DATABASE {}", run.name)]);
        if backend == Backend::Postgres {
            let mut connection = PostgresConnection::establish(&run.url()).expect("the database of the run");
            // What SQLite has for looking at bytes.
            let hex = "CREATE FUNCTION hex(bytea) RETURNS text LANGUAGE sql AS $$ SELECT upper(encode($1, 'hex')) $$";
            connection.batch_execute(hex).expect("a function");
        }
        run
    }

    fn url(&self) -> String {
        let (base, query) = self.server.split_once('?').unwrap_or((&self.server, ""));
        let base = base.rsplit_once('/').map_or(base, |(base, _)| base);
        let query = if query.is_empty() { String::new() } else { format!("?{query}") };
        format!("{base}/{}{query}", self.name)
    }

    /// Runs the tests of this very program there.
    fn suite(&self) -> Output {
        let mut command = Command::new(env::current_exe().expect("this program"));
        for area in OF_SQLITE {
            command.args(["--skip", area]);
        }
        command.env(BACKEND, self.backend.name()).env(self.backend.server().0, self.url()).arg("--test-threads=4");
        command.output().expect("a process of its own")
    }

    fn on_server(&self, statements: &[&str]) {
        for statement in statements {
            let ran = match self.backend {
                Backend::Sqlite => Ok(()),
                Backend::Postgres => {
                    PostgresConnection::establish(&self.server).expect("a server").batch_execute(statement)
                }
                Backend::Mysql => MysqlConnection::establish(&self.server).expect("a server").batch_execute(statement),
            };
            ran.expect("a server that does as it is told");
        }
    }

    /// The databases of the tests, and that of the run.
    fn mysql_databases(&self) -> Vec<String> {
        let mut connection = MysqlConnection::establish(&self.server).expect("a server");
        let query = "SELECT SCHEMA_NAME AS name FROM information_schema.SCHEMATA WHERE SCHEMA_NAME LIKE ?";
        let query = diesel::sql_query(query).bind::<Text, _>(format!("{}%", self.name));
        let found = query.load::<Named>(&mut connection).expect("a list of databases");
        found.into_iter().map(|named| format!("DROP DATABASE {}", named.name)).collect()
    }
}

impl Drop for Run {
    fn drop(&mut self) {
        match self.backend {
            Backend::Mysql => {
                let drops = self.mysql_databases();
                self.on_server(&drops.iter().map(String::as_str).collect::<Vec<_>>());
            }
            _ => self.on_server(&[&format!("DROP DATABASE {} WITH (FORCE)", self.name)]),
        }
    }
}

#[derive(QueryableByName)]
struct Named {
    #[diesel(sql_type = Text)]
    name: String,
}
