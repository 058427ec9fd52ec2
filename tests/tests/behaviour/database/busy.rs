//! A database that is not to be had in time, since another process holds what a write needs.

use std::thread;
use std::time::Duration;

use diesel::connection::SimpleConnection as _;
use restless_actix::DatabaseBuilder;
use serde_json::{Value, json};

use crate::backends::by_backend;
use crate::client::Answer;
use crate::expected::person_document;
use crate::models::{self, FIVE, TABLES};
use crate::server::{Server, Setup};

/// What keeps others from writing people, but not from reading them.
fn hold() -> &'static str {
    by_backend(
        "BEGIN IMMEDIATE",
        "BEGIN; LOCK TABLE person IN EXCLUSIVE MODE",
        "BEGIN; SELECT * FROM person FOR UPDATE",
    )
}

/// A server whose requests wait neither long for a connection nor for what somebody else holds.
pub fn impatient() -> Server {
    let settings = |builder: DatabaseBuilder| builder.lock_timeout(Duration::from_millis(300));
    let setup = Setup::new(format!("{TABLES}{FIVE}"));
    Setup { patience: Duration::from_secs(1), settings, ..setup }.start(models::mount)
}

/// The answer to a write that others are in the way of.
#[track_caller]
pub fn may_be_tried_again(answer: &Answer) {
    let error = &answer.json()["errors"][0];
    assert_eq!(
        (answer.status, &error["title"], &error["meta"], answer.header("retry-after")),
        (409, &json!("Concurrent change"), &json!({"retry": true}), None),
        "{answer:#?}"
    );
}

/// A document that creates a person.
pub fn sent(name: &str) -> Value {
    json!({"data": {"type": "person", "attributes": {"name": name}}})
}

/// Does something while another process holds the table.
fn while_held(server: &Server, work: impl FnOnce()) {
    let mut other = server.connection();
    other.batch_execute(hold()).expect("a lock");
    work();
    other.batch_execute("ROLLBACK").expect("no lock");
}

#[test]
fn answers_409_and_that_it_may_be_tried_again() {
    let server = impatient();
    while_held(&server, || {
        let update = json!({"data": {"type": "person", "id": "1", "attributes": {"age": 1}}});
        let answers = [
            server.post("/api/person", &sent("Ann")),
            server.patch("/api/person/1", &update),
            server.delete("/api/person/1"),
        ];
        answers.iter().for_each(may_be_tried_again);
    });
    // What was refused does not happen later.
    let created = server.post("/api/person", &sent("Bob"));
    let id = created.data()["id"].as_str().and_then(|id| id.parse().ok()).expect("an id");
    created.is(201, &person_document(id, "Bob", None));
    assert_eq!(server.line("SELECT name AS value FROM person ORDER BY id"), "Lincoln Mary Lucy Katy John Bob");
}

#[test]
fn still_reads() {
    let server = impatient();
    while_held(&server, || {
        server.get("/api/person/1").is(200, &person_document(1, "Lincoln", Some(23)));
        assert_eq!(server.get("/api/person?sort=name").ids(), "5 4 1 3 2");
    });
}

#[test]
fn waits_as_long_as_it_may() {
    let server = models::five_people();
    thread::scope(|scope| {
        while_held(&server, || {
            scope.spawn(|| server.post("/api/person", &sent("Ann")).is(201, &person_document(6, "Ann", None)));
            thread::sleep(Duration::from_millis(300));
        });
    });
}
