//! Bodies: their size and their transfer.

use serde_json::json;

use crate::client::JSON_API;
use crate::expected::{error, person_document};
use crate::models;

/// The greatest number of bytes that a body may have.
const LIMIT: usize = 2 * 1024 * 1024;

fn padded(length: usize) -> String {
    let document = json!({"data": {"type": "person", "attributes": {"name": "Ann"}}}).to_string();
    format!("{document}{}", " ".repeat(length - document.len()))
}

#[test]
fn may_be_as_long_as_the_limit() {
    let server = models::empty();
    let request = server.request("POST", "/api/person").header("Content-Type", JSON_API);
    request.body(padded(LIMIT)).send().is(201, &person_document(1, "Ann", None));
}

#[test]
fn beyond_the_limit_are_413() {
    // D10
    let server = models::empty();
    for (method, path) in [("POST", "/api/person"), ("PATCH", "/api/person/1")] {
        let request = server.request(method, path).header("Content-Type", JSON_API).body(padded(LIMIT + 1));
        let detail = "a body has 2097152 bytes at most";
        request.send().refuses(413, &[error(413, "Content Too Large", detail)]);
    }
    assert_eq!(server.line("SELECT name AS value FROM person"), "");
}

#[test]
fn beyond_the_limit_are_413_in_chunks_too() {
    let server = models::empty();
    let head = format!("POST /api/person HTTP/1.1\r\nHost: test\r\nConnection: close\r\nContent-Type: {JSON_API}\r\n");
    let chunk = format!("{:x}\r\n{}\r\n", 65536, " ".repeat(65536));
    let mut request = format!("{head}Transfer-Encoding: chunked\r\n\r\n").into_bytes();
    for _ in 0..32 {
        request.extend_from_slice(chunk.as_bytes());
    }
    request.extend_from_slice(b"1\r\n \r\n");
    server.raw(request).refuses(413, &[error(413, "Content Too Large", "a body has 2097152 bytes at most")]);
}

#[test]
fn may_come_in_chunks() {
    let server = models::empty();
    let document = padded(100);
    let (first, second) = document.split_at(10);
    let head = format!("POST /api/person HTTP/1.1\r\nHost: test\r\nConnection: close\r\nContent-Type: {JSON_API}");
    let body = format!("a\r\n{first}\r\n{:x}\r\n{second}\r\n0\r\n\r\n", second.len());
    let answer = server.raw(format!("{head}\r\nTransfer-Encoding: chunked\r\n\r\n{body}"));
    assert_eq!((answer.status, server.line("SELECT name AS value FROM person").as_str()), (201, "Ann"));
}

#[test]
fn in_broken_chunks_are_400() {
    // N01, E10
    let server = models::empty();
    let head = format!("POST /api/person HTTP/1.1\r\nHost: test\r\nConnection: close\r\nContent-Type: {JSON_API}");
    for body in ["zz\r\n{}\r\n0\r\n\r\n", "5\r\n{\"dat\r\nzz\r\n", "ffffffffffffffffff\r\n{}"] {
        let answer = server.raw(format!("{head}\r\nTransfer-Encoding: chunked\r\n\r\n{body}"));
        let detail = "the body cannot be read: its transfer is malformed or broke off";
        answer.refuses(400, &[error(400, "Bad Request", detail)]);
        assert_eq!(
            (answer.header("content-type"), answer.header("vary")),
            (Some(JSON_API), Some("Accept, Content-Type"))
        );
    }
    assert_eq!(server.line("SELECT name AS value FROM person"), "");
}
