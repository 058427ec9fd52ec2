//! A key that is not unique ends the program when it is mounted, if the database has the table by then.
//!
//! Each case is a process of its own, since the only database that is open is the one that is asked.

use std::env;
use std::process::{Command, Output};

use actix_web::rt;
use diesel::connection::SimpleConnection as _;
use restless_actix::prelude::*;

use crate::backends::{Backend, Place, by_backend};

diesel::table! {
    lone_key (code) {
        code -> Text,
        name -> Text,
    }
}

#[derive(Restless)]
#[diesel(table_name = lone_key, primary_key(code))]
struct LoneKey {
    code: String,
    name: String,
}

/// Names the tables in the environment of a process of its own.
const TABLES: &str = "RESTLESS_TEST_KEYS";

const TEST: &str = "mounting::unique_keys::are_asked_for_at_the_start";

/// Statements, and whether the program starts.
const CASES: [(&str, bool); 9] = [
    ("CREATE TABLE lone_key (code TEXT PRIMARY KEY NOT NULL, name TEXT)", true),
    ("CREATE TABLE lone_key (code TEXT UNIQUE, name TEXT)", true),
    ("CREATE TABLE lone_key (code TEXT NOT NULL, name TEXT, UNIQUE (code))", true),
    ("CREATE TABLE other (code TEXT PRIMARY KEY NOT NULL, name TEXT)", true),
    ("CREATE TABLE kept (code TEXT PRIMARY KEY NOT NULL, name TEXT); CREATE VIEW lone_key AS SELECT * FROM kept", true),
    ("CREATE TABLE lone_key (code TEXT, name TEXT)", false),
    ("CREATE TABLE lone_key (code TEXT, name TEXT, PRIMARY KEY (code, name))", false),
    ("CREATE TABLE lone_key (code TEXT, name TEXT, UNIQUE (code, name))", false),
    ("CREATE TABLE lone_key (code VARCHAR(20), name TEXT); CREATE INDEX by_code ON lone_key (code)", false),
];

#[test]
fn are_asked_for_at_the_start() {
    if let Ok(tables) = env::var(TABLES) {
        return start(&tables);
    }
    for (tables, starts) in CASES {
        check(tables, starts);
    }
    let partial =
        "CREATE TABLE lone_key (code TEXT, name TEXT); CREATE UNIQUE INDEX named ON lone_key (code) WHERE name <> ''";
    let beginnings = "CREATE TABLE lone_key (code TEXT, name TEXT); CREATE UNIQUE INDEX begins ON lone_key (code(4))";
    let wide = "CREATE TABLE lone_key (code TEXT, name TEXT); CREATE UNIQUE INDEX small ON lone_key (lower(code))";
    let (own, starts) = by_backend((partial, false), (wide, false), (beginnings, true));
    check(own, starts);
    if Backend::current() == Backend::Postgres {
        check(partial, false);
        check(&format!("{}; CREATE TABLE heir () INHERITS (lone_key)", CASES[0].0), true);
    }
}

/// What a program does whose tables are these.
fn check(tables: &str, starts: bool) {
    let Output { status, stdout, .. } = Command::new(env::current_exe().expect("this program"))
        .args(["--exact", TEST, "--nocapture"])
        .env(TABLES, tables)
        .env("RUST_BACKTRACE", "0")
        .output()
        .expect("a process of its own");
    let said = String::from_utf8_lossy(&stdout);
    assert_eq!(status.success(), starts, "{tables}: {said}");
    assert!(said.contains("1 passed") == starts, "{tables}: {said}");
}

/// Opens the database and mounts the model, as the beginning of an application does.
fn start(tables: &str) {
    let place = Place::new();
    let (url, script) = (place.url.clone(), tables.to_owned());
    if place.backend != Backend::Sqlite {
        place.execute(tables);
    }
    let refused = rt::System::new().block_on(async move {
        let database = Database::connect(&url).await.expect("a database");
        if url.starts_with("sqlite:") {
            database.run(move |connection| connection.batch_execute(&script)).await.expect("a valid schema");
        }
        let mounted = std::panic::catch_unwind(|| drop(LoneKey::api_scope()));
        mounted.err().map(|said| said.downcast_ref::<String>().cloned().unwrap_or_default())
    });
    drop(place);
    if let Some(said) = refused {
        assert!(said.contains("the key of \"lone_key\", the column \"code\" of "), "{said}");
        assert!(said.contains("several rows may have the same value there"), "{said}");
        panic!("{said}");
    }
}
