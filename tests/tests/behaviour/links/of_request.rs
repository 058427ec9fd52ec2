//! Links that begin as the request does.

use restless_actix::Forwarded;
use restless_actix::prelude::*;
use serde_json::Value;

use super::{prefixed, server};
use crate::server::Server;

/// The document of a person, asked for with these headers, and the URL in front of its links.
#[track_caller]
fn begins(server: &Server, target: &str, headers: &str) -> String {
    let request = format!("GET {target} HTTP/1.1\r\n{headers}Connection: close\r\n\r\n");
    let answer = server.raw(request);
    assert_eq!(answer.status, 200, "{answer:#?}");
    let document: Value = answer.json();
    let itself = document["links"]["self"].as_str().expect("a link").to_owned();
    let url = itself.strip_suffix("/api/person/1").expect("the path").to_owned();
    let plain = super::server(|api| api).get("/api/person/1").json();
    assert_eq!(document, prefixed(plain, &url));
    url
}

#[test]
fn name_the_host_that_was_asked() {
    let server = server(Api::links_from_request);
    let of = |headers: &str| begins(&server, "/api/person/1", headers);
    assert_eq!(of("Host: example.org\r\n"), "http://example.org");
    assert_eq!(of("Host: example.org:8080\r\n"), "http://example.org:8080");
    assert_eq!(of("Host: [::1]:8080\r\n"), "http://[::1]:8080");
    assert_eq!(begins(&server, "http://target.example/api/person/1", "Host: example.org\r\n"), "http://target.example");
    let itself = server.get("/api/person?page[size]=1");
    let url = format!("http://{}", server.address);
    assert!(itself.header("link").is_some_and(|link| link.starts_with(&format!("<{url}/api/person?"))), "{itself:#?}");
}

#[test]
fn are_relative_where_no_host_is_named() {
    let server = server(Api::links_from_request);
    for host in ["a\"b", "a>b", "a b", "user@a", "a/b", "a:b", ""] {
        assert_eq!(begins(&server, "/api/person/1", &format!("Host: {host}\r\n")), "", "{host}");
    }
    let answer = server.raw("GET /api/person/1 HTTP/1.0\r\n\r\n");
    assert_eq!(answer.json()["links"]["self"], "/api/person/1");
}

#[test]
fn believe_no_proxy_that_is_not_trusted() {
    let server = server(Api::links_from_request);
    let told = "Host: example.org\r\nForwarded: proto=https;host=evil.example\r\nX-Forwarded-Proto: https\r\n\
                X-Forwarded-Host: evil.example\r\n";
    assert_eq!(begins(&server, "/api/person/1", told), "http://example.org");
}

#[test]
fn believe_the_header_of_the_proxy_alone() {
    let standard = server(|api| api.links_from_forwarded(Forwarded::Standard));
    let of = |headers: &str| begins(&standard, "/api/person/1", &format!("Host: inner\r\n{headers}"));
    assert_eq!(of("Forwarded: for=192.0.2.1;proto=https;host=\"example.org:8443\"\r\n"), "https://example.org:8443");
    assert_eq!(of("Forwarded: host=evil.example, proto=https;host=example.org\r\n"), "https://example.org");
    assert_eq!(of("Forwarded: proto=https\r\n"), "https://inner");
    assert_eq!(of("X-Forwarded-Proto: https\r\nX-Forwarded-Host: evil.example\r\n"), "http://inner");
    let older = server(|api| api.links_from_forwarded(Forwarded::XForwarded));
    let of = |headers: &str| begins(&older, "/api/person/1", &format!("Host: inner\r\n{headers}"));
    assert_eq!(of("X-Forwarded-Proto: https\r\nX-Forwarded-Host: example.org\r\n"), "https://example.org");
    assert_eq!(of("X-Forwarded-Host: evil.example, example.org\r\n"), "http://example.org");
    assert_eq!(of("X-Forwarded-Proto: gopher\r\nX-Forwarded-Host: a\"b\r\n"), "http://inner");
    assert_eq!(of("Forwarded: proto=https;host=evil.example\r\n"), "http://inner");
}
