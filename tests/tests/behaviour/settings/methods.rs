//! `methods`.

use restless_actix::prelude::*;
use serde_json::json;

use crate::expected::{error, person_document};
use crate::models::{FIVE, Person, TABLES};
use crate::server::Server;

diesel::table! {
    person (id) {
        id -> Integer,
        name -> Text,
    }
}

#[derive(Restless)]
#[diesel(table_name = person)]
struct Bare {
    id: i32,
    name: String,
}

fn refusal(method: &str, allowed: &str) -> serde_json::Value {
    error(405, "Method Not Allowed", &format!("{method} is not answered here; allowed are {allowed}"))
}

#[test]
fn is_get_alone_by_default() {
    let server = Server::start(&format!("{TABLES}{FIVE}"), |services| {
        services.service(Bare::api_scope());
    });
    assert_eq!(server.get("/api/person").ids(), "1 2 3 4 5");
    let allowed = "GET, HEAD, OPTIONS";
    for (method, path) in
        [("POST", "/api/person"), ("PATCH", "/api/person/1"), ("DELETE", "/api/person/1"), ("PUT", "/api/person/1")]
    {
        let answer = server.request(method, path).document(&json!({"data": {}})).send();
        answer.refuses(405, &[refusal(method, allowed)]);
        assert_eq!(answer.header("allow"), Some(allowed));
    }
}

#[test]
fn can_leave_out_get() {
    // W14
    let server = Server::start(TABLES, |services| {
        services.service(Person::api().methods([Method::POST, Method::DELETE]).scope());
    });
    let sent = json!({"data": {"type": "person", "attributes": {"name": "Ann"}}});
    server.post("/api/person", &sent).is(201, &person_document(1, "Ann", None));
    for (method, path, allowed) in [
        ("GET", "/api/person", "POST, OPTIONS"),
        ("GET", "/api/person/1", "DELETE, OPTIONS"),
        ("PATCH", "/api/person/1", "DELETE, OPTIONS"),
    ] {
        let answer = server.request(method, path).send();
        answer.refuses(405, &[refusal(method, allowed)]);
        assert_eq!(answer.header("allow"), Some(allowed));
    }
    let head = server.request("HEAD", "/api/person").send();
    assert_eq!((head.status, head.header("allow")), (405, Some("POST, OPTIONS")));
    server.delete("/api/person/1").is_empty(204);
}

#[test]
fn can_be_none_at_all() {
    let server = Server::start(TABLES, |services| {
        services.service(Person::api().methods([]).scope());
    });
    server.get("/api/person").refuses(405, &[refusal("GET", "OPTIONS")]);
}
