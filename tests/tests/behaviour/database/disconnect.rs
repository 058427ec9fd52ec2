//! Clients that go away in the middle of a write.

use std::io::Write as _;
use std::net::{Shutdown, TcpStream};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::json;

use crate::backends::by_backend;
use crate::client::JSON_API;
use crate::expected::person_document;
use crate::models;
use crate::server::Server;

/// With each person comes a second row, so that half a write can be told.
fn server() -> Server {
    let trigger = by_backend(
        "CREATE TRIGGER trace_person AFTER INSERT ON person BEGIN INSERT INTO trace VALUES (NEW.name); END",
        "CREATE FUNCTION trace() RETURNS trigger LANGUAGE plpgsql
            AS $$ BEGIN INSERT INTO trace VALUES (NEW.name); RETURN NEW; END $$;
        CREATE TRIGGER trace_person AFTER INSERT ON person FOR EACH ROW EXECUTE FUNCTION trace()",
        "CREATE TRIGGER trace_person AFTER INSERT ON person FOR EACH ROW INSERT INTO trace VALUES (NEW.name)",
    );
    models::with_rows(&format!("CREATE TABLE trace (name TEXT); {trigger};"))
}

fn request(name: &str) -> String {
    let body = json!({"data": {"type": "person", "attributes": {"name": name, "age": 7}}}).to_string();
    let head = format!("POST /api/person HTTP/1.1\r\nHost: test\r\nContent-Type: {JSON_API}");
    format!("{head}\r\nContent-Length: {}\r\n\r\n{body}", body.len())
}

/// Waits until the server has nothing more to write, and gives back how many people there are.
fn settled(server: &Server) -> u64 {
    let count = || server.line("SELECT count(*) || '' AS value FROM person").parse().expect("a number");
    let (start, mut last) = (Instant::now(), count());
    loop {
        thread::sleep(Duration::from_millis(100));
        let now = count();
        if now == last || start.elapsed() > Duration::from_secs(10) {
            return now;
        }
        last = now;
    }
}

#[track_caller]
fn is_whole(server: &Server) {
    // Each in one statement: a write that is late may be committed between two.
    let without_trace = "SELECT count(*) || '' AS value FROM person \
                         WHERE NOT EXISTS (SELECT 1 FROM trace WHERE trace.name = person.name)";
    assert_eq!(server.line(without_trace), "0");
    let surplus = "SELECT (SELECT count(*) FROM person) - (SELECT count(*) FROM trace) || '' AS value";
    assert_eq!(server.line(surplus), "0");
    assert_eq!(server.line("SELECT count(*) || '' AS value FROM person WHERE age IS NULL OR age <> 7"), "0");
}

#[track_caller]
fn still_works(server: &Server) {
    let sent = json!({"data": {"type": "person", "attributes": {"name": "last"}}});
    let created = server.post("/api/person", &sent);
    let id = created.data()["id"].as_str().and_then(|id| id.parse().ok()).expect("an id");
    created.is(201, &person_document(id, "last", None));
    server.delete(&format!("/api/person/{id}")).is_empty(204);
}

#[test]
fn leave_the_whole_row_or_nothing() {
    let server = server();
    thread::scope(|scope| {
        for worker in 0..4 {
            let server = &server;
            scope.spawn(move || {
                for number in 0..100 {
                    let mut stream = TcpStream::connect(server.address).expect("a connection");
                    stream.write_all(request(&format!("w{worker}n{number}")).as_bytes()).expect("a server that reads");
                    if number % 3 == 0 {
                        thread::sleep(Duration::from_micros(200 * (number % 7)));
                    }
                    if number % 2 == 0 {
                        let _ = stream.shutdown(Shutdown::Both);
                    }
                }
            });
        }
    });
    assert!(settled(&server) <= 400);
    is_whole(&server);
    still_works(&server);
}

#[test]
fn leave_nothing_when_they_wait_in_the_queue() {
    let server = server();
    thread::scope(|scope| {
        scope.spawn(|| {
            server.run(|_| {
                thread::sleep(Duration::from_millis(400));
                diesel::QueryResult::Ok(())
            });
        });
        thread::sleep(Duration::from_millis(100));
        for number in 0..20 {
            let mut stream = TcpStream::connect(server.address).expect("a connection");
            stream.write_all(request(&format!("n{number}")).as_bytes()).expect("a server that reads");
        }
    });
    settled(&server);
    is_whole(&server);
    still_works(&server);
}

#[test]
fn leave_nothing_when_the_body_is_not_complete() {
    let server = server();
    for number in 0..50 {
        let request = request(&format!("n{number}"));
        let mut stream = TcpStream::connect(server.address).expect("a connection");
        let part = request.len() * (number + 1) / 51;
        stream.write_all(&request.as_bytes()[..part]).expect("a server that reads");
    }
    assert_eq!(settled(&server), 0);
    still_works(&server);
}
