//! The one writer, held by the application's own code or by another process.

use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use diesel::connection::SimpleConnection as _;
use serde_json::{Value, json};

use crate::database::busy::{impatient, may_be_tried_again, sent};
use crate::expected::{error, person_document};
use crate::models;
use crate::server::Server;

fn busy() -> Value {
    error(503, "Service Unavailable", "no database connection is free at the moment")
}

/// Does something while the application's own code holds the writer.
fn while_held(server: &Server, work: impl FnOnce()) {
    let (begun, wait) = mpsc::channel();
    let (done, end) = mpsc::channel::<()>();
    thread::scope(|scope| {
        scope.spawn(move || {
            server.run(move |_| {
                begun.send(()).expect("a test that waits");
                let _ = end.recv_timeout(Duration::from_secs(20));
                diesel::QueryResult::Ok(())
            });
        });
        wait.recv().expect("a held writer");
        work();
        drop(done);
    });
}

#[test]
fn answers_503_and_when_to_come_back() {
    let server = impatient();
    while_held(&server, || {
        let answer = server.post("/api/person", &sent("Ann"));
        answer.refuses(503, &[busy()]);
        assert_eq!(answer.header("retry-after"), Some("1"));
        let update = json!({"data": {"type": "person", "id": "1", "attributes": {"age": 1}}});
        server.patch("/api/person/1", &update).refuses(503, &[busy()]);
        server.delete("/api/person/1").refuses(503, &[busy()]);
    });
    // What was refused does not happen later.
    server.post("/api/person", &sent("Bob")).is(201, &person_document(6, "Bob", None));
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

#[test]
fn answers_409_while_another_process_writes() {
    let server = impatient();
    let mut other = server.connection();
    other.batch_execute("BEGIN IMMEDIATE").expect("a lock");
    for _ in 0..8 {
        may_be_tried_again(&server.post("/api/person", &sent("Ann")));
    }
    assert_eq!(server.get("/api/person").ids(), "1 2 3 4 5");
    other.batch_execute("COMMIT").expect("no lock");
    server.post("/api/person", &sent("Ann")).is(201, &person_document(6, "Ann", None));
}
