//! Sparse fieldsets.

use serde_json::{Value, json};

use crate::expected::{at_parameter, collection, document, resource};
use crate::models;

fn ann() -> crate::server::Server {
    models::with_rows("INSERT INTO person (id, name, age) VALUES (1, 'Ann', 30)")
}

#[test]
fn are_all_that_is_shown() {
    // F19
    let server = ann();
    let only_name = resource("person", "1", &json!({"name": "Ann"}));
    let query = "fields%5Bperson%5D=name";
    server
        .get("/api/person?fields[person]=name")
        .is(200, &collection("/api/person", query, std::slice::from_ref(&only_name)));
    let itself = format!("/api/person/1?{query}");
    server.get("/api/person/1?fields[person]=name").is(200, &document(&itself, &only_name));
}

#[test]
fn may_be_none() {
    let without = json!({"type": "person", "id": "1", "links": {"self": "/api/person/1"}});
    let answer = ann().get("/api/person?fields[person]=");
    answer.is(200, &collection("/api/person", "fields%5Bperson%5D=", &[without]));
}

#[test]
fn may_be_named_in_any_order() {
    let server = ann();
    let cases: [(&str, Value); 5] = [
        ("age,name", json!({"name": "Ann", "age": 30})),
        ("age,age", json!({"age": 30})),
        ("id,age", json!({"age": 30})),
        ("birth_date", json!({"birth_date": null})),
        ("age,name,birth_date", json!({"name": "Ann", "age": 30, "birth_date": null})),
    ];
    for (fields, attributes) in cases {
        assert_eq!(server.get(&format!("/api/person/1?fields[person]={fields}")).attributes(), attributes, "{fields}");
    }
}

#[test]
fn apply_to_what_a_write_answers() {
    // F22
    let server = models::empty();
    let sent = json!({"data": {"type": "person", "attributes": {"name": "Ann", "age": 30}}});
    let created = server.post("/api/person?fields[person]=age", &sent);
    created.is(201, &document("/api/person/1", &resource("person", "1", &json!({"age": 30}))));

    let sent = json!({"data": {"type": "person", "id": "1", "attributes": {"age": 31}}});
    let updated = server.request("PATCH", "/api/person/1?fields[person]=age").document(&sent);
    let updated = updated.header("Prefer", "return=representation").send();
    let itself = "/api/person/1?fields%5Bperson%5D=age";
    updated.is(200, &document(itself, &resource("person", "1", &json!({"age": 31}))));
}

#[test]
fn refuse_what_is_no_field() {
    // F20
    let cases = [
        ("fields[person]=colour", "fields[person]", "fields[person]: there is no field \"colour\""),
        ("fields[person]=Name", "fields[person]", "fields[person]: there is no field \"Name\""),
        ("fields[person]=name,", "fields[person]", "fields[person]: expected names with commas between them"),
        ("fields[person]=,", "fields[person]", "fields[person]: expected names with commas between them"),
        ("fields[computer]=name", "fields[computer]", "fields[computer]: expected fields[person]"),
        ("fields[person][name]=1", "fields[person][name]", "fields[person][name]: expected fields[person]"),
        ("fields=name", "fields", "fields: expected fields[person]"),
    ];
    let server = ann();
    for (query, parameter, detail) in cases {
        for path in ["/api/person", "/api/person/1"] {
            server.get(&format!("{path}?{query}")).refuses(400, &[at_parameter(parameter, detail)]);
        }
    }
}
