//! Rows that somebody else holds, on the servers that know of rows.

use std::thread;
use std::time::{Duration, Instant};

use diesel::connection::SimpleConnection as _;
use restless_actix::DatabaseBuilder;
use restless_actix::prelude::*;
use serde_json::{Value, json};

use super::{Backend, Place, skipped};
use crate::client::Answer;
use crate::conformance;
use crate::database::busy::may_be_tried_again;
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

/// Something to write.
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
#[restless(methods(GET, POST), belongs_to(note: Note, foreign_key = note_id))]
struct Tag {
    id: i32,
    note_id: Option<i32>,
}

const SCHEMA: &str = "CREATE TABLE note (id INTEGER PRIMARY KEY, text TEXT NOT NULL);
    CREATE TABLE tag (id INTEGER PRIMARY KEY, note_id INTEGER REFERENCES note (id));
    INSERT INTO note VALUES (1, 'a'), (2, 'b'); INSERT INTO tag VALUES (1, NULL);";

/// Keeps others from changing the note and from referring to it.
const HOLD: &str = "BEGIN; SELECT * FROM note WHERE id = 1 FOR UPDATE";

/// A server on each of the databases that is there, while somebody holds the first note.
fn while_held(settings: fn(DatabaseBuilder) -> DatabaseBuilder, test: impl Fn(Backend, &Server)) {
    for backend in [Backend::Postgres, Backend::Mysql] {
        let Some(url) = backend.find() else {
            skipped(&format!("a {backend} server at {}", backend.url()));
            continue;
        };
        let setup = Setup { settings, patience: Duration::from_secs(5), ..Setup::new(SCHEMA) };
        let server = setup.start_in(Place::on(backend, &url), |services| {
            services.service(Note::api_scope()).service(Tag::api_scope());
        });
        let mut other = server.connection();
        other.batch_execute(HOLD).expect("a lock");
        test(backend, &server);
        other.batch_execute("ROLLBACK").expect("no lock");
        assert_eq!(server.patch("/api/note/1", &changed("c")).status, 200, "{backend} goes on");
    }
}

fn created(number: usize) -> Value {
    json!({"data": {"type": "note", "attributes": {"text": format!("n{number}")}}})
}

fn changed(text: &str) -> Value {
    json!({"data": {"type": "note", "id": "1", "attributes": {"text": text}}})
}

/// Sixty writes that need the held row, and what becomes of the others meanwhile.
fn others_go_on(send: impl Fn(&Server) -> Answer + Sync) {
    while_held(
        |builder| builder,
        |backend, server| {
            let began = Instant::now();
            let waiting: Vec<_> = thread::scope(|scope| {
                let wait = || scope.spawn(|| (send(server), began.elapsed()));
                let waiting: Vec<_> = (0..60).map(|_| wait()).collect();
                thread::sleep(Duration::from_millis(300));
                for number in 0..10 {
                    let asked = Instant::now();
                    assert_eq!(server.post("/api/note", &created(number)).status, 201, "{backend}");
                    assert_eq!(server.get("/api/note/2").status, 200, "{backend}");
                    let took = asked.elapsed();
                    assert!(took < Duration::from_secs(1), "{backend}: {took:?} beside those who wait");
                }
                assert!(waiting.iter().any(|waiting| !waiting.is_finished()), "{backend}: nobody waited any more");
                waiting.into_iter().map(|waiting| waiting.join().expect("an answer")).collect()
            });
            for (answer, took) in waiting {
                may_be_tried_again(&answer);
                assert!(took < Duration::from_secs(6), "{backend}: answered after {took:?}");
            }
        },
    );
}

#[test]
fn of_one_row_keep_nobody_from_the_others() {
    others_go_on(|server| server.patch("/api/note/1", &changed("c")));
}

#[test]
fn that_others_refer_to_keep_nobody_from_the_others() {
    let note = json!({"note": {"data": {"type": "note", "id": "1"}}});
    let tag = json!({"data": {"type": "tag", "relationships": note}});
    others_go_on(|server| server.post("/api/tag", &tag));
}

#[test]
fn are_waited_for_as_long_as_the_application_says() {
    while_held(
        |builder| builder.lock_timeout(Duration::from_millis(300)),
        |backend, server| {
            let tags = json!({"data": [{"type": "tag", "id": "1"}]});
            let classic = || {
                let request = server.request("PATCH", "/api/note/1").header("Accept", "application/json");
                request.header("Content-Type", "application/json").body(r#"{"text":"c"}"#).send_to_anyone()
            };
            let began = Instant::now();
            may_be_tried_again(&server.patch("/api/note/1", &changed("c")));
            may_be_tried_again(&server.delete("/api/note/1"));
            may_be_tried_again(&server.patch("/api/note/1/relationships/tags", &tags));
            let answer = classic();
            conformance::check_classic(&answer);
            assert_eq!((answer.status, &answer.json()["retry"]), (409, &json!(true)), "{backend}: {answer:#?}");
            // MySQL and MariaDB wait for whole seconds.
            assert!(began.elapsed() < Duration::from_secs(8), "{backend} took {:?}", began.elapsed());
            assert_eq!(server.line("SELECT text AS value FROM note ORDER BY id"), "a b", "{backend}");
        },
    );
}
