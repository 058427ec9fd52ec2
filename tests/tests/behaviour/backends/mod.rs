//! The database that the suite runs on: SQLite, unless the environment says otherwise. `suite` runs it on the others.
//!
//! Tests that are about one database alone are in modules called `of_sqlite`, or named there.

mod away;
mod contention;
mod encryption;
mod locks;
mod narrowed;
mod outcome;
mod place;
mod proxy;
mod quickstart;
mod read_only;
mod refusals;
mod schema;
mod suite;
mod transactions;

use std::env;
use std::fmt;

use diesel::Connection as _;
use restless_actix::{MysqlConnection, PostgresConnection};

pub use place::Place;
pub use schema::translate;

/// Names the backend of a process that runs the suite on a server.
const BACKEND: &str = "RESTLESS_TEST_BACKEND";

/// Makes a test fail whose server is not there, instead of being skipped.
const REQUIRED: &str = "RESTLESS_TEST_REQUIRE_SERVERS";

/// Makes the keys of tables that are text ignore the case of letters, as many databases do by default.
const TEXT_KEYS: &str = "RESTLESS_TEST_TEXT_KEYS";

/// Whether keys that are text ignore the case of letters in this process, and MySQL has its default collation.
pub fn ignores_case() -> bool {
    env::var(TEXT_KEYS).as_deref() == Ok("ignore_case")
}

/// What a database can be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Backend {
    Sqlite,
    Postgres,
    Mysql,
}

impl Backend {
    /// The one that this process runs on.
    pub fn current() -> Self {
        match env::var(BACKEND).as_deref() {
            Ok("postgres") => Backend::Postgres,
            Ok("mysql") => Backend::Mysql,
            _ => Backend::Sqlite,
        }
    }

    /// What stands for it in the environment.
    const fn name(self) -> &'static str {
        match self {
            Backend::Sqlite => "sqlite",
            Backend::Postgres => "postgres",
            Backend::Mysql => "mysql",
        }
    }

    /// The environment variable with the URL of its server, and what is tried without it.
    const fn server(self) -> (&'static str, &'static str) {
        match self {
            Backend::Sqlite => ("", "sqlite::memory:"),
            Backend::Postgres => ("RESTLESS_TEST_POSTGRES_URL", "postgres://postgres@127.0.0.1:5432/postgres"),
            Backend::Mysql => ("RESTLESS_TEST_MYSQL_URL", "mysql://root@127.0.0.1:3306"),
        }
    }

    /// Where its server is said to be.
    fn url(self) -> String {
        let (variable, usual) = self.server();
        env::var(variable).unwrap_or_else(|_| usual.to_owned())
    }

    /// Where its server is, if there is one.
    pub fn find(self) -> Option<String> {
        let url = self.url();
        let is_there = match self {
            Backend::Sqlite => true,
            Backend::Postgres => PostgresConnection::establish(&url).is_ok(),
            Backend::Mysql => MysqlConnection::establish(&url).is_ok(),
        };
        is_there.then_some(url)
    }
}

impl fmt::Display for Backend {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Backend::Sqlite => "SQLite",
            Backend::Postgres => "PostgreSQL",
            Backend::Mysql => "MySQL",
        })
    }
}

/// The URL of another database on the same server.
fn url_of_database(server: &str, name: &str) -> String {
    let (address, query) = server.split_once('?').unwrap_or((server, ""));
    let (scheme, rest) = address.split_once("://").expect("a URL");
    let host = rest.split('/').next().unwrap_or_default();
    let separator = if query.is_empty() { "" } else { "?" };
    format!("{scheme}://{host}/{name}{separator}{query}")
}

/// What differs between the databases by their own right.
pub fn by_backend<T>(sqlite: T, postgres: T, mysql: T) -> T {
    match Backend::current() {
        Backend::Sqlite => sqlite,
        Backend::Postgres => postgres,
        Backend::Mysql => mysql,
    }
}

/// Says plainly what was skipped, past the test runner's capture; fails where nothing may be skipped.
pub fn skipped(what: &str) {
    let line = format!("SKIPPED: {what} not found; CONTRIBUTING.md tells how to start one");
    assert!(env::var_os(REQUIRED).is_none(), "{line}");
    crate::report::tell(&line);
}
