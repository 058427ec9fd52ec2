//! What an update answers: nothing, or the resource.

use restless_actix::prelude::*;
use serde_json::json;

use super::person_with;
use crate::backends::by_backend;
use crate::expected::{document, no_such_resource, person_document, resource};
use crate::models;
use crate::server::Server;

diesel::table! {
    page (id) {
        id -> Integer,
        text -> Text,
        version -> Integer,
    }
}

#[derive(Restless)]
#[diesel(table_name = page)]
#[restless(methods(GET, PATCH))]
struct Page {
    id: i32,
    text: String,
    #[restless(read_only)]
    version: i32,
}

fn pages() -> Server {
    let trigger = by_backend(
        "CREATE TRIGGER count_versions AFTER UPDATE OF text ON page BEGIN
             UPDATE page SET version = version + 1 WHERE id = NEW.id;
         END;",
        "CREATE FUNCTION count_versions() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
             UPDATE page SET version = version + 1 WHERE id = NEW.id; RETURN NEW; END $$;
         CREATE TRIGGER count_versions AFTER UPDATE OF text ON page FOR EACH ROW EXECUTE FUNCTION count_versions();",
        "CREATE TRIGGER count_versions BEFORE UPDATE ON page FOR EACH ROW SET NEW.version = OLD.version + 1;",
    );
    let schema = format!(
        "CREATE TABLE page (id INTEGER PRIMARY KEY, text TEXT NOT NULL, version INTEGER NOT NULL DEFAULT 1);
         {trigger}
         INSERT INTO page (id, text) VALUES (1, 'one');"
    );
    Server::start(&schema, |services| {
        services.service(Page::api_scope());
    })
}

#[test]
fn is_the_document_where_the_database_may_have_changed_more() {
    // W23
    let sent = json!({"data": {"type": "page", "id": "1", "attributes": {"text": "two"}}});
    let answer = pages().patch("/api/page/1", &sent);
    answer.is(200, &document("/api/page/1", &resource("page", "1", &json!({"text": "two", "version": 2}))));
    assert_eq!(answer.header("preference-applied"), None);
}

#[test]
fn is_the_document_there_even_when_nothing_was_sent() {
    let sent = json!({"data": {"type": "page", "id": "1"}});
    let expected = document("/api/page/1", &resource("page", "1", &json!({"text": "one", "version": 1})));
    pages().patch("/api/page/1", &sent).is(200, &expected);
}

#[test]
fn is_nothing_where_nothing_else_can_have_changed() {
    // W24
    let answer = models::five_people().patch("/api/person/1", &person_with("1", &json!({"age": 24})));
    answer.is_empty(204);
    assert_eq!((answer.header("content-type"), answer.header("location")), (None, None));
}

#[test]
fn is_the_document_when_the_client_prefers_it() {
    let server = models::five_people();
    let sent = person_with("1", &json!({"age": 24}));
    for header in ["return=representation", "respond-async, Return=\"representation\"; foo", "return = representation"]
    {
        let answer = server.request("PATCH", "/api/person/1").document(&sent).header("Prefer", header).send();
        answer.is(200, &person_document(1, "Lincoln", Some(24)));
        assert_eq!(answer.header("preference-applied"), Some("return=representation"), "{header}");
    }
}

#[test]
fn is_nothing_when_the_client_prefers_that_or_something_else() {
    let server = models::five_people();
    let sent = person_with("1", &json!({"age": 24}));
    for header in ["return=minimal", "wait=5", "return", "représentation", ""] {
        server.request("PATCH", "/api/person/1").document(&sent).header("Prefer", header).send().is_empty(204);
    }
}

#[test]
fn is_nothing_when_nothing_was_sent() {
    // W30
    let server = models::five_people();
    server.patch("/api/person/1", &json!({"data": {"type": "person", "id": "1"}})).is_empty(204);
    server.patch("/api/person/1", &person_with("1", &json!({}))).is_empty(204);
    let missing = json!({"data": {"type": "person", "id": "404"}});
    server.patch("/api/person/404", &missing).refuses(404, &[no_such_resource("person", "404")]);
}
