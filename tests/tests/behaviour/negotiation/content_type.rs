//! What a body is.

use serde_json::{Value, json};

use crate::client::JSON_API;
use crate::expected::at_header;
use crate::models;

fn ann() -> Value {
    json!({"data": {"type": "person", "attributes": {"name": "Ann"}}})
}

fn refusal(detail: &str) -> Value {
    at_header(415, "Unsupported Media Type", &format!("Content-Type: {detail}"), "Content-Type")
}

#[test]
fn may_have_profiles() {
    // N05, N14
    let cases = [
        JSON_API.to_owned(),
        "Application/VND.API+json".to_owned(),
        format!("{JSON_API}; profile=\"https://example.com/unknown\""),
        format!("{JSON_API};PROFILE=\"a b  c\""),
        format!("{JSON_API};ext=\"\""),
        format!("{JSON_API};"),
    ];
    for media_type in cases {
        let server = models::empty();
        let request = server.request("POST", "/api/person").header("Content-Type", &media_type);
        let answer = request.body(ann().to_string()).send();
        assert_eq!((answer.status, answer.header("content-type")), (201, Some(JSON_API)), "{media_type}");
    }
}

#[test]
fn must_not_have_other_parameters() {
    // N03, N04
    let server = models::five_people();
    let error = refusal("application/vnd.api+json has a parameter or an extension that is not served");
    for parameter in ["charset=utf-8", "q=1", "version=1", "ext=\"https://example.com/ext\"", "profile=x;a=b"] {
        for (method, path) in [("POST", "/api/person"), ("PATCH", "/api/person/1")] {
            let request = server.request(method, path).header("Content-Type", &format!("{JSON_API}; {parameter}"));
            request.body(ann().to_string()).send().refuses(415, std::slice::from_ref(&error));
        }
    }
}

#[test]
fn must_be_one_of_two() {
    // N06
    let server = models::five_people();
    let error = refusal("expected application/vnd.api+json or application/json");
    for media_type in ["text/plain", "text/html; charset=utf-8", "application/xml", "application/x-www-form-urlencoded"]
    {
        for (method, path) in [("POST", "/api/person"), ("PATCH", "/api/person/1")] {
            let request = server.request(method, path).header("Content-Type", media_type);
            request.body(ann().to_string()).send().refuses(415, std::slice::from_ref(&error));
        }
    }
}

#[test]
fn must_be_told() {
    // N06, N17
    let server = models::empty();
    let error = refusal("expected application/vnd.api+json or application/json, found no valid media type");
    server.request("POST", "/api/person").body(ann().to_string()).send().refuses(415, std::slice::from_ref(&error));
    for media_type in ["", "json", "application/", "a/b;c", "application/vnd.api+json;profile=\"", ";"] {
        let request = server.request("POST", "/api/person").header("Content-Type", media_type);
        request.body(ann().to_string()).send().refuses(415, std::slice::from_ref(&error));
    }
    let twice = server.request("POST", "/api/person").header("Content-Type", JSON_API).document(&ann()).send();
    twice.refuses(415, &[error]);
    assert_eq!(server.line("SELECT name AS value FROM person"), "");
}

#[test]
fn must_not_be_compressed() {
    let server = models::empty();
    let answer = server.request("POST", "/api/person").header("Content-Encoding", "gzip").document(&ann()).send();
    let error = at_header(415, "Unsupported Media Type", "a body must not be compressed", "Content-Encoding");
    answer.refuses(415, &[error]);
    let answer = server.request("POST", "/api/person").header("Content-Encoding", "identity").document(&ann()).send();
    assert_eq!(answer.status, 201);
}

#[test]
fn does_not_matter_where_there_is_no_body() {
    // N06
    let server = models::five_people();
    for (method, status) in [("GET", 200), ("DELETE", 204)] {
        let answer = server.request(method, "/api/person/1").header("Content-Type", "text/plain").send();
        assert_eq!(answer.status, status, "{method}");
    }
}
