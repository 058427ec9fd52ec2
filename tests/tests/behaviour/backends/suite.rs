//! The whole suite on each of the servers, in a process of its own with a database of its own.

use std::env;
use std::process::{Command, Output};

use diesel::connection::SimpleConnection as _;
use diesel::prelude::*;
use diesel::sql_types::Text;
use restless_actix::{MysqlConnection, PostgresConnection};

use super::{BACKEND, Backend, TEXT_KEYS, skipped};
use crate::report::tell;

/// Tests that are about some databases alone, by words in their names. All others run on every database.
const ALONE: [(&[Backend], &[&str]); 5] = [
    (&[Backend::Sqlite], &["::of_sqlite::", "a_row_that_cannot_be_read", "strict_tables"]),
    (&[Backend::Postgres], &["values::postgres::", "query::postgres::"]),
    (&[Backend::Mysql], &["values::mysql::"]),
    (&[Backend::Sqlite, Backend::Mysql], &["query::without_postgres::"]),
    // MySQL has no infinities.
    (&[Backend::Sqlite, Backend::Postgres], &["that_json_cannot_write_are_null"]),
];

/// Tests that look for servers by themselves, so that the process on SQLite runs them.
const OF_SEVERAL: [&str; 2] = ["backends::", "resilience::"];

#[test]
fn serves_everything_on_postgres() {
    run_on(Backend::Postgres);
}

#[test]
fn serves_everything_on_mysql() {
    run_on(Backend::Mysql);
}

/// What does not depend on which keys are equal. All else is run once more where keys that are text ignore the case of letters,
/// on MySQL by its default collation.
const WITHOUT_KEYS: [&str; 3] = ["attacks::", "browser::", "rules::random::"];

/// What is about letters themselves, or has patterns, which PostgreSQL does not look for where letters are equal that differ.
const BY_LETTERS: [&str; 12] = [
    "answers_what_plain_rust_finds",
    "are_like_patterns_as_the_database_has_it",
    "are_listed_with_their_links",
    "combines_with_everything_else",
    "compare_attributes_with_one_another",
    "filters_by_every_column",
    "grouping::fail_alone",
    "ignore_case_where_the_client_wants",
    "lead_back_to_their_resource_whatever_they_are",
    "rules::reads::find_and_count_what_is_seen",
    "that_the_database_cannot_carry_out_are_the_clients_fault",
    "transactions::may_settle_a_deletion",
];

#[test]
fn serves_text_keys_that_ignore_case_on_sqlite() {
    tell_of(Backend::Sqlite, &suite_of_keys(Backend::Sqlite, None).output());
}

#[test]
fn serves_text_keys_that_ignore_case_on_postgres() {
    run_with_keys_on(Backend::Postgres);
}

#[test]
fn serves_text_keys_that_ignore_case_on_mysql() {
    run_with_keys_on(Backend::Mysql);
}

fn run_with_keys_on(backend: Backend) {
    let Some(server) = backend.find() else {
        return skipped(&format!("a {backend} server at {}", backend.url()));
    };
    let run = Run::start(backend, server, "keys");
    tell_of(backend, &suite_of_keys(backend, Some(run.url())).output());
}

fn suite_of_keys(backend: Backend, url: Option<String>) -> Command {
    let mut command = suite(backend, url);
    let skipped = WITHOUT_KEYS.iter().chain(&BY_LETTERS);
    command.args(skipped.flat_map(|words| ["--skip", words])).env(TEXT_KEYS, "ignore_case");
    command
}

fn run_on(backend: Backend) {
    let Some(server) = backend.find() else {
        return skipped(&format!("a {backend} server at {}", backend.url()));
    };
    let run = Run::start(backend, server, "run");
    tell_of(backend, &suite(backend, Some(run.url())).output());
}

/// The tests of this very program, on a database of that URL.
fn suite(backend: Backend, url: Option<String>) -> Command {
    let mut command = Command::new(env::current_exe().expect("this program"));
    for words in not_of(backend).flat_map(|(_, words)| *words).chain(&OF_SEVERAL) {
        command.args(["--skip", words]);
    }
    command.env(BACKEND, backend.name()).arg("--test-threads=4");
    if let Some(url) = url {
        command.env(backend.server().0, url);
    }
    command
}

