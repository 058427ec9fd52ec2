//! No answer is to be taken for something else than it says that it is.

use serde_json::json;

use crate::client::{Answer, JSON_API};
use crate::models::{self, FIVE, Person, TABLES};
use crate::server::{Server, Setup};
use restless_actix::prelude::*;

#[track_caller]
fn check(answer: &Answer, status: u16) {
    assert_eq!((answer.status, answer.header("x-content-type-options")), (status, Some("nosniff")), "{answer:#?}");
}

/// The header stands there once.
#[track_caller]
fn check_once(answer: &Answer) {
    let found = answer.headers.iter().filter(|(name, _)| name.eq_ignore_ascii_case("x-content-type-options"));
    assert_eq!(found.count(), 1, "{answer:#?}");
}

#[test]
fn is_forbidden_by_every_answer() {
    let server = Server::start(&format!("{TABLES}{FIVE}"), |services| {
        services.service(Api::new("/api").resource(Person::api().jsonp()).scope());
        services.service(Person::api().prefix("/alone").allow_functions().scope());
    });
    let cases = [
        ("GET", "/api", 200),
        ("GET", "/api/person", 200),
        ("GET", "/api/person/1", 200),
        ("GET", "/api/person/1?callback=f", 200),
        ("GET", "/api/person/99?callback=f", 404),
        ("GET", "/api/person/1?callback=1", 400),
        ("HEAD", "/api/person/1", 200),
        ("OPTIONS", "/api/person", 200),
        ("OPTIONS", "/api", 200),
        ("DELETE", "/api/person/5", 204),
        ("GET", "/api/person/99", 404),
        ("GET", "/api/nothing", 404),
        ("GET", "/api/person/1/2/3/4", 404),
        ("GET", "/api/person/", 404),
        ("GET", "/alone/person/1/2/3/4", 404),
        ("GET", "/alone/eval/person/x", 404),
        ("GET", "/alone/eval/person?functions=x", 400),
        ("PUT", "/api/person/1", 405),
        ("TRACE", "/api/person", 405),
        ("GET", "/api/person?sort=nonsense", 400),
        ("POST", "/api/person", 415),
    ];
    for (method, path, status) in cases {
        for accept in [JSON_API, "application/json"] {
            // The root and relationships have no classic form, and other formats ignore what they do not know.
            let is_alike = !path.contains("sort") && !path.contains("functions") && path != "/api";
            let request = server.request(method, path).header("Accept", accept);
            let answer = request.send_to_anyone();
            check_once(&answer);
            if accept == JSON_API || is_alike && method != "DELETE" && method != "PUT" {
                check(&answer, status);
            }
        }
    }
    check(&server.request("GET", "/api/person").header("Accept", "text/html").send_to_anyone(), 406);
}

#[test]
fn is_forbidden_by_refusals_of_bodies() {
    let server = models::five_people();
    let large = format!("{{\"name\":\"{}\"}}", "x".repeat(3_000_000));
    for media_type in [JSON_API, "application/json"] {
        let request = server.request("POST", "/api/person").header("Content-Type", media_type);
        check(&request.body(large.clone()).send_to_anyone(), 413);
    }
    let sent = json!({"data": {"type": "person", "id": "1", "attributes": {"age": "x"}}});
    check(&server.patch("/api/person/1", &sent), 400);
}

#[test]
fn is_forbidden_where_there_is_no_database() {
    let setup = Setup { has_database: false, ..Setup::new("") };
    let server = setup.start(|services| {
        services.service(Person::api_scope());
    });
    check(&server.get("/api/person"), 500);
}
