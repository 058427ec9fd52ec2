//! Relationships of a resource that is created (W05, W13).

use serde_json::{Value, json};

use super::blog::{AUTHORS, TAGGED, server};
use super::shown::{article, identifier, identifiers, no_such_member, wrong_type};
use crate::expected::{at_pointer, document};
use crate::server::Server;

fn sent(relationships: &Value) -> Value {
    json!({"data": {"type": "article", "attributes": {"title": "New"}, "relationships": relationships}})
}

/// Asserts a refusal, and that nothing was written.
#[track_caller]
fn refuses(relationships: &Value, status: u16, errors: &[Value]) {
    let server = server();
    server.post("/api/article", &sent(relationships)).refuses(status, errors);
    assert_eq!(titles(&server), "First Second Third");
    assert_eq!(server.line(TAGGED), "1-1 1-2 2-1");
}

fn titles(server: &Server) -> String {
    server.line("SELECT title AS value FROM article ORDER BY id")
}

#[test]
fn to_one_are_set() {
    let server = server();
    let relationships = json!({
        "author": {"data": identifier("person", 1)},
        "editor": {"data": null},
    });
    let expected = document("/api/article/4", &article(4, "New", (Some(1), None)));
    server.post("/api/article", &sent(&relationships)).is(201, &expected);
    server.get("/api/article/4").is(200, &expected);
}

#[test]
fn to_many_are_set() {
    let server = server();
    let relationships = json!({
        "tags": {"data": identifiers("tag", &[3, 1])},
        "comments": {"data": identifiers("comment", &[2])},
    });
    let expected = document("/api/article/4", &article(4, "New", (None, None)));
    server.post("/api/article", &sent(&relationships)).is(201, &expected);
    assert_eq!(server.line(TAGGED), "1-1 1-2 2-1 4-1 4-3");
    assert_eq!(server.get("/api/article/4/comments").ids(), "2");
    assert_eq!(server.get("/api/article/1/comments").ids(), "1");
}

#[test]
fn to_many_may_be_empty() {
    let server = server();
    let relationships = json!({"tags": {"data": []}, "comments": {"data": []}});
    assert_eq!(server.post("/api/article", &sent(&relationships)).status, 201);
    assert_eq!(server.line(TAGGED), "1-1 1-2 2-1");
}

#[test]
fn to_many_need_no_permission_to_be_replaced() {
    let server = server();
    let sent = json!({"data": {"type": "tag", "attributes": {"name": "new"}, "relationships": {
        "articles": {"data": identifiers("article", &[3])},
    }}});
    assert_eq!(server.post("/api/tag", &sent).status, 201);
    assert_eq!(server.line(TAGGED), "1-1 1-2 2-1 3-4");
}

#[test]
fn members_that_stand_twice_are_one() {
    let server = server();
    let relationships = json!({"tags": {"data": identifiers("tag", &[2, 2, 2])}});
    assert_eq!(server.post("/api/article", &sent(&relationships)).status, 201);
    assert_eq!(server.line(TAGGED), "1-1 1-2 2-1 4-2");
}

#[test]
fn missing_members_are_not_found() {
    let missing = no_such_member(("person", "9"), "/data/relationships/author/data");
    refuses(&json!({"author": {"data": identifier("person", 9)}}), 404, &[missing]);
    let missing = no_such_member(("tag", "9"), "/data/relationships/tags/data/1");
    refuses(&json!({"tags": {"data": identifiers("tag", &[1, 9])}}), 404, &[missing]);
    let missing = no_such_member(("comment", "9"), "/data/relationships/comments/data/0");
    refuses(&json!({"comments": {"data": identifiers("comment", &[9, 1])}}), 404, &[missing]);
    let missing = no_such_member(("person", "x"), "/data/relationships/author/data");
    refuses(&json!({"author": {"data": {"type": "person", "id": "x"}}}), 404, &[missing]);
}

#[test]
fn a_relationship_that_fails_takes_back_those_that_did_not() {
    let missing = no_such_member(("comment", "9"), "/data/relationships/comments/data/1");
    let relationships = json!({
        "author": {"data": identifier("person", 1)},
        "tags": {"data": identifiers("tag", &[1, 2])},
        "comments": {"data": identifiers("comment", &[1, 9])},
    });
    refuses(&relationships, 404, &[missing]);
}

#[test]
fn members_of_another_type_are_a_conflict() {
    let wrong = wrong_type("person", "tag", "/data/relationships/author/data/type");
    refuses(&json!({"author": {"data": identifier("tag", 1)}}), 409, &[wrong]);
    let wrong = wrong_type("tag", "person", "/data/relationships/tags/data/1/type");
    let data = json!([identifier("tag", 1), identifier("person", 1)]);
    refuses(&json!({"tags": {"data": data}}), 409, &[wrong]);
}

