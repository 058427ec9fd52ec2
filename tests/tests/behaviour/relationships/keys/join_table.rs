//! Join tables that refer to what is not the id.

use restless_actix::prelude::*;
use serde_json::{Value, json};

use crate::relationships::graph;
use crate::relationships::shown::linkage;
use crate::server::Server;

diesel::table! {
    thing (code) {
        code -> Text,
    }
}

diesel::table! {
    label (serial) {
        serial -> BigInt,
        name -> Text,
    }
}

diesel::table! {
    thing_label (thing, label) {
        thing -> Text,
        label -> BigInt,
    }
}

#[derive(Restless)]
#[diesel(table_name = thing, primary_key(code))]
#[restless(methods(GET, POST, PATCH), allow_to_many_replacement, allow_delete_from_to_many_relationships)]
#[restless(many_to_many(labels: Label, through = thing_label, foreign_key = thing, target_key = label))]
struct Thing {
    code: String,
}

/// Clients know it by its name, the join table by its number.
#[derive(Restless)]
#[diesel(table_name = label, primary_key(serial))]
#[restless(methods(GET, POST, PATCH), primary_key = name)]
#[restless(allow_to_many_replacement, allow_delete_from_to_many_relationships)]
#[restless(many_to_many(things: Thing, through = thing_label, foreign_key = label, target_key = thing))]
struct Label {
    #[restless(skip)]
    #[expect(dead_code, reason = "no code of the test reads it")]
    serial: i64,
    name: String,
}

const PAIRS: &str = "SELECT thing || '-' || label AS value FROM thing_label ORDER BY thing, label";

fn server() -> Server {
    let schema = "
        CREATE TABLE thing (code TEXT PRIMARY KEY) STRICT;
        CREATE TABLE label (serial INTEGER /*BIGINT*/ PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;
        CREATE TABLE thing_label (
            thing TEXT REFERENCES thing (code), label INTEGER /*BIGINT*/ REFERENCES label (serial), PRIMARY KEY (thing, label)
        ) STRICT;
        INSERT INTO thing VALUES ('a'), ('b'), ('c');
        INSERT INTO label VALUES (7, 'new'), (8, 'old'), (9, 'odd');
        INSERT INTO thing_label VALUES ('a', 7), ('a', 8), ('b', 7);
    ";
    Server::start(schema, |services| {
        services.service(Api::new("/api").resource(Thing::api()).resource(Label::api()).scope());
    })
}

fn identifiers(type_name: &str, ids: &[&str]) -> Value {
    linkage(&ids.iter().map(|id| json!({"type": type_name, "id": id})).collect())
}

#[test]
fn lead_both_ways() {
    let server = server();
    assert_eq!(server.get("/api/thing/a/labels").ids(), "new old");
    assert_eq!(server.get("/api/label/new/things").ids(), "a b");
    assert_eq!(server.get("/api/label/new/relationships/things").ids(), "a b");
    assert_eq!(server.get("/api/thing/a/labels/old").data()["id"], "old");
    assert_eq!(server.get("/api/thing/a/labels/odd").status, 404);
    assert_eq!(server.get("/api/label/odd/things").ids(), "");
}

#[test]
fn are_included() {
    let server = server();
    let answer = server.get("/api/label?include=things.labels").json();
    graph::check(&answer);
    assert_eq!(graph::included(&answer), "thing/a thing/b");
    assert_eq!(graph::members(graph::find(&answer, "thing", "a"), "labels"), "label/new label/old");
    assert_eq!(graph::members(graph::find(&answer, "label", "new"), "things"), "thing/a thing/b");
}

#[test]
fn are_written() {
    let server = server();
    server.post("/api/thing/a/relationships/labels", &identifiers("label", &["odd", "new"])).is_empty(204);
    server.post("/api/label/old/relationships/things", &identifiers("thing", &["c", "a"])).is_empty(204);
    assert_eq!(server.line(PAIRS), "a-7 a-8 a-9 b-7 c-8");
    server.patch("/api/label/new/relationships/things", &identifiers("thing", &["c"])).is_empty(204);
    assert_eq!(server.line(PAIRS), "a-8 a-9 c-7 c-8");
    let removed = identifiers("label", &["odd", "new"]);
    server.request("DELETE", "/api/thing/a/relationships/labels").document(&removed).send().is_empty(204);
    assert_eq!(server.line(PAIRS), "a-8 c-7 c-8");
    let relationships = json!({"things": identifiers("thing", &["b"])});
    let sent = json!({"data": {"type": "label", "attributes": {"name": "own"}, "relationships": relationships}});
    assert_eq!(server.post("/api/label", &sent).status, 201);
    assert_eq!(server.line(PAIRS), "a-8 b-10 c-7 c-8");
}
