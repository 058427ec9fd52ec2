//! A server that goes away and comes back.

use restless_actix::prelude::*;
use serde_json::{Value, json};

use super::proxy::Proxy;
use super::{Backend, skipped};
use crate::server::{Server, Setup};

diesel::table! {
    note (id) {
        id -> Integer,
        text -> Text,
    }
}

/// Something to read and write.
#[derive(Restless)]
#[diesel(table_name = note)]
#[restless(methods(GET, POST, PATCH, DELETE))]
struct Note {
    id: i32,
    text: String,
}

const SCHEMA: &str = "CREATE TABLE note (id INTEGER PRIMARY KEY, text TEXT NOT NULL); INSERT INTO note VALUES (1, 'a')";

/// An application that reaches its database by a way that can be cut.
struct Reached {
    server: Server,
    proxy: Proxy,
}

fn start(backend: Backend) -> Option<Reached> {
    let Some(url) = backend.find() else {
        skipped(&format!("a {backend} server at {}", backend.url()));
        return None;
    };
    let (place, proxy) = Proxy::before(backend, &url);
    let server = Setup::new(SCHEMA).start_in(place, |services| {
        services.service(Note::api_scope());
    });
    Some(Reached { server, proxy })
}

fn sent() -> Value {
    json!({"data": {"type": "note", "attributes": {"text": "b"}}})
}

fn is_away(server: &Server) {
    let update = json!({"data": {"type": "note", "id": "1", "attributes": {"text": "c"}}});
    let answers = [
        server.get("/api/note/1"),
        server.get("/api/note"),
        server.post("/api/note", &sent()),
        server.patch("/api/note/1", &update),
        server.delete("/api/note/1"),
    ];
    for answer in answers {
        assert_eq!((answer.status, answer.header("retry-after")), (503, Some("1")), "{answer:#?}");
        assert_eq!(answer.json()["errors"][0]["detail"], "the database cannot be reached at the moment");
    }
}

fn is_there(server: &Server, notes: &str) {
    assert_eq!(server.get("/api/note").ids(), notes);
    assert_eq!(server.get("/api/note/1").attributes(), json!({"text": "a"}));
}

/// 503 and when to come back as long as it is away, and everything as it was with the first request after that.
fn goes_away(backend: Backend) {
    let Some(Reached { server, mut proxy }) = start(backend) else {
        return;
    };
    for notes in ["1", "1 2"] {
        is_there(&server, notes);
        proxy.close();
        is_away(&server);
        proxy.open();
        assert_eq!(server.post("/api/note", &sent()).status, 201);
    }
    is_there(&server, "1 2 3");
}

/// A read does not fail because its connection has ended while nobody used it.
fn ends_connections(backend: Backend) {
    let Some(Reached { server, proxy }) = start(backend) else {
        return;
    };
    for _ in 0..10 {
        is_there(&server, "1");
        proxy.cut();
    }
    is_there(&server, "1");
}

#[test]
fn of_postgres_is_missed_only_while_it_is() {
    goes_away(Backend::Postgres);
}

#[test]
fn of_mysql_is_missed_only_while_it_is() {
    goes_away(Backend::Mysql);
}

#[test]
fn of_postgres_may_end_idle_connections() {
    ends_connections(Backend::Postgres);
}

#[test]
fn of_mysql_may_end_idle_connections() {
    ends_connections(Backend::Mysql);
}