#[test]
fn of_another_cardinality_are_refused() {
    let pointer = "/data/relationships/author/data";
    let one = at_pointer(400, "Invalid document", "author: expected a resource identifier or null", pointer);
    refuses(&json!({"author": {"data": []}}), 400, std::slice::from_ref(&one));
    refuses(&json!({"author": {"data": [identifier("person", 1)]}}), 400, &[one]);
    let pointer = "/data/relationships/tags/data";
    let many = at_pointer(400, "Invalid document", "tags: expected an array of resource identifiers", pointer);
    refuses(&json!({"tags": {"data": null}}), 400, std::slice::from_ref(&many));
    refuses(&json!({"tags": {"data": identifier("tag", 1)}}), 400, &[many]);
}

#[test]
fn without_data_are_refused() {
    let detail = "author: the relationship has no member \"data\"";
    let error = at_pointer(400, "Invalid document", detail, "/data/relationships/author");
    for relationship in [json!({}), json!({"href": "/x"})] {
        refuses(&json!({"author": relationship}), 400, std::slice::from_ref(&error));
    }
}

#[test]
fn that_are_malformed_are_refused() {
    let cases = [
        (json!({"author": 1}), "/data/relationships/author"),
        (json!({"author": null}), "/data/relationships/author"),
        (json!({"author": {"data": "1"}}), "/data/relationships/author/data"),
        (json!({"author": {"data": {"type": "person"}}}), "/data/relationships/author/data"),
        (json!({"author": {"data": {"id": "1"}}}), "/data/relationships/author/data"),
        (json!({"author": {"data": {"type": "person", "id": 1}}}), "/data/relationships/author/data/id"),
        (json!({"tags": {"data": [null]}}), "/data/relationships/tags/data/0"),
        (json!({"tags": {"data": [{"type": "tag", "id": null}]}}), "/data/relationships/tags/data/0/id"),
    ];
    let server = server();
    for (relationships, pointer) in cases {
        let answer = server.post("/api/article", &sent(&relationships));
        assert_eq!(
            (answer.status, &answer.json()["errors"][0]["source"]["pointer"]),
            (400, &json!(pointer)),
            "{answer:#?}"
        );
    }
    for relationships in [json!([]), json!(1), json!("author")] {
        let answer = server.post("/api/article", &sent(&relationships));
        assert_eq!(
            (answer.status, &answer.json()["errors"][0]["source"]),
            (400, &json!({"pointer": "/data/relationships"}))
        );
    }
    assert_eq!(titles(&server), "First Second Third");
}

#[test]
fn that_the_type_does_not_have_are_refused() {
    let detail = "\"article\" has no relationship \"boss\"";
    let error = at_pointer(400, "Unknown relationship", detail, "/data/relationships/boss");
    refuses(&json!({"boss": {"data": null}}), 400, &[error]);
    let server = server();
    let answer = server.post("/api/article", &sent(&json!({"title": {"data": null}})));
    assert_eq!(answer.status, 400);
}

#[test]
fn are_refused_all_at_once() {
    let server = server();
    let relationships = json!({
        "author": {"data": identifier("tag", 1)}, "editor": {"data": []}, "boss": {"data": null}, "tags": {},
    });
    let answer = server.post("/api/article", &sent(&relationships));
    assert!(answer.json()["errors"].as_array().is_some_and(|errors| !errors.is_empty()), "{answer:#?}");
    assert!(answer.status >= 400 && answer.status < 500);
    assert_eq!(server.line(AUTHORS), "1 1 null");
}

#[test]
fn that_are_needed_cannot_be_missing() {
    let server = server();
    let sent = json!({"data": {"type": "comment", "attributes": {"content": "New"}}});
    let answer = server.post("/api/comment", &sent);
    assert_eq!(answer.status, 400, "{answer:#?}");
    assert!(
        answer.json()["errors"][0]["detail"].as_str().is_some_and(|detail| detail.contains("article")),
        "{answer:#?}"
    );
    let sent = json!({"data": {"type": "comment", "attributes": {"content": "New"}, "relationships": {
        "article": {"data": null},
    }}});
    let error = at_pointer(400, "Invalid value", "article: must not be null", "/data/relationships/article/data");
    server.post("/api/comment", &sent).refuses(400, &[error]);
}

#[test]
fn that_cannot_be_included_leave_no_row() {
    let server = server();
    let answer = server.post("/api/article?include=boss", &sent(&json!({})));
    assert_eq!((answer.status, &answer.json()["errors"][0]["source"]), (400, &json!({"parameter": "include"})));
    assert_eq!(titles(&server), "First Second Third");
}
