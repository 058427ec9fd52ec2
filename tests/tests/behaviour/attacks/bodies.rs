//! Bodies that come slowly, not at all, or are too large.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use restless_actix::prelude::*;
use serde_json::json;

use super::blog_with;
use crate::client::{Answer, JSON_API, Sent};
use crate::expected::error;
use crate::server::Server;

/// A request that says how long its body is, and sends none of it yet.
pub fn open(address: std::net::SocketAddr, path: &str, length: u64) -> TcpStream {
    let mut stream = TcpStream::connect(address).expect("a server that listens");
    stream.set_read_timeout(Some(Duration::from_secs(20))).expect("a timeout");
    let head = format!("POST {path} HTTP/1.1\r\nHost: test\r\nConnection: close\r\nContent-Type: {JSON_API}");
    write!(stream, "{head}\r\nContent-Length: {length}\r\n\r\n").expect("a server that reads");
    stream
}

/// What the server says.
pub fn answer(stream: &mut TcpStream) -> Answer {
    let mut bytes = Vec::new();
    let _ = stream.read_to_end(&mut bytes);
    Answer::parse(&bytes, Sent { method: "POST".to_owned(), path: String::new(), body: Vec::new() })
}

fn slow() -> Server {
    blog_with(|api| api.body_timeout(Duration::from_millis(1500)))
}

fn too_slow(answer: &Answer) {
    answer.refuses(408, &[error(408, "Request Timeout", "the body did not come in time")]);
}

#[test]
fn that_come_byte_by_byte_are_408() {
    let server = slow();
    for path in ["/api/person", "/api/person/1/relationships/articles"] {
        let mut stream = open(server.address, path, 1000);
        let start = Instant::now();
        while start.elapsed() < Duration::from_secs(10) && stream.write_all(b" ").is_ok() {
            std::thread::sleep(Duration::from_millis(50));
            if start.elapsed() > Duration::from_millis(1000) {
                break;
            }
        }
        too_slow(&answer(&mut stream));
        let took = start.elapsed();
        assert!(took < Duration::from_secs(10), "{took:?}");
    }
}

#[test]
fn that_do_not_come_are_408_and_nothing_is_done() {
    let server = slow();
    let mut stream = TcpStream::connect(server.address).expect("a server that listens");
    stream.set_read_timeout(Some(Duration::from_secs(20))).expect("a timeout");
    let head = "DELETE /api/comment/1 HTTP/1.1\r\nHost: test\r\nConnection: close\r\nContent-Length: 10\r\n\r\n";
    stream.write_all(head.as_bytes()).expect("a server that reads");
    too_slow(&answer(&mut stream));
    assert_eq!(server.line("SELECT COUNT(*) AS value FROM comment WHERE id = 1"), "1");
}

#[test]
fn that_come_in_time_are_read_whatever_their_pace() {
    let server = slow();
    let document = json!({"data": {"type": "person", "attributes": {"name": "Dan"}}}).to_string();
    let mut stream = open(server.address, "/api/person", document.len() as u64);
    for part in document.as_bytes().chunks(20) {
        stream.write_all(part).expect("a server that reads");
        std::thread::sleep(Duration::from_millis(30));
    }
    assert_eq!(answer(&mut stream).status, 201);
}

#[test]
fn that_are_too_large_by_their_own_word_are_413_before_they_come() {
    let server = blog_with(|api| api);
    for length in [2 * 1024 * 1024 + 1, 1_000_000_000_000] {
        let mut stream = open(server.address, "/api/person", length);
        let start = Instant::now();
        let refusal = error(413, "Content Too Large", "a body has 2097152 bytes at most");
        answer(&mut stream).refuses(413, &[refusal]);
        let took = start.elapsed();
        assert!(took < Duration::from_secs(5), "{took:?}");
    }
}

#[test]
fn are_as_large_as_a_setting_says() {
    let server = Server::start(&format!("{}{}", crate::models::TABLES, crate::models::FIVE), |services| {
        let people = crate::models::Person::api().max_body_size(100);
        let api = Api::new("/api").max_body_size(4 * 1024 * 1024).resource(people);
        services.service(api.resource(crate::models::Computer::api()).scope());
    });
    let padded = |kind: &str, length: usize| {
        let document = json!({"data": {"type": kind, "attributes": {"name": "x"}}}).to_string();
        format!("{document}{}", " ".repeat(length - document.len()))
    };
    let post = |kind: &str, length: usize| {
        let request = server.request("POST", &format!("/api/{kind}")).header("Content-Type", JSON_API);
        request.body(padded(kind, length)).send()
    };
    assert_eq!(post("person", 100).status, 201);
    post("person", 101).refuses(413, &[error(413, "Content Too Large", "a body has 100 bytes at most")]);
    assert_eq!(post("computer", 3 * 1024 * 1024).status, 201);
}
