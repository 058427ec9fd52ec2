//! A resource that was fetched is sent back: what says nothing of a relationship changes nothing of it.

use serde_json::{Value, json};

use crate::expected::at_pointer;
use crate::relationships::blog::{self, AUTHORS, TAGGED};
use crate::server::Server;

fn everything(server: &Server) -> String {
    format!("{} {}", server.line(AUTHORS), server.line(TAGGED))
}

fn with_relationships(relationships: &Value) -> Value {
    json!({"data": {"type": "article", "id": "1", "relationships": relationships}})
}

#[test]
fn with_all_that_was_fetched() {
    let server = blog::server();
    for query in ["", "?include=author", "?include=author,comments,tags"] {
        for id in 1..=3 {
            let path = format!("/api/article/{id}");
            let before = everything(&server);
            let mut document = server.get(&format!("{path}{query}")).json();
            document["data"]["attributes"]["title"] = json!("changed");
            let answer = server.patch(&path, &document);
            answer.is(200, &server.get(&path).json());
            assert_eq!(everything(&server), before, "{path}{query}");
        }
        assert_eq!(server.line("SELECT title AS value FROM article"), "changed changed changed");
        server.execute("UPDATE article SET title = 'First'");
    }
}

#[test]
fn with_links_or_meta_alone() {
    let server = blog::server();
    let before = everything(&server);
    for said in [
        json!({"links": {"self": "/api/article/1/relationships/author"}}),
        json!({"links": {}}),
        json!({"meta": {"count": 1}}),
        json!({"links": null, "meta": {}}),
    ] {
        for name in ["author", "tags", "comments", "editor"] {
            let answer = server.patch("/api/article/1", &with_relationships(&json!({name: said})));
            answer.is(200, &server.get("/api/article/1").json());
        }
    }
    assert_eq!(everything(&server), before);
    let sent = json!({"data": {
        "type": "article", "attributes": {"title": "New"},
        "relationships": {"author": {"links": {"related": "/x"}}, "tags": {"data": [{"type": "tag", "id": "3"}]}},
    }});
    assert_eq!(server.post("/api/article", &sent).status, 201);
    assert_eq!(everything(&server), "1 1 null null 1-1 1-2 2-1 4-3");
}

#[test]
fn with_a_relationship_object_that_says_nothing_is_refused() {
    let server = blog::server();
    let error = |name: &str, detail: &str| {
        let pointer = format!("/data/relationships/{name}");
        at_pointer(400, "Invalid document", &format!("{name}: {detail}"), &pointer)
    };
    let missing = "the relationship has no member \"data\"";
    for said in [json!({}), json!({"href": "/x"})] {
        let answer = server.patch("/api/article/1", &with_relationships(&json!({"author": said})));
        answer.refuses(400, &[error("author", missing)]);
    }
    let answer = server.patch("/api/article/1", &with_relationships(&json!({"author": null, "tags": []})));
    let expected = "expected a relationship object";
    answer.refuses(400, &[error("author", expected), error("tags", expected)]);
    let unknown = |name: &str| {
        let detail = format!("\"article\" has no relationship \"{name}\"");
        at_pointer(400, "Unknown relationship", &detail, &format!("/data/relationships/{name}"))
    };
    let answer = server.patch("/api/article/1", &with_relationships(&json!({"writer": {"links": {}}})));
    answer.refuses(400, &[unknown("writer")]);
}
