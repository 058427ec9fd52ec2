//! To-one relationships by their own URLs, written (W31, W38, W39).

use serde_json::{Value, json};

use super::blog::{AUTHORS, server};
use super::shown::{identifier, linkage, no_such_member, relationship, wrong_type};
use crate::client::Answer;
use crate::expected::{at_pointer, error, no_such_resource};
use crate::server::Server;

const AUTHOR: &str = "/api/article/1/relationships/author";

/// Asserts a refusal, and that nothing was written.
#[track_caller]
fn refuses(document: &Value, status: u16, error: &Value) {
    let server = server();
    server.patch(AUTHOR, document).refuses(status, std::slice::from_ref(error));
    assert_eq!(server.line(AUTHORS), "1 1 null");
}

fn send(server: &Server, method: &str, data: &Value) -> Answer {
    server.request(method, AUTHOR).document(&linkage(data)).send()
}

#[test]
fn are_set() {
    let server = server();
    server.patch(AUTHOR, &linkage(&identifier("person", 3))).is_empty(204);
    let expected = relationship("/api/article/1", "author", &identifier("person", 3));
    server.get(AUTHOR).is(200, &expected);
    assert_eq!(server.line(AUTHORS), "3 1 null");
    server.patch("/api/article/3/relationships/author", &linkage(&identifier("person", 2))).is_empty(204);
    assert_eq!(server.line(AUTHORS), "3 1 2");
}

#[test]
fn are_cleared() {
    let server = server();
    for _ in 0..2 {
        server.patch(AUTHOR, &linkage(&Value::Null)).is_empty(204);
        server.get(AUTHOR).is(200, &relationship("/api/article/1", "author", &Value::Null));
    }
    assert_eq!(server.line(AUTHORS), "null 1 null");
}

#[test]
fn with_meta_in_the_identifier_are_set() {
    let server = server();
    let data = json!({"type": "person", "id": "2", "meta": {"why": "so"}});
    server.patch(AUTHOR, &json!({"data": data, "meta": {}, "jsonapi": {"version": "1.1"}})).is_empty(204);
    assert_eq!(server.line(AUTHORS), "2 1 null");
}

#[test]
fn to_a_missing_resource_are_not_found() {
    refuses(&linkage(&identifier("person", 9)), 404, &no_such_member(("person", "9"), "/data"));
    refuses(&linkage(&json!({"type": "person", "id": "x"})), 404, &no_such_member(("person", "x"), "/data"));
    refuses(&linkage(&json!({"type": "person", "id": "01"})), 404, &no_such_member(("person", "01"), "/data"));
}

#[test]
fn to_another_type_are_a_conflict() {
    refuses(&linkage(&identifier("article", 1)), 409, &wrong_type("person", "article", "/data/type"));
    refuses(&linkage(&identifier("people", 1)), 409, &wrong_type("person", "people", "/data/type"));
}

#[test]
fn to_several_are_refused() {
    let detail = "author: expected a resource identifier or null";
    let error = at_pointer(400, "Invalid document", detail, "/data");
    refuses(&linkage(&json!([])), 400, &error);
    refuses(&linkage(&json!([identifier("person", 1)])), 400, &error);
}

#[test]
fn that_are_malformed_are_refused() {
    let cases = [
        (json!({"meta": {}}), ""),
        (json!([]), ""),
        (json!({"data": "1"}), "/data"),
        (json!({"data": {"type": "person"}}), "/data"),
        (json!({"data": {"id": "1"}}), "/data"),
        (json!({"data": {"type": "person", "id": 1}}), "/data/id"),
        (json!({"data": {"type": 1, "id": "1"}}), "/data/type"),
    ];
    let server = server();
    for (document, pointer) in cases {
        let answer = server.patch(AUTHOR, &document);
        let found = (answer.status, answer.json()["errors"][0]["source"].clone());
        assert_eq!(found, (400, json!({"pointer": pointer})), "{answer:#?}");
    }
    assert_eq!(server.line(AUTHORS), "1 1 null");
}

#[test]
fn are_neither_added_to_nor_removed_from() {
    let server = server();
    let detail = "author: is a to-one relationship, which is only replaced";
    for method in ["POST", "DELETE"] {
        for data in [identifier("person", 3), json!([identifier("person", 3)]), Value::Null, json!([])] {
            send(&server, method, &data).refuses(403, &[error(403, "To-one relationship", detail)]);
        }
    }
    assert_eq!(server.line(AUTHORS), "1 1 null");
}

#[test]
fn of_a_missing_resource_are_missing() {
    let server = server();
    for (id, data) in [("9", Value::Null), ("9", identifier("person", 1)), ("x", Value::Null)] {
        let answer = server.patch(&format!("/api/article/{id}/relationships/author"), &linkage(&data));
        answer.refuses(404, &[no_such_resource("article", id)]);
    }
}

#[test]
fn that_are_needed_cannot_be_cleared() {
    let server = server();
    let path = "/api/comment/1/relationships/article";
    let error = at_pointer(400, "Invalid value", "article: must not be null", "/data");
    server.patch(path, &linkage(&Value::Null)).refuses(400, &[error]);
    server.patch(path, &linkage(&identifier("article", 3))).is_empty(204);
    assert_eq!(server.get("/api/article/3/comments").ids(), "1");
}

#[test]
fn need_a_document_of_json_api() {
    let server = server();
    let request = server.request("PATCH", AUTHOR).header("Content-Type", "text/plain").body("{\"data\": null}");
    assert_eq!(request.send().status, 415);
    let request = server.request("PATCH", AUTHOR).header("Content-Type", crate::client::JSON_API).body("{");
    assert_eq!(request.send().status, 400);
    let answer = server.patch(&format!("{AUTHOR}?include=author"), &linkage(&Value::Null));
    assert_eq!(answer.status, 400, "{answer:#?}");
    assert_eq!(server.line(AUTHORS), "1 1 null");
}
