//! What is wrong, as the format tells it.

use serde_json::json;

use super::shop::{self, message, send};
use crate::client::JSON_API;
use crate::expected::at_pointer;

const JSON: &str = "application/json";

#[test]
fn a_body_has_to_be_json() {
    let server = shop::shop();
    for (method, path) in
        [("POST", "/api/person"), ("PATCH", "/api/person/1"), ("PUT", "/api/person/1"), ("PATCH", "/api/person")]
    {
        for body in ["", "Invalid", "{", "{\"name\":\"x\",\"name\":\"y\"}", "{} {}", "\u{feff}{}"] {
            let request = server.request(method, path).header("Content-Type", JSON).body(body);
            let refused = message(&request.send_to_anyone(), 400);
            assert!(refused.starts_with("the body is not valid JSON"), "{refused}");
        }
        let request = server.request(method, path).header("Content-Type", JSON).body(vec![b'"', 0xff, b'"']);
        assert_eq!(message(&request.send_to_anyone(), 400), "the body is not UTF-8");
    }
    let large = format!("{{\"name\":\"{}\"}}", "x".repeat(3_000_000));
    let request = server.request("POST", "/api/person").header("Content-Type", JSON).body(large);
    assert_eq!(request.send_to_anyone().status, 413);
    assert_eq!(server.line("SELECT name AS value FROM person ORDER BY id"), "Ada Bob Cyd");
}

#[test]
fn a_body_has_to_say_what_it_is() {
    let server = shop::shop();
    for media_type in ["text/plain", "application/x-www-form-urlencoded", "json"] {
        let request = server.request("POST", "/api/person").header("Content-Type", media_type);
        let refused = message(&request.body("{\"name\":\"Dan\"}").send_to_anyone(), 415);
        assert!(refused.contains("application/json"), "{refused}");
    }
    let request = server.request("POST", "/api/person").body("{\"name\":\"Dan\"}");
    message(&request.send_to_anyone(), 415);
    let request = server.request("POST", "/api/person").header("Content-Type", "application/json; charset=UTF-8");
    assert_eq!(request.body("{\"name\":\"Dan\"}").send_to_anyone().status, 201);
}

#[test]
fn a_document_has_to_say_that_it_is_one() {
    let server = shop::shop();
    let document = json!({"data": {"type": "person", "id": "1", "attributes": {"name": "Dan"}}});
    let expected = "\"person\" has no attribute \"data\": a document of JSON:API is sent as application/vnd.api+json";
    for (method, path) in
        [("POST", "/api/person"), ("PATCH", "/api/person/1"), ("PUT", "/api/person/1"), ("PATCH", "/api/person")]
    {
        assert_eq!(message(&send(&server, method, path, &document), 400), expected, "{method} {path}");
        let request = server.request(method, path).header("Accept", JSON_API).header("Content-Type", JSON);
        let answer = request.body(document.to_string()).send_to_anyone();
        if answer.status != 405 {
            answer.refuses(400, &[at_pointer(400, "Unknown attribute", expected, "/data")]);
        }
    }
    let classic_alone = shop::with(|api| api.formats(["classic"]));
    let refused = message(&send(&classic_alone, "POST", "/api/person", &document), 400);
    assert_eq!(refused, "\"person\" has no attribute \"data\"");
    assert_eq!(server.line("SELECT name AS value FROM person ORDER BY id"), "Ada Bob Cyd");
}

#[test]
fn a_url_has_to_lead_somewhere() {
    let server = shop::shop();
    for path in ["/api/person/", "/api/person/1/", "/api/person/1/computers/1/x"] {
        message(&server.request("GET", path).header("Accept", JSON).send_to_anyone(), 404);
    }
    let relationship = server.request("GET", "/api/person/1/relationships/computers");
    message(&relationship.header("Accept", JSON).send_to_anyone(), 406);
    message(&server.request("GET", "/api").header("Accept", JSON).send_to_anyone(), 406);
}

#[test]
fn a_refusal_of_the_application_has_its_status() {
    struct Closed;
    impl restless_actix::Processor<shop::Computer> for Closed {
        async fn before_patch_resource(
            &self,
            _: &restless_actix::Context,
            _: &mut String,
            _: &mut restless_actix::Changes<shop::Computer>,
        ) -> Result<(), restless_actix::Error> {
            Err(restless_actix::Error::forbidden("computers are closed"))
        }
    }
    let server = shop::with(|_| {
        use restless_actix::prelude::*;
        Api::new("/api").resource(shop::Person::api()).resource(shop::Computer::api().processor(Closed))
    });
    let refused = send(&server, "PATCH", "/api/computer/1", &json!({"vendor": "x"}));
    assert_eq!(message(&refused, 403), "computers are closed");
    // Nor is a computer changed within its owner.
    for body in
        [json!({"computers": [{"id": 1, "vendor": "x"}]}), json!({"computers": {"add": {"id": 3, "vendor": "x"}}})]
    {
        let refused = send(&server, "PATCH", "/api/person/1", &body);
        assert_eq!(message(&refused, 403), "computers are closed");
    }
    // Nor does it get another owner, or none.
    for (path, body) in [
        ("/api/person/1", json!({"computers": [{"id": 1}]})),
        ("/api/person/1", json!({"computers": {"remove": [{"id": 2}]}})),
        ("/api/person/2", json!({"computers": {"add": [{"id": 2}]}})),
    ] {
        assert_eq!(message(&send(&server, "PATCH", path, &body), 403), "computers are closed");
    }
    let unmoved = json!({"computers": [{"id": 1}, {"id": 2}]});
    assert_eq!(send(&server, "PATCH", "/api/person/1", &unmoved).status, 200);
    assert_eq!(server.line("SELECT COALESCE(vendor, '-') AS value FROM computer ORDER BY id"), "foo bar bar -");
}

#[test]
fn a_failure_of_the_server_has_an_id() {
    use restless_actix::prelude::*;
    let setup = crate::server::Setup { has_database: false, ..crate::server::Setup::new("") };
    let server = setup.start(|services| {
        services.service(shop::Person::api_scope());
    });
    let answer = server.request("GET", "/api/person").send_to_anyone();
    let body = answer.json();
    assert_eq!((answer.status, answer.header("content-type")), (500, Some(JSON)));
    assert!(body["message"].is_string() && body["id"].is_string(), "{body}");
    let answer = server.request("GET", "/api/person").header("Accept", JSON_API).send_to_anyone();
    assert!(answer.json()["errors"].is_array(), "{answer:#?}");
}
