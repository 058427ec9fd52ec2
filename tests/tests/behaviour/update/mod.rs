//! Updating resources.

mod answers;
mod refusals;
mod sent_back;

use serde_json::{Value, json};

use crate::expected::person_document;
use crate::models;

/// A document with new values of a person.
fn person_with(id: &str, attributes: &Value) -> Value {
    json!({"data": {"type": "person", "id": id, "attributes": attributes}})
}

#[test]
fn sets_what_the_document_has_and_leaves_the_rest() {
    // W20
    let server = models::five_people();
    server.patch("/api/person/1", &person_with("1", &json!({"age": 24}))).tells_what_is_read_from(&server);
    server.get("/api/person/1").is(200, &person_document(1, "Lincoln", Some(24)));
}

#[test]
fn tells_null_from_absent() {
    // W20
    let server = models::five_people();
    server.patch("/api/person/1", &person_with("1", &json!({"name": "Abraham"}))).tells_what_is_read_from(&server);
    server.get("/api/person/1").is(200, &person_document(1, "Abraham", Some(23)));
    server.patch("/api/person/1", &person_with("1", &json!({"age": null}))).tells_what_is_read_from(&server);
    server.get("/api/person/1").is(200, &person_document(1, "Abraham", None));
}

#[test]
fn touches_no_other_row() {
    let server = models::five_people();
    server
        .patch("/api/person/2", &person_with("2", &json!({"name": "Maria", "age": 20})))
        .tells_what_is_read_from(&server);
    let names = "SELECT name || '=' || coalesce(CAST(age AS TEXT), '-') AS value FROM person ORDER BY id";
    assert_eq!(server.line(names), "Lincoln=23 Maria=20 Lucy=25 Katy=- John=19");
}

#[test]
fn may_set_values_to_what_they_are() {
    let server = models::five_people();
    server
        .patch("/api/person/1", &person_with("1", &json!({"name": "Lincoln", "age": 23})))
        .tells_what_is_read_from(&server);
    server.get("/api/person/1").is(200, &person_document(1, "Lincoln", Some(23)));
}

#[test]
fn ignores_members_that_it_does_not_know() {
    // D05, D06
    let server = models::five_people();
    let sent = json!({
        "foo": 1,
        "data": {"type": "person", "id": "1", "bar": [], "lid": "x", "attributes": {"age": 1, "@name": 2}, "relationships": {}},
    });
    server.patch("/api/person/1", &sent).tells_what_is_read_from(&server);
    server.get("/api/person/1").is(200, &person_document(1, "Lincoln", Some(1)));
}
