//! A relationship to the one resource that refers here.

use serde_json::{Value, json};

use super::blog::server;
use super::graph;
use super::shown::{ann, identifier, including, linkage, no_such_member, profile, wrong_type};
use crate::expected::{at_pointer, document};

const PROFILE: &str = "/api/person/1/relationships/profile";
const OWNERS: &str = "SELECT CAST(person_id AS TEXT) AS value FROM profile ORDER BY id";

#[test]
fn is_included() {
    let server = server();
    let path = "/api/person/1?include=profile";
    server.get(path).is(200, &including(document(path, &ann()), &[profile(1, "about Ann", Some(1))]));
    let answer = server.get("/api/person?include=profile").json();
    graph::check(&answer);
    assert_eq!(graph::included(&answer), "profile/1");
}

#[test]
fn is_set_and_takes_the_place_of_the_one_before() {
    let server = server();
    server.patch(PROFILE, &linkage(&identifier("profile", 2))).is_empty(204);
    assert_eq!(server.line(OWNERS), "null 1");
    server.patch(PROFILE, &linkage(&identifier("profile", 2))).is_empty(204);
    assert_eq!(server.line(OWNERS), "null 1");
}

#[test]
fn is_taken_from_another() {
    let server = server();
    let path = "/api/person/2/relationships/profile";
    server.patch(path, &linkage(&identifier("profile", 1))).is_empty(204);
    assert_eq!(server.line(OWNERS), "2 null");
}

#[test]
fn is_cleared() {
    let server = server();
    for _ in 0..2 {
        server.patch(PROFILE, &linkage(&Value::Null)).is_empty(204);
        assert_eq!(server.line(OWNERS), "null null");
    }
}

#[test]
fn is_set_with_the_resource() {
    let server = server();
    let relationships = json!({"profile": {"data": identifier("profile", 2)}});
    let sent = json!({"data": {"type": "person", "attributes": {"name": "Dan"}, "relationships": relationships}});
    let answer = server.post("/api/person", &sent);
    assert_eq!((answer.status, &answer.data()["relationships"]["profile"]["data"]), (201, &identifier("profile", 2)));
    assert_eq!(server.line(OWNERS), "1 4");
    let relationships = json!({"profile": {"data": null}});
    let sent = json!({"data": {"type": "person", "id": "1", "relationships": relationships}});
    server.patch("/api/person/1", &sent).tells_what_is_read_from(&server);
    assert_eq!(server.line(OWNERS), "null 4");
}

#[test]
fn refuses_what_it_cannot_be() {
    let server = server();
    let answer = server.patch(PROFILE, &linkage(&identifier("profile", 9)));
    answer.refuses(404, &[no_such_member(("profile", "9"), "/data")]);
    let answer = server.patch(PROFILE, &linkage(&identifier("person", 1)));
    answer.refuses(409, &[wrong_type("profile", "person", "/data/type")]);
    let detail = "profile: expected a resource identifier or null";
    let refusal = at_pointer(400, "Invalid document", detail, "/data");
    server.patch(PROFILE, &linkage(&json!([]))).refuses(400, &[refusal]);
    for method in ["POST", "DELETE"] {
        let answer = server.request(method, PROFILE).document(&linkage(&identifier("profile", 2))).send();
        assert_eq!(answer.status, 403);
    }
    assert_eq!(server.patch("/api/person/9/relationships/profile", &linkage(&Value::Null)).status, 404);
    assert_eq!(server.line(OWNERS), "1 null");
}

#[test]
fn that_another_has_by_a_unique_key_is_a_conflict_from_its_side() {
    let server = server();
    let answer = server.patch("/api/profile/2/relationships/person", &linkage(&identifier("person", 1)));
    let refusal = at_pointer(409, "Duplicate value", "person: another resource has this value already", "/data");
    answer.refuses(409, &[refusal]);
    let relationships = json!({"person": {"data": identifier("person", 1)}});
    let sent = json!({"data": {"type": "profile", "id": "2", "relationships": relationships}});
    let answer = server.patch("/api/profile/2", &sent);
    assert_eq!(answer.status, 409);
    let pointer = answer.json()["errors"][0]["source"]["pointer"].as_str().unwrap_or_default().to_owned();
    assert!(pointer.starts_with("/data/relationships/person"), "{pointer}");
    assert_eq!(server.line(OWNERS), "1 null");
}

#[test]
fn of_which_the_table_has_two_is_the_first_everywhere() {
    let tables = super::blog::TABLES.replace("person_id INTEGER UNIQUE", "person_id INTEGER");
    let rows = format!("{tables}{}UPDATE profile SET person_id = 1;", super::blog::ROWS);
    let server = crate::server::Server::start(&rows, super::blog::mount);
    assert_eq!(server.get("/api/person/1/profile").data()["id"], "1");
    assert_eq!(server.get("/api/person/1/relationships/profile").data(), identifier("profile", 1));
    let answer = server.get("/api/person/1?include=profile").json();
    graph::check(&answer);
    assert_eq!(
        (graph::included(&answer), graph::members(&answer["data"], "profile")),
        ("profile/1".into(), "profile/1".into())
    );
}
