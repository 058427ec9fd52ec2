//! Where databases are, and who else uses them.

use diesel::RunQueryDsl as _;
use restless_actix::prelude::*;
use serde_json::json;

use crate::models;
use crate::server::Server;

#[test]
fn that_lead_nowhere_are_an_error() {
    let urls = [
        "sqlite:///nowhere/at/all.db",
        "oracle://localhost/x",
        "postgres://127.0.0.1:1/x",
        "mysql://127.0.0.1:1/x",
        "people.db",
        "",
    ];
    for url in urls {
        assert!(actix_web::rt::System::new().block_on(Database::connect(url)).is_err(), "{url}");
    }
}

#[test]
fn keep_what_was_written() {
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
