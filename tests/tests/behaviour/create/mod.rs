//! Creating resources.

mod documents;
mod refusals;

use serde_json::{Value, json};

use crate::backends::by_backend;
use crate::expected::{at_parameter, at_pointer, document, person_document, resource};
use crate::models;

/// A document that creates a person with those attributes.
fn person_with(attributes: &Value) -> Value {
    json!({"data": {"type": "person", "attributes": attributes}})
}

#[test]
fn answers_201_with_the_document_and_its_location() {
    let server = models::empty();
    let sent = person_with(&json!({"name": "Lincoln", "age": 23}));
    let answer = server.post("/api/person", &sent);
    // W08, W09, W10
    answer.is(201, &person_document(1, "Lincoln", Some(23)));
    assert_eq!(answer.header("location"), Some("/api/person/1"));
    assert_eq!(answer.data()["links"]["self"], "/api/person/1");
    assert_eq!(server.get("/api/person/1").json(), answer.json());

    // W15: the same again has the same unique name.
    let detail = "name: another resource has this value already";
    let error = at_pointer(409, "Duplicate value", detail, "/data/attributes/name");
    server.post("/api/person", &sent).refuses(409, &[error]);
    assert_eq!(server.line("SELECT name AS value FROM person"), "Lincoln");
}

#[test]
fn leaves_to_the_database_what_the_client_leaves_out() {
    let server = models::with_rows(by_backend(
        "CREATE TRIGGER grow AFTER INSERT ON person BEGIN UPDATE person SET age = 18 WHERE id = NEW.id; END;",
        "CREATE FUNCTION grow() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
             UPDATE person SET age = 18 WHERE id = NEW.id; RETURN NEW; END $$;
         CREATE TRIGGER grow AFTER INSERT ON person FOR EACH ROW EXECUTE FUNCTION grow();",
        "CREATE TRIGGER grow BEFORE INSERT ON person FOR EACH ROW SET NEW.age = 18;",
    ));
    let answer = server.post("/api/person", &person_with(&json!({"name": "Ann"})));
    answer.is(201, &person_document(1, "Ann", Some(18)));
}

#[test]
fn keeps_nulls_that_the_client_sends() {
    let server = models::empty();
    let answer = server.post("/api/person", &person_with(&json!({"name": "Ann", "age": null, "birth_date": null})));
    answer.is(201, &person_document(1, "Ann", None));
}

#[test]
fn needs_no_attributes_where_the_table_needs_none() {
    diesel::table! {
        counter (id) {
            id -> Integer,
            steps -> Integer,
        }
    }

    #[derive(restless_actix::prelude::Restless)]
    #[diesel(table_name = counter)]
    #[restless(methods(GET, POST))]
    struct Counter {
        id: i32,
        steps: i32,
    }

    use restless_actix::prelude::Mountable as _;
    let schema = "CREATE TABLE counter (id INTEGER PRIMARY KEY, steps INTEGER NOT NULL DEFAULT 7)";
    let server = crate::server::Server::start(schema, |services| {
        services.service(Counter::api_scope());
    });
    let expected = |id: &str| document(&format!("/api/counter/{id}"), &resource("counter", id, &json!({"steps": 7})));
    server.post("/api/counter", &json!({"data": {"type": "counter"}})).is(201, &expected("1"));
    server.post("/api/counter", &json!({"data": {"type": "counter", "attributes": {}}})).is(201, &expected("2"));
}

#[test]
fn keeps_text_beyond_ascii() {
    let server = models::empty();
    let name = "Zoë 😀 \u{301}\u{200d} \"quoted\" \\ / \u{7f}\n\ttab 漢字 \u{10ffff} %41 '); --";
    let answer = server.post("/api/person", &person_with(&json!({"name": name})));
    answer.is(201, &person_document(1, name, None));
    assert_eq!(server.values("SELECT name AS value FROM person"), [Some(name.to_owned())]);
}

#[test]
fn ignores_members_that_it_does_not_know() {
    // D05, D06, N13, W17
    let server = models::empty();
    let sent = json!({
        "jsonapi": {"version": "1.0", "ext": ["https://example.com/ext"]},
        "meta": {"a": 1}, "links": {}, "foo": [1], "@at": 1, "included": 7,
        "data": {
            "type": "person", "lid": "local", "meta": {}, "links": {"self": 1}, "bar": null, "@at": {},
            "attributes": {"name": "Ann", "@at": "ignored", "@age": "abc"}, "relationships": {"@at": 1},
        },
    });
    server.post("/api/person", &sent).is(201, &person_document(1, "Ann", None));
}

#[test]
fn refuses_parameters_of_collections() {
    // Q07
    let server = models::empty();
    for name in ["filter[name]", "sort", "page[size]"] {
        let detail = format!("this URL knows no query parameter {name:?}");
        let answer = server.post(&format!("/api/person?{name}=name"), &person_with(&json!({"name": "Ann"})));
        answer.refuses(400, &[at_parameter(name, &detail)]);
    }
    assert_eq!(server.line("SELECT name AS value FROM person"), "");
}
