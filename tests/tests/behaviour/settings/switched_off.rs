//! `formats`: a mount may have one format alone.

use restless_actix::prelude::*;
use serde_json::{Value, json};

use crate::client::{Answer, JSON_API};
use crate::expected::{at_header, error};
use crate::models::{FIVE, Person, TABLES};
use crate::server::Server;

const JSON: &str = "application/json";

/// It speaks JSON:API alone.
#[derive(Restless)]
#[diesel(table_name = crate::models::person)]
#[restless(formats(json_api), collection_name = "document", methods(GET, POST, PATCH, DELETE), allow_functions)]
#[restless(allow_patch_many, allow_delete_many)]
struct Document {
    id: i32,
    name: String,
}

/// It speaks the classic format alone.
#[derive(Restless)]
#[diesel(table_name = crate::models::person)]
#[restless(formats(classic), collection_name = "object", methods(GET, POST, PATCH, DELETE), allow_functions)]
struct Object {
    id: i32,
    name: String,
}

fn server() -> Server {
    Server::start(&format!("{TABLES}{FIVE}"), |services| {
        services.service(Document::api_scope()).service(Object::api_scope());
        services.service(Person::api().prefix("/b").formats(["classic"]).scope());
        services.service(Person::api().prefix("/c").formats([Format::JsonApi]).scope());
        let classic = Person::api().formats([Format::Classic]);
        services.service(Api::new("/d").formats(["json_api"]).resource(classic).resource(Document::api()).scope());
    })
}

fn ask(server: &Server, path: &str, headers: &[(&str, &str)]) -> Answer {
    let request = server.request("GET", path);
    headers.iter().fold(request, |request, (name, value)| request.header(name, value)).send_to_anyone()
}

/// Headers of clients that take either format.
const EITHER: [&[(&str, &str)]; 7] = [
    &[],
    &[("Accept", "")],
    &[("Accept", "*/*")],
    &[("Accept", "application/json, text/plain, */*")],
    &[("Accept", "application/vnd.api+json, application/json")],
    &[("Content-Type", JSON)],
    &[("Content-Type", JSON_API)],
];

#[test]
fn gives_the_other_one_to_whoever_takes_it() {
    let server = server();
    for headers in EITHER {
        for path in
            ["/api/document", "/c/person", "/d/document", "/api/document/1", "/api/document/1?fields[document]="]
        {
            let answer = ask(&server, path, headers);
            assert_eq!((answer.status, answer.header("content-type")), (200, Some(JSON_API)), "{path} {headers:?}");
        }
        for path in ["/api/object", "/b/person", "/d/person", "/api/object/1"] {
            let answer = ask(&server, path, headers);
            assert_eq!((answer.status, answer.header("content-type")), (200, Some(JSON)), "{path} {headers:?}");
        }
    }
}

#[test]
fn refuses_whoever_accepts_the_one_that_is_off() {
    let server = server();
    let error = at_header(406, "Not Acceptable", "Accept: only application/vnd.api+json is served", "Accept");
    for accept in [JSON, "application/json, text/html", "text/html"] {
        for path in
            ["/api/document", "/api/document/1", "/api/document/99", "/c/person", "/d/document", "/api/eval/document"]
        {
            ask(&server, path, &[("Accept", accept)]).refuses(406, std::slice::from_ref(&error));
        }
    }
    let refusal = json!({"message": "Accept: only application/json is served"});
    for accept in [JSON_API, "application/vnd.api+json, text/html", "application/vnd.api+json;ext=\"x\"", "text/html"] {
        for path in ["/api/object", "/api/object/1", "/api/object/99", "/b/person", "/d/person", "/api/eval/object"] {
            ask(&server, path, &[("Accept", accept)]).is(406, &refusal);
        }
    }
}

#[test]
fn refuses_bodies_of_the_one_that_is_off() {
    let server = server();
    let object = json!({"name": "Ann"});
    let error =
        at_header(415, "Unsupported Media Type", "Content-Type: expected application/vnd.api+json", "Content-Type");
    for (method, path) in
        [("POST", "/api/document"), ("PATCH", "/api/document/1"), ("POST", "/c/person"), ("POST", "/d/document")]
    {
        let request = server.request(method, path).header("Content-Type", JSON).body(object.to_string());
        request.send().refuses(415, std::slice::from_ref(&error));
    }
    let document = |name: &str| json!({"data": {"type": name, "id": "1", "attributes": {"name": "Ann"}}});
    let refusal = json!({"message": "Content-Type: expected application/json"});
    for (method, path, name) in
        [("POST", "/api/object", "object"), ("PATCH", "/api/object/1", "object"), ("PATCH", "/b/person/1", "person")]
    {
        let request = server.request(method, path).document(&document(name));
        request.send_to_anyone().is(415, &refusal);
    }
    assert_eq!(server.line("SELECT name AS value FROM person ORDER BY id"), "Lincoln Mary Lucy Katy John");
}

#[test]
fn leaves_nothing_of_what_only_the_other_one_has() {
    let server = server();
    for method in ["PATCH", "DELETE"] {
        let request = server.request(method, "/api/document").header("Content-Type", JSON).body("{\"name\":\"x\"}");
        let detail = format!("{method} is not answered here; allowed are GET, HEAD, POST, OPTIONS");
        request.send().refuses(405, &[error(405, "Method Not Allowed", &detail)]);
    }
    let answer = ask(&server, "/b/person/1/relationships/computers", &[]);
    assert_eq!((answer.status, answer.header("content-type")), (404, Some(JSON)));
    assert_eq!(server.line("SELECT COUNT(*) AS value FROM person WHERE name = 'x'"), "0");
}

#[test]
fn makes_the_classic_one_the_default_with_all_that_it_allows() {
    let server = server();
    let request = server.request("POST", "/api/object").header("Content-Type", JSON);
    let answer = request.body(json!({"id": 70, "name": "Ann"}).to_string()).send_to_anyone();
    answer.is(201, &json!({"id": 70, "name": "Ann"}));
    let request = server.request("POST", "/api/document");
    let sent: Value = json!({"data": {"type": "document", "id": "80", "attributes": {"name": "Bob"}}});
    assert_eq!(request.document(&sent).send().status, 403);
}

#[test]
fn lists_the_resources_at_the_root_all_the_same() {
    let server = server();
    assert_eq!(ask(&server, "/d", &[]).header("content-type"), Some(JSON_API));
}
