//! Databases in files.

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};
use restless_actix::prelude::*;
use serde_json::json;

use crate::models;
use crate::server::Server;

#[derive(QueryableByName)]
struct Journal {
    #[diesel(sql_type = Text)]
    journal_mode: String,
}

#[derive(QueryableByName)]
struct ForeignKeys {
    #[diesel(sql_type = BigInt)]
    foreign_keys: i64,
}

#[test]
fn are_in_wal_mode_with_foreign_keys() {
    let server = models::empty();
    let mode = server.run(|connection| diesel::sql_query("PRAGMA journal_mode").get_result::<Journal>(connection));
    let keys = server.run(|connection| diesel::sql_query("PRAGMA foreign_keys").get_result::<ForeignKeys>(connection));
    assert_eq!((mode.journal_mode.as_str(), keys.foreign_keys), ("wal", 1));
}

#[test]
fn are_made_where_there_are_none() {
    let directory = tempfile::tempdir().expect("a directory");
    let path = directory.path().join("new.db");
    let url = format!("sqlite://{}", path.display());
    let connected = actix_web::rt::System::new().block_on(Database::connect(&url));
    assert!(connected.is_ok() && path.exists());
}

#[test]
fn that_cannot_be_opened_are_an_error() {
    for url in ["sqlite:///nowhere/at/all.db", "postgres://localhost/x", "people.db", ""] {
        assert!(actix_web::rt::System::new().block_on(Database::connect(url)).is_err(), "{url}");
    }
}

#[test]
fn outlive_the_server() {
    let server = models::empty();
    let sent = json!({"data": {"type": "person", "attributes": {"name": "Ann"}}});
    assert_eq!(server.post("/api/person", &sent).status, 201);
    assert_eq!(server.line("SELECT name AS value FROM person"), "Ann");
}

#[test]
fn show_what_others_write() {
    let server: Server = models::empty();
    assert_eq!(server.get("/api/person").ids(), "");
    let mut other = server.connection();
    diesel::sql_query("INSERT INTO person (id, name) VALUES (3, 'Ann')").execute(&mut other).expect("an insert");
    assert_eq!(server.get("/api/person").ids(), "3");
    assert_eq!(server.get("/api/person/3").status, 200);
}
