//! Writes whose answer the server gives, and nobody hears.

use restless_actix::prelude::*;
use serde_json::{Value, json};

use super::proxy::Proxy;
use super::{Backend, skipped};
use crate::client::Answer;
use crate::conformance;
use crate::server::{Server, Setup};

diesel::table! {
    note (id) {
        id -> Integer,
        text -> Text,
    }
}

diesel::table! {
    tag (id) {
        id -> Integer,
        note_id -> Nullable<Integer>,
    }
}

/// Something to write, with a single statement or with several.
#[derive(Restless)]
#[diesel(table_name = note)]
#[restless(
    methods(GET, POST, PATCH, DELETE),
    has_many(tags: Tag, foreign_key = tag::note_id),
    allow_to_many_replacement
)]
struct Note {
    id: i32,
    text: String,
}

/// Belongs to a note.
#[derive(Restless)]
#[diesel(table_name = tag)]
#[restless(methods(GET, PATCH))]
struct Tag {
    id: i32,
    note_id: Option<i32>,
}

const SCHEMA: &str = "CREATE TABLE note (id INTEGER PRIMARY KEY, text TEXT NOT NULL);
    CREATE TABLE tag (id INTEGER PRIMARY KEY, note_id INTEGER);
    INSERT INTO note VALUES (1, 'a'); INSERT INTO tag VALUES (1, NULL);";

/// A server on each of the databases that is there, and the way to it.
fn on_servers(test: impl Fn(Backend, &Server, &Proxy)) {
    for backend in [Backend::Postgres, Backend::Mysql] {
        let Some(url) = backend.find() else {
            skipped(&format!("a {backend} server at {}", backend.url()));
            continue;
        };
        let (place, proxy) = Proxy::before(backend, &url);
        let server = Setup::new(SCHEMA).start_in(place, |services| {
            services.service(Note::api_scope()).service(Tag::api_scope());
        });
        test(backend, &server, &proxy);
    }
}

fn created(text: &str) -> Value {
    json!({"data": {"type": "note", "attributes": {"text": text}}})
}

/// A change that takes several statements.
fn changed(text: &str) -> Value {
    let tags = json!({"tags": {"data": [{"type": "tag", "id": "1"}]}});
    json!({"data": {"type": "note", "id": "1", "attributes": {"text": text}, "relationships": tags}})
}

/// Sends something while the answer to these words does not come through.
fn unheard(proxy: &Proxy, words: &'static str, send: impl FnOnce() -> Answer) -> Answer {
    proxy.swallow_answer_to(Some(words));
    let answer = send();
    proxy.swallow_answer_to(None);
    answer
}

fn texts(server: &Server) -> String {
    server.line("SELECT text AS value FROM note ORDER BY id")
}

#[track_caller]
fn is_unknown(answer: &Answer) {
    let error = answer.json()["errors"][0].clone();
    assert_eq!(
        (answer.status, answer.header("retry-after"), &error["code"], &error["title"], &error["detail"]),
        (
            503,
            None,
            &json!("outcome_unknown"),
            &json!("Outcome unknown"),
            &json!("the database failed before it told the outcome: the change may have been made or not")
        ),
        "{answer:#?}"
    );
}

#[test]
fn of_a_single_statement_is_unknown_and_not_to_be_tried_again() {
    on_servers(|backend, server, proxy| {
        // PostgreSQL is sent the statement alone; the others are told to commit.
        let words = if backend == Backend::Postgres { "lost" } else { "COMMIT" };
        is_unknown(&unheard(proxy, words, || server.post("/api/note", &created("lost"))));
        assert_eq!(texts(server), "a lost", "{backend} has done it");
        assert_eq!(server.post("/api/note", &created("b")).status, 201, "{backend}");
        assert_eq!(texts(server), "a lost b", "{backend} does nothing twice");
    });
}

#[test]
fn of_a_commit_is_unknown_and_not_to_be_tried_again() {
    on_servers(|backend, server, proxy| {
        is_unknown(&unheard(proxy, "COMMIT", || server.patch("/api/note/1", &changed("lost"))));
        assert_eq!(texts(server), "lost", "{backend} has done it");
        assert_eq!(server.line("SELECT note_id AS value FROM tag"), "1", "{backend}");
    });
}

#[test]
fn of_a_commit_is_unknown_in_the_classic_format() {
    on_servers(|backend, server, proxy| {
        let sent = || {
            let request = server.request("PATCH", "/api/note/1").header("Accept", "application/json");
            let request = request.header("Content-Type", "application/json");
            request.body(json!({"text": "lost", "tags": {"add": [{"id": 1}]}}).to_string()).send_to_anyone()
        };
        let answer = unheard(proxy, "COMMIT", sent);
        conformance::check_classic(&answer);
        let message = "the database failed before it told the outcome: the change may have been made or not";
        assert_eq!(
            (answer.status, answer.header("retry-after"), &answer.json()["message"]),
            (503, None, &json!(message)),
            "{backend}: {answer:#?}"
        );
        assert_eq!(texts(server), "lost", "{backend} has done it");
    });
}

#[test]
fn before_the_commit_means_that_nothing_was_done() {
    on_servers(|backend, server, proxy| {
        let answer = unheard(proxy, "early", || server.patch("/api/note/1", &changed("early")));
        assert_eq!((answer.status, answer.header("retry-after")), (503, Some("1")), "{backend}: {answer:#?}");
        let detail = &answer.json()["errors"][0]["detail"];
        assert_eq!(detail, "the database cannot be reached at the moment", "{backend}");
        assert_eq!(texts(server), "a", "{backend} has not done it");
        assert_eq!(server.line("SELECT note_id AS value FROM tag"), "null", "{backend}");
    });
}
