//! What cannot be created.

use serde_json::json;

use super::person_with;
use crate::expected::{at_pointer, error, invalid_value, nothing_there};
use crate::models;

#[test]
fn tells_every_mistake_at_once() {
    // E08
    let server = models::empty();
    let answer = server.post("/api/person", &person_with(&json!({"age": "abc", "colour": "red", "name": 1})));
    let errors = [
        invalid_value("age", "age: expected an integer, found \"abc\""),
        at_pointer(400, "Unknown attribute", "\"person\" has no attribute \"colour\"", "/data/attributes/colour"),
        invalid_value("name", "name: expected a string, found 1"),
    ];
    answer.refuses(400, &errors);
    assert_eq!(server.line("SELECT name AS value FROM person"), "");
}

#[test]
fn takes_the_most_general_status_of_several() {
    // E07
    let sent = json!({"data": {"type": "computer", "id": "7", "attributes": {"age": false}}});
    let errors = [
        at_pointer(409, "Wrong type", "expected the type \"person\", found \"computer\"", "/data/type"),
        invalid_value("age", "age: expected an integer, found false"),
        at_pointer(403, "Client-generated id", "this collection does not accept ids that clients choose", "/data/id"),
    ];
    models::empty().post("/api/person", &sent).refuses(400, &errors);
}

#[test]
fn refuses_another_type() {
    // W04
    for found in ["computer", "people", "Person", ""] {
        let sent = json!({"data": {"type": found, "attributes": {"name": "Ann"}}});
        let detail = format!("expected the type \"person\", found {found:?}");
        models::empty()
            .post("/api/person", &sent)
            .refuses(409, &[at_pointer(409, "Wrong type", &detail, "/data/type")]);
    }
}

#[test]
fn refuses_no_type() {
    // W03
    let sent = json!({"data": {"attributes": {"name": "Ann"}}});
    let detail = "the resource object has no member \"type\"";
    models::empty().post("/api/person", &sent).refuses(400, &[at_pointer(400, "Invalid document", detail, "/data")]);
}

#[test]
fn refuses_an_id_that_the_client_chose() {
    // W06
    let sent = json!({"data": {"type": "person", "id": "7", "attributes": {"name": "Ann"}}});
    let detail = "this collection does not accept ids that clients choose";
    let error = at_pointer(403, "Client-generated id", detail, "/data/id");
    models::empty().post("/api/person", &sent).refuses(403, &[error]);
}

#[test]
fn refuses_the_key_as_an_attribute() {
    let detail = "\"person\" has no attribute \"id\"";
    let error = at_pointer(400, "Unknown attribute", detail, "/data/attributes/id");
    models::empty().post("/api/person", &person_with(&json!({"id": 7, "name": "Ann"}))).refuses(400, &[error]);
}

#[test]
fn points_at_what_should_have_had_a_missing_value() {
    // W16, E06
    let server = models::empty();
    let error = |pointer: &str| at_pointer(400, "Invalid value", "name: must not be null", pointer);
    server.post("/api/person", &person_with(&json!({"age": 1}))).refuses(400, &[error("/data/attributes")]);
    server.post("/api/person", &person_with(&json!({}))).refuses(400, &[error("/data/attributes")]);
    server.post("/api/person", &json!({"data": {"type": "person"}})).refuses(400, &[error("/data")]);
}

#[test]
fn refuses_null_where_there_must_be_a_value() {
    let answer = models::empty().post("/api/person", &person_with(&json!({"name": null})));
    answer.refuses(400, &[invalid_value("name", "name: expected a string, found null")]);
}

#[test]
fn escapes_names_in_pointers() {
    // E06
    let answer = models::empty().post("/api/person", &person_with(&json!({"name": "Ann", "a/b~c": 1, "": 2})));
    let unknown = |name: &str, pointer: &str| {
        at_pointer(400, "Unknown attribute", &format!("\"person\" has no attribute {name:?}"), pointer)
    };
    answer.refuses(400, &[unknown("", "/data/attributes/"), unknown("a/b~c", "/data/attributes/a~1b~0c")]);
}

#[test]
fn refuses_relationships_that_do_not_exist() {
    let sent = json!({"data": {
        "type": "person", "attributes": {"name": "Ann"}, "relationships": {"owner": {"data": null}, "x/y": {"data": []}},
    }});
    let unknown = |name: &str, pointer: &str| {
        at_pointer(400, "Unknown relationship", &format!("\"person\" has no relationship {name:?}"), pointer)
    };
    let errors = [unknown("owner", "/data/relationships/owner"), unknown("x/y", "/data/relationships/x~1y")];
    models::empty().post("/api/person", &sent).refuses(400, &errors);
}

#[test]
fn refuses_a_reference_to_what_does_not_exist() {
    // W13
    let server = models::empty();
    let sent = json!({"data": {"type": "computer", "attributes": {"name": "box", "owner_id": 99}}});
    let answer = server.post("/api/computer", &sent);
    let found = &answer.json()["errors"][0];
    assert_eq!((answer.status, &found["status"], &found["title"]), (404, &json!("404"), &json!("Missing resource")));
    assert_eq!(server.line("SELECT name AS value FROM computer"), "");
}

#[test]
fn answers_404_below_the_collection() {
    let server = models::empty();
    for path in ["/api/person/", "/api/person/1/"] {
        server.post(path, &person_with(&json!({"name": "Ann"}))).refuses(404, &[nothing_there()]);
    }
}

#[test]
fn answers_405_at_a_resource() {
    let answer = models::five_people().post("/api/person/1", &person_with(&json!({"name": "Ann"})));
    let detail = "POST is not answered here; allowed are GET, HEAD, PATCH, DELETE, OPTIONS";
    answer.refuses(405, &[error(405, "Method Not Allowed", detail)]);
    assert_eq!(answer.header("allow"), Some("GET, HEAD, PATCH, DELETE, OPTIONS"));
}
