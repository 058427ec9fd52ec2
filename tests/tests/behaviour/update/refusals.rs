//! What cannot be updated.

use serde_json::json;

use super::person_with;
use crate::expected::{at_parameter, at_pointer, error, invalid_value, no_such_resource};
use crate::models;

const ROWS: &str = "SELECT name || '=' || coalesce(CAST(age AS TEXT), '-') AS value FROM person ORDER BY id";
const UNCHANGED: &str = "Lincoln=23 Mary=19 Lucy=25 Katy=- John=19";

#[test]
fn refuses_an_id_that_is_not_the_endpoints() {
    // W19
    let server = models::five_people();
    for found in ["2", "01", "", " 1", "one"] {
        let detail = format!("the URL names the id \"1\", the document {found:?}");
        let answer = server.patch("/api/person/1", &person_with(found, &json!({"age": 1})));
        answer.refuses(409, &[at_pointer(409, "Wrong id", &detail, "/data/id")]);
    }
    assert_eq!(server.line(ROWS), UNCHANGED);
}

#[test]
fn refuses_a_type_that_is_not_the_endpoints() {
    // W19
    let server = models::five_people();
    let sent = json!({"data": {"type": "computer", "id": "1", "attributes": {"age": 1}}});
    let detail = "expected the type \"person\", found \"computer\"";
    server.patch("/api/person/1", &sent).refuses(409, &[at_pointer(409, "Wrong type", detail, "/data/type")]);
    assert_eq!(server.line(ROWS), UNCHANGED);
}

#[test]
fn refuses_a_document_without_type_and_id() {
    // W18
    let error = |name: &str| {
        let detail = format!("the resource object has no member \"{name}\"");
        at_pointer(400, "Invalid document", &detail, "/data")
    };
    let sent = json!({"data": {"attributes": {"age": 1}}});
    models::five_people().patch("/api/person/1", &sent).refuses(400, &[error("type"), error("id")]);
}

#[test]
fn tells_every_mistake_at_once() {
    // E08, E07
    let server = models::five_people();
    let sent = json!({"data": {"type": "computer", "id": "2", "attributes": {"age": "abc", "name": 5, "x": 1}}});
    let errors = [
        at_pointer(409, "Wrong type", "expected the type \"person\", found \"computer\"", "/data/type"),
        at_pointer(409, "Wrong id", "the URL names the id \"1\", the document \"2\"", "/data/id"),
        invalid_value("age", "age: expected an integer, found \"abc\""),
        invalid_value("name", "name: expected a string, found 5"),
        at_pointer(400, "Unknown attribute", "\"person\" has no attribute \"x\"", "/data/attributes/x"),
    ];
    server.patch("/api/person/1", &sent).refuses(400, &errors);
    assert_eq!(server.line(ROWS), UNCHANGED);
}

#[test]
fn answers_404_when_there_is_none() {
    // W27
    let server = models::five_people();
    for id in ["404", "abc", "9223372036854775808", "01"] {
        let answer = server.patch(&format!("/api/person/{id}"), &person_with(id, &json!({"age": 1})));
        answer.refuses(404, &[no_such_resource("person", id)]);
    }
    assert_eq!(server.line(ROWS), UNCHANGED);
}

#[test]
fn refuses_null_where_there_must_be_a_value() {
    let server = models::five_people();
    let answer = server.patch("/api/person/1", &person_with("1", &json!({"name": null, "age": 1})));
    answer.refuses(400, &[invalid_value("name", "name: expected a string, found null")]);
    assert_eq!(server.line(ROWS), UNCHANGED);
}

#[test]
fn refuses_a_value_that_another_has() {
    // W29
    let server = models::five_people();
    let answer = server.patch("/api/person/1", &person_with("1", &json!({"age": 1, "name": "Mary"})));
    let detail = "name: another resource has this value already";
    answer.refuses(409, &[at_pointer(409, "Duplicate value", detail, "/data/attributes/name")]);
    assert_eq!(server.line(ROWS), UNCHANGED);
}

#[test]
fn refuses_a_reference_to_what_does_not_exist() {
    // W28
    let server = models::with_rows("INSERT INTO computer (id, name) VALUES (1, 'box')");
    let sent = json!({"data": {"type": "computer", "id": "1", "attributes": {"owner_id": 99}}});
    let answer = server.patch("/api/computer/1", &sent);
    assert_eq!((answer.status, &answer.json()["errors"][0]["title"]), (404, &json!("Missing resource")));
    assert_eq!(server.line("SELECT owner_id AS value FROM computer"), "null");
}

#[test]
fn refuses_the_key_as_an_attribute() {
    let server = models::five_people();
    let answer = server.patch("/api/person/1", &person_with("1", &json!({"id": 7})));
    let detail = "\"person\" has no attribute \"id\"";
    answer.refuses(400, &[at_pointer(400, "Unknown attribute", detail, "/data/attributes/id")]);
}

#[test]
fn answers_405_at_the_collection() {
    let server = models::five_people();
    for method in ["PATCH", "DELETE"] {
        let answer = server.request(method, "/api/person").send();
        let detail = format!("{method} is not answered here; allowed are GET, HEAD, POST, OPTIONS");
        answer.refuses(405, &[error(405, "Method Not Allowed", &detail)]);
        assert_eq!(answer.header("allow"), Some("GET, HEAD, POST, OPTIONS"));
    }
    assert_eq!(server.line(ROWS), UNCHANGED);
}

#[test]
fn refuses_parameters_of_collections() {
    // Q07
    let server = models::five_people();
    for name in ["filter[name]", "sort", "page[number]"] {
        let detail = format!("this URL knows no query parameter {name:?}");
        let answer = server.patch(&format!("/api/person/1?{name}=1"), &person_with("1", &json!({"age": 1})));
        answer.refuses(400, &[at_parameter(name, &detail)]);
    }
    assert_eq!(server.line(ROWS), UNCHANGED);
}