/// Tells how many tests have passed; fails if some have not.
fn tell_of(backend: Backend, output: &std::io::Result<Output>) {
    let output = output.as_ref().expect("a process of its own");
    let said = String::from_utf8_lossy(&output.stdout);
    let result = said.lines().rfind(|line| line.starts_with("test result:")).unwrap_or("no result");
    let passed = result.split_once(" passed").and_then(|(start, _)| start.split(' ').next_back()).unwrap_or("no");
    tell(&format!("{result}\nrestless on {backend}: {passed} tests passed, {}", left_out(backend)));
    assert!(output.status.success(), "{}\n{}", String::from_utf8_lossy(&output.stderr), failures(&said));
}

/// What the failing tests themselves have said, and their names; everything, if the program has not come to its end.
fn failures(said: &str) -> &str {
    said.find("\nfailures:\n").map_or(said, |start| &said[start..])
}

/// How many tests are about the other databases.
fn left_out(backend: Backend) -> String {
    let listed = Command::new(env::current_exe().expect("this program")).arg("--list").output();
    let listed = String::from_utf8_lossy(&listed.expect("a list of tests").stdout).into_owned();
    let counts = not_of(backend).map(|(others, words)| {
        let is_about_them = |name: &&str| words.iter().any(|word| name.contains(word));
        let others: Vec<String> = others.iter().map(ToString::to_string).collect();
        format!("{} are about {} alone", listed.lines().filter(is_about_them).count(), others.join(" and "))
    });
    counts.collect::<Vec<_>>().join(", ")
}

/// What a backend has no part in.
fn not_of(backend: Backend) -> impl Iterator<Item = &'static (&'static [Backend], &'static [&'static str])> {
    ALONE.iter().filter(move |(backends, _)| !backends.contains(&backend))
}

/// The database of one run, dropped in the end whatever has happened.
struct Run {
    backend: Backend,
    server: String,
    name: String,
}

impl Run {
    fn start(backend: Backend, server: String, what: &str) -> Self {
        let run = Self { backend, server, name: format!("restless_{what}_{}", std::process::id()) };
        let order = if backend == Backend::Postgres { " TEMPLATE template0 LC_COLLATE 'C'" } else { "" };
        run.on_server(&format!("CREATE DATABASE {}{order}", run.name));
        if backend == Backend::Postgres {
            let mut connection = PostgresConnection::establish(&run.url()).expect("the database of the run");
            // What SQLite has for looking at bytes.
            let hex = "CREATE FUNCTION hex(bytea) RETURNS text LANGUAGE sql AS $$ SELECT upper(encode($1, 'hex')) $$";
            connection.batch_execute(hex).expect("a function");
        }
        run
    }

    fn url(&self) -> String {
        super::url_of_database(&self.server, &self.name)
    }

    fn on_server(&self, statement: &str) {
        let ran = match self.backend {
            Backend::Sqlite => Ok(()),
            Backend::Postgres => {
                PostgresConnection::establish(&self.server).expect("a server").batch_execute(statement)
            }
            Backend::Mysql => MysqlConnection::establish(&self.server).expect("a server").batch_execute(statement),
        };
        ran.expect("a server that does as it is told");
    }

    /// The database of the run, and those of tests that could not drop theirs.
    fn mysql_databases(&self) -> Vec<String> {
        let mut connection = MysqlConnection::establish(&self.server).expect("a server");
        let query = "SELECT SCHEMA_NAME AS name FROM information_schema.SCHEMATA
            WHERE SCHEMA_NAME = ? OR SCHEMA_NAME LIKE CONCAT(?, '\\_%')";
        let query = diesel::sql_query(query).bind::<Text, _>(&self.name).bind::<Text, _>(&self.name);
        let found = query.load::<Named>(&mut connection).expect("a list of databases");
        found.into_iter().map(|named| named.name).collect()
    }
}

impl Drop for Run {
    fn drop(&mut self) {
        match self.backend {
            Backend::Mysql => {
                for name in self.mysql_databases() {
                    self.on_server(&format!("DROP DATABASE {name}"));
                }
            }
            _ => self.on_server(&format!("DROP DATABASE {} WITH (FORCE)", self.name)),
        }
    }
}

#[derive(QueryableByName)]
struct Named {
    #[diesel(sql_type = Text)]
    name: String,
}
