//! Relationships of a resource that is updated (W21, W22, W28).

use serde_json::{Value, json};

use super::blog::{AUTHORS, TAGGED, server};
use super::shown::{article, identifier, identifiers, no_such_member, wrong_type};
use crate::client::Answer;
use crate::expected::{at_pointer, document};
use crate::server::Server;

fn sent(type_name: &str, id: u32, relationships: &Value) -> Value {
    json!({"data": {"type": type_name, "id": id.to_string(), "relationships": relationships}})
}

#[track_caller]
fn patch(server: &Server, id: u32, relationships: &Value) -> Answer {
    server.patch(&format!("/api/article/{id}"), &sent("article", id, relationships))
}

#[test]
fn to_one_are_set_and_cleared() {
    let server = server();
    patch(&server, 1, &json!({"author": {"data": identifier("person", 3)}})).tells_what_is_read_from(&server);
    patch(&server, 2, &json!({"author": {"data": null}})).tells_what_is_read_from(&server);
    assert_eq!(server.line(AUTHORS), "3 null null");
    assert_eq!(server.get("/api/article/1/editor").data()["id"], "2", "the others stay");
}

#[test]
fn to_many_are_replaced() {
    let server = server();
    patch(&server, 1, &json!({"tags": {"data": identifiers("tag", &[3, 2])}})).tells_what_is_read_from(&server);
    assert_eq!(server.line(TAGGED), "1-2 1-3 2-1");
    patch(&server, 1, &json!({"tags": {"data": []}})).tells_what_is_read_from(&server);
    assert_eq!(server.line(TAGGED), "2-1");
    let sent = sent("person", 1, &json!({"articles": {"data": identifiers("article", &[2, 3])}}));
    server.patch("/api/person/1", &sent).tells_what_is_read_from(&server);
    assert_eq!(server.line(AUTHORS), "null 1 1");
}

#[test]
fn with_attributes_change_together() {
    let server = server();
    let relationships = json!({"author": {"data": null}, "tags": {"data": []}});
    let sent = json!({"data": {
        "type": "article", "id": "1", "attributes": {"title": "Old"}, "relationships": relationships,
    }});
    let request = server.request("PATCH", "/api/article/1").document(&sent);
    let answer = request.header("Prefer", "return=representation").send();
    answer.is(200, &document("/api/article/1", &article(1, "Old", (None, Some(2)))));
    assert_eq!(server.line(TAGGED), "2-1");
}

#[test]
fn to_many_without_permission_refuse_the_whole_update() {
    let server = server();
    let sent = json!({"data": {"type": "tag", "id": "1", "attributes": {"name": "other"}, "relationships": {
        "articles": {"data": identifiers("article", &[1])},
    }}});
    let detail = "articles: its members cannot be replaced all at once";
    let error = at_pointer(403, "To-many replacement", detail, "/data/relationships/articles");
    server.patch("/api/tag/1", &sent).refuses(403, &[error]);
    assert_eq!(
        (server.line(TAGGED), server.line("SELECT name AS value FROM tag")),
        ("1-1 1-2 2-1".into(), "rust web sql".into())
    );
}

#[test]
fn missing_members_refuse_the_whole_update() {
    let server = server();
    let sent = json!({"data": {"type": "article", "id": "1", "attributes": {"title": "Old"}, "relationships": {
        "author": {"data": null}, "tags": {"data": identifiers("tag", &[3, 9, 8])},
    }}});
    let missing = [
        no_such_member(("tag", "9"), "/data/relationships/tags/data/1"),
        no_such_member(("tag", "8"), "/data/relationships/tags/data/2"),
    ];
    server.patch("/api/article/1", &sent).refuses(404, &missing);
    assert_eq!((server.line(TAGGED), server.line(AUTHORS)), ("1-1 1-2 2-1".into(), "1 1 null".into()));
    assert_eq!(server.get("/api/article/1").attributes()["title"], "First");
}

#[test]
fn of_another_type_are_a_conflict() {
    let server = server();
    let answer = patch(&server, 1, &json!({"author": {"data": identifier("article", 1)}}));
    answer.refuses(409, &[wrong_type("person", "article", "/data/relationships/author/data/type")]);
    let answer = patch(&server, 1, &json!({"tags": {"data": [identifier("person", 1)]}}));
    answer.refuses(409, &[wrong_type("tag", "person", "/data/relationships/tags/data/0/type")]);
}

#[test]
fn without_data_or_of_another_cardinality_are_refused() {
    let server = server();
    let cases = [
        (json!({"author": {}}), "/data/relationships/author"),
        (json!({"tags": {"members": []}}), "/data/relationships/tags"),
        (json!({"author": {"data": []}}), "/data/relationships/author/data"),
        (json!({"tags": {"data": null}}), "/data/relationships/tags/data"),
        (json!({"boss": {"data": null}}), "/data/relationships/boss"),
    ];
    for (relationships, pointer) in cases {
        let answer = patch(&server, 1, &relationships);
        assert_eq!((answer.status, &answer.json()["errors"][0]["source"]), (400, &json!({"pointer": pointer})));
    }
    assert_eq!((server.line(TAGGED), server.line(AUTHORS)), ("1-1 1-2 2-1".into(), "1 1 null".into()));
}

#[test]
fn that_are_needed_cannot_be_cleared() {
    let server = server();
    let answer = server.patch("/api/comment/1", &sent("comment", 1, &json!({"article": {"data": null}})));
    let error = at_pointer(400, "Invalid value", "article: must not be null", "/data/relationships/article/data");
    answer.refuses(400, &[error]);
}

#[test]
fn that_bind_their_members_cannot_be_without_them() {
    let server = server();
    let answer = patch(&server, 1, &json!({"comments": {"data": identifiers("comment", &[1])}}));
    let detail = "comments: a member cannot be without this resource";
    answer.refuses(409, &[at_pointer(409, "Bound member", detail, "/data/relationships/comments/data")]);
    patch(&server, 1, &json!({"comments": {"data": identifiers("comment", &[3, 2, 1])}}))
        .tells_what_is_read_from(&server);
    assert_eq!(server.get("/api/article/1/comments").ids(), "1 2 3");
}

#[test]
fn of_a_missing_resource_are_missing() {
    let server = server();
    for relationships in [json!({"author": {"data": null}}), json!({"tags": {"data": []}})] {
        assert_eq!(patch(&server, 9, &relationships).status, 404);
    }
}
