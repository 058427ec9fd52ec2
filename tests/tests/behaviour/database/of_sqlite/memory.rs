//! Databases in memory.

use std::thread;

use serde_json::json;

use crate::expected::person_document;
use crate::models;
use crate::server::Setup;

fn server() -> crate::server::Server {
    Setup { is_in_memory: true, ..Setup::new(models::TABLES) }.start(models::mount)
}

#[test]
fn are_shared_by_all_requests() {
    let server = server();
    let sent = json!({"data": {"type": "person", "attributes": {"name": "Ann"}}});
    let expected = person_document(1, "Ann", None);
    server.post("/api/person", &sent).is(201, &expected);
    thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                for _ in 0..10 {
                    server.get("/api/person/1").is(200, &expected);
                    assert_eq!(server.get("/api/person").ids(), "1");
                }
            });
        }
    });
    server.delete("/api/person/1").is_empty(204);
    assert_eq!(server.get("/api/person").ids(), "");
}

#[test]
fn are_each_their_own() {
    let (one, other) = (server(), server());
    let sent = json!({"data": {"type": "person", "attributes": {"name": "Ann"}}});
    assert_eq!(one.post("/api/person", &sent).status, 201);
    assert_eq!((one.get("/api/person").ids().as_str(), other.get("/api/person").ids().as_str()), ("1", ""));
}

#[test]
fn keep_foreign_keys() {
    let server = server();
    let sent = json!({"data": {"type": "computer", "attributes": {"name": "box", "owner_id": 9}}});
    assert_eq!(server.post("/api/computer", &sent).status, 404);
}
