//! Code of the application that panics.

use restless_actix::prelude::*;
use serde::{Deserialize as _, Deserializer, Serialize as _, Serializer};
use serde_json::{Value, json};

use crate::expected::{document, internal, resource};
use crate::server::Server;

diesel::table! {
    bomb (id) {
        id -> Integer,
        fuse -> Integer,
    }
}

#[derive(Restless)]
#[diesel(table_name = bomb)]
#[restless(methods(GET, POST, PATCH, DELETE))]
struct Bomb {
    id: i32,
    #[restless(serialize_with = careful_write, deserialize_with = careful_read)]
    fuse: i32,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands references")]
fn careful_write<S: Serializer>(fuse: &i32, serializer: S) -> Result<S::Ok, S::Error> {
    assert!(*fuse != 13, "the secret of the fuse");
    fuse.serialize(serializer)
}

fn careful_read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<i32, D::Error> {
    let fuse = i32::deserialize(deserializer)?;
    assert!(fuse != 666, "the secret of the fuse");
    Ok(fuse)
}

fn server() -> Server {
    let schema = "
        CREATE TABLE bomb (id INTEGER PRIMARY KEY, fuse INTEGER NOT NULL);
        INSERT INTO bomb VALUES (1, 5), (2, 13);
    ";
    Server::start(schema, |services| {
        services.service(Bomb::api_scope());
    })
}

fn sent(fuse: i32) -> Value {
    json!({"data": {"type": "bomb", "attributes": {"fuse": fuse}}})
}

#[track_caller]
fn still_works(server: &Server) {
    let bomb = resource("bomb", "1", &json!({"fuse": 5}));
    server.get("/api/bomb/1").is(200, &document("/api/bomb/1", &bomb));
    assert_eq!(server.get("/api/bomb?filter[id]=1").ids(), "1");
    let created = server.post("/api/bomb", &sent(1));
    server.delete(created.header("location").expect("a new resource")).is_empty(204);
}

#[test]
fn while_a_resource_is_read_is_500() {
    // E10
    let server = server();
    server.get("/api/bomb/2").refuses(500, &[internal()]);
    still_works(&server);
}

#[test]
fn while_a_collection_is_read_is_500_however_often() {
    let server = server();
    for _ in 0..20 {
        server.get("/api/bomb").refuses(500, &[internal()]);
    }
    still_works(&server);
}

#[test]
fn while_a_body_is_read_is_500() {
    let server = server();
    server.post("/api/bomb", &sent(666)).refuses(500, &[internal()]);
    still_works(&server);
}

#[test]
fn while_a_write_runs_takes_it_back() {
    // W01
    let server = server();
    server.post("/api/bomb", &sent(13)).refuses(500, &[internal()]);
    let update = json!({"data": {"type": "bomb", "id": "1", "attributes": {"fuse": 13}}});
    let request = server.request("PATCH", "/api/bomb/1").document(&update).header("Prefer", "return=representation");
    request.send().refuses(500, &[internal()]);
    assert_eq!(server.line("SELECT id || '=' || fuse AS value FROM bomb ORDER BY id"), "1=5 2=13");
    still_works(&server);
}
