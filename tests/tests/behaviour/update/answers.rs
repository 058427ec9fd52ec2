//! What an update answers: the resource, or nothing.

use restless_actix::prelude::*;
use serde_json::{Value, json};

use super::person_with;
use crate::backends::by_backend;
use crate::client::Answer;
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

/// An update whose client wants to be told no more than is needed.
fn patch_minimal(server: &Server, path: &str, sent: &Value) -> Answer {
    server.request("PATCH", path).document(sent).header("Prefer", "return=minimal").send()
}

#[test]
fn is_the_document_as_it_is_after_the_write() {
    let server = models::five_people();
    let answer = server.patch("/api/person/1", &person_with("1", &json!({"age": 24})));
    answer.is(200, &person_document(1, "Lincoln", Some(24)));
    assert_eq!((answer.header("location"), answer.header("preference-applied")), (None, None));
    answer.tells_what_is_read_from(&server);
}

#[test]
fn is_what_the_database_made_of_what_was_sent() {
    let sent = json!({"data": {"type": "page", "id": "1", "attributes": {"text": "two"}}});
    let answer = pages().patch("/api/page/1", &sent);
    answer.is(200, &document("/api/page/1", &resource("page", "1", &json!({"text": "two", "version": 2}))));
}

#[test]
fn is_as_the_client_asked_to_see_it() {
    let sent = json!({"data": {"type": "page", "id": "1", "attributes": {"text": "two"}}});
    let path = "/api/page/1?fields%5Bpage%5D=version";
    pages().patch(path, &sent).is(200, &document(path, &resource("page", "1", &json!({"version": 2}))));
}

#[test]
fn is_the_document_whatever_was_preferred_where_the_database_may_have_changed_more() {
    // W23
    let sent = json!({"data": {"type": "page", "id": "1", "attributes": {"text": "two"}}});
    let answer = patch_minimal(&pages(), "/api/page/1", &sent);
    answer.is(200, &document("/api/page/1", &resource("page", "1", &json!({"text": "two", "version": 2}))));
    assert_eq!(answer.header("preference-applied"), None);
}

#[test]
fn is_the_document_when_nothing_was_sent() {
    // W30
    let sent = json!({"data": {"type": "page", "id": "1"}});
    let expected = document("/api/page/1", &resource("page", "1", &json!({"text": "one", "version": 1})));
    pages().patch("/api/page/1", &sent).is(200, &expected);
    let server = models::five_people();
    for sent in [json!({"data": {"type": "person", "id": "1"}}), person_with("1", &json!({}))] {
        server.patch("/api/person/1", &sent).is(200, &person_document(1, "Lincoln", Some(23)));
        patch_minimal(&server, "/api/person/1", &sent).is_empty(204);
    }
    let missing = json!({"data": {"type": "person", "id": "404"}});
    server.patch("/api/person/404", &missing).refuses(404, &[no_such_resource("person", "404")]);
    patch_minimal(&server, "/api/person/404", &missing).refuses(404, &[no_such_resource("person", "404")]);
}

#[test]
fn is_nothing_when_the_client_prefers_that() {
    // W24
    let server = models::five_people();
    let sent = person_with("1", &json!({"age": 24}));
    for header in ["return=minimal", "wait=5, RETURN=\"minimal\"", "return = minimal; foo"] {
        let answer = server.request("PATCH", "/api/person/1").document(&sent).header("Prefer", header).send();
        answer.is_empty(204);
        assert_eq!((answer.header("content-type"), answer.header("location")), (None, None));
        assert_eq!(answer.header("preference-applied"), Some("return=minimal"), "{header}");
    }
    server.get("/api/person/1").is(200, &person_document(1, "Lincoln", Some(24)));
}

#[test]
fn is_nothing_in_the_classic_format_when_the_client_prefers_that() {
    let server = models::five_people();
    let classic = |age: i32| {
        let request = server.request("PATCH", "/api/person/1").header("Content-Type", "application/json");
        request.header("Accept", "application/json").body(json!({"age": age}).to_string())
    };
    let answer = classic(24).header("Prefer", "return=minimal").send();
    answer.is_empty(204);
    assert_eq!(answer.header("preference-applied"), Some("return=minimal"));
    server.get("/api/person/1").is(200, &person_document(1, "Lincoln", Some(24)));
    assert_eq!(classic(25).send_to_anyone().json()["age"], 25);
}

#[test]
fn tells_that_the_document_was_preferred() {
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
fn is_the_document_when_the_client_prefers_something_else() {
    let server = models::five_people();
    let sent = person_with("1", &json!({"age": 24}));
    for header in ["wait=5", "return", "return=nothing", "représentation", ""] {
        let answer = server.request("PATCH", "/api/person/1").document(&sent).header("Prefer", header).send();
        answer.is(200, &person_document(1, "Lincoln", Some(24)));
        assert_eq!(answer.header("preference-applied"), None, "{header}");
    }
}
