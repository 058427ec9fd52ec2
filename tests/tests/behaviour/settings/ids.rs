//! `allow_client_generated_ids`.

use restless_actix::prelude::*;
use serde_json::{Value, json};

use crate::expected::{at_pointer, person_document};
use crate::models::{FIVE, Person, TABLES};
use crate::server::Server;

fn server() -> Server {
    Server::start(&format!("{TABLES}{FIVE}"), |services| {
        services.service(Person::api().allow_client_generated_ids().scope());
        services.service(Person::api().prefix("/closed").scope());
    })
}

fn sent(id: &Value) -> Value {
    json!({"data": {"type": "person", "id": id, "attributes": {"name": "Ann"}}})
}

#[test]
fn lets_the_client_choose() {
    // W11
    let answer = server().post("/api/person", &sent(&json!("70")));
    answer.is(201, &person_document(70, "Ann", None));
    assert_eq!(answer.header("location"), Some("/api/person/70"));
}

#[test]
fn lets_the_client_leave_it_to_the_database() {
    let answer = server().post("/api/person", &json!({"data": {"type": "person", "attributes": {"name": "Ann"}}}));
    answer.is(201, &person_document(6, "Ann", None));
}

#[test]
fn takes_null_for_no_id() {
    let server = server();
    server.post("/api/person", &sent(&Value::Null)).is(201, &person_document(6, "Ann", None));
    server.execute("DELETE FROM person WHERE id > 5");
    for setting in ["/api/person", "/closed/person"] {
        let request = server.request("POST", setting).header("Accept", "application/json");
        let request = request.header("Content-Type", "application/json");
        let answer = request.body(json!({"id": null, "name": "Bob"}).to_string()).send_to_anyone();
        assert_eq!((answer.status, &answer.json()["name"]), (201, &json!("Bob")), "{answer:#?}");
        server.execute("DELETE FROM person WHERE name = 'Bob'");
    }
    let answer = server.post("/closed/person", &sent(&Value::Null));
    assert_eq!((answer.status, &answer.attributes()["name"]), (201, &json!("Ann")));
    // An update is of something.
    let answer = server.patch("/api/person/1", &sent(&Value::Null));
    let detail = "the resource object has no member \"id\"";
    answer.refuses(400, &[at_pointer(400, "Invalid document", detail, "/data")]);
}

#[test]
fn refuses_an_id_that_exists() {
    // W07
    let answer = server().post("/api/person", &sent(&json!("5")));
    let detail = "id: another resource has this value already";
    answer.refuses(409, &[at_pointer(409, "Duplicate value", detail, "/data/id")]);
}

#[test]
fn refuses_an_id_that_is_none() {
    // D12
    let server = server();
    let error = |detail: &str, title: &str| at_pointer(400, title, detail, "/data/id");
    let answer = server.post("/api/person", &sent(&json!("x")));
    answer.refuses(400, &[error("id: expected an integer, found \"x\"", "Invalid value")]);
    let answer = server.post("/api/person", &sent(&json!(7)));
    answer.refuses(400, &[error("id: expected a string", "Invalid document")]);
    let answer = server.post("/api/person", &sent(&json!("007")));
    assert!(matches!(answer.status, 201 | 400), "{answer:#?}");
    if answer.status == 201 {
        assert_eq!((answer.header("location"), &answer.data()["id"]), (Some("/api/person/7"), &json!("7")));
    }
}
