//! To-many relationships whose members hold the foreign key, written at their own URLs (W32–W40).

use restless_actix::prelude::*;
use serde_json::{Value, json};

use super::blog::{self, AUTHORS, Comment, Tag, article, comment, person, server};
use super::shown::{identifier, identifiers, linkage, no_such_member, wrong_type};
use crate::client::Answer;
use crate::expected::{at_pointer, error};
use crate::server::Server;

const ARTICLES: &str = "/api/person/1/relationships/articles";
const COMMENTS: &str = "/api/article/1/relationships/comments";
const COMMENTED: &str = "SELECT CAST(article_id AS TEXT) AS value FROM comment ORDER BY id";

#[track_caller]
fn send(server: &Server, (method, path): (&str, &str), data: &Value) -> Answer {
    server.request(method, path).document(&linkage(data)).send()
}

#[test]
fn are_added_to() {
    let server = server();
    send(&server, ("POST", ARTICLES), &identifiers("article", &[3])).is_empty(204);
    assert_eq!(server.line(AUTHORS), "1 1 1");
    assert_eq!(server.get(ARTICLES).ids(), "1 2 3");
}

#[test]
fn keep_what_they_have_when_it_is_added() {
    let server = server();
    send(&server, ("POST", ARTICLES), &identifiers("article", &[1, 2, 1])).is_empty(204);
    send(&server, ("POST", ARTICLES), &json!([])).is_empty(204);
    assert_eq!(server.line(AUTHORS), "1 1 null");
}

#[test]
fn take_members_from_others() {
    let server = server();
    let path = "/api/person/3/relationships/articles";
    send(&server, ("POST", path), &identifiers("article", &[1])).is_empty(204);
    assert_eq!(server.line(AUTHORS), "3 1 null");
}

#[test]
fn are_removed_from() {
    let server = server();
    send(&server, ("DELETE", ARTICLES), &identifiers("article", &[1])).is_empty(204);
    assert_eq!(server.line(AUTHORS), "null 1 null");
    assert_eq!(server.get("/api/article/1").status, 200, "the member itself stays");
}

#[test]
fn lose_no_others_when_absent_members_are_removed() {
    let server = server();
    server.execute("UPDATE article SET author_id = 2 WHERE id = 3");
    send(&server, ("DELETE", ARTICLES), &identifiers("article", &[3])).is_empty(204);
    send(&server, ("DELETE", ARTICLES), &json!([])).is_empty(204);
    assert_eq!(server.line(AUTHORS), "1 1 2");
}

#[test]
fn are_replaced() {
    let server = server();
    send(&server, ("PATCH", ARTICLES), &identifiers("article", &[3, 2])).is_empty(204);
    assert_eq!(server.line(AUTHORS), "null 1 1");
    send(&server, ("PATCH", ARTICLES), &json!([])).is_empty(204);
    assert_eq!(server.line(AUTHORS), "null null null");
}

#[test]
fn that_need_their_owner_cannot_be_removed() {
    let server = server();
    let detail = "comments: a member cannot be without this resource";
    let refusal = at_pointer(409, "Bound member", detail, "/data");
    send(&server, ("DELETE", COMMENTS), &identifiers("comment", &[1])).refuses(409, std::slice::from_ref(&refusal));
    send(&server, ("PATCH", COMMENTS), &identifiers("comment", &[1])).refuses(409, std::slice::from_ref(&refusal));
    send(&server, ("PATCH", COMMENTS), &identifiers("comment", &[3])).refuses(409, std::slice::from_ref(&refusal));
    send(&server, ("PATCH", COMMENTS), &json!([])).refuses(409, &[refusal]);
    assert_eq!(server.line(COMMENTED), "1 1 2");
}

#[test]
fn that_need_their_owner_can_be_moved_and_kept() {
    let server = server();
    send(&server, ("DELETE", COMMENTS), &identifiers("comment", &[3])).is_empty(204);
    assert_eq!(server.line(COMMENTED), "1 1 2");
    send(&server, ("PATCH", COMMENTS), &identifiers("comment", &[1, 2, 3])).is_empty(204);
    assert_eq!(server.line(COMMENTED), "1 1 1");
    send(&server, ("POST", "/api/article/2/relationships/comments"), &identifiers("comment", &[2])).is_empty(204);
    assert_eq!(server.line(COMMENTED), "1 2 1");
}

#[test]
fn name_the_missing_members() {
    let server = server();
    let missing = [no_such_member(("article", "9"), "/data/1"), no_such_member(("article", "8"), "/data/2")];
    for method in ["POST", "PATCH"] {
        send(&server, (method, ARTICLES), &identifiers("article", &[3, 9, 8])).refuses(404, &missing);
    }
    assert_eq!(server.line(AUTHORS), "1 1 null");
}

#[test]
fn lose_nothing_when_missing_resources_are_removed() {
    let server = server();
    let answer = send(&server, ("DELETE", ARTICLES), &identifiers("article", &[1, 9]));
    answer.refuses(404, &[no_such_member(("article", "9"), "/data/1")]);
    assert_eq!(server.line(AUTHORS), "1 1 null");
}

#[test]
fn name_the_members_of_a_wrong_type() {
    let server = server();
    let data = json!([identifier("article", 3), identifier("person", 1), identifier("tag", 1)]);
    let wrong = [wrong_type("article", "person", "/data/1/type"), wrong_type("article", "tag", "/data/2/type")];
    for method in ["POST", "PATCH", "DELETE"] {
        send(&server, (method, ARTICLES), &data).refuses(409, &wrong);
    }
    assert_eq!(server.line(AUTHORS), "1 1 null");
}

#[test]
fn expect_a_list() {
    let server = server();
    let detail = "articles: expected an array of resource identifiers";
    let refusal = at_pointer(400, "Invalid document", detail, "/data");
    for method in ["POST", "PATCH", "DELETE"] {
        for data in [Value::Null, identifier("article", 1)] {
            send(&server, (method, ARTICLES), &data).refuses(400, std::slice::from_ref(&refusal));
        }
        let answer = server.request(method, ARTICLES).document(&json!({"meta": {}})).send();
        assert_eq!((answer.status, &answer.json()["errors"][0]["source"]), (400, &json!({"pointer": ""})));
    }
    assert_eq!(server.line(AUTHORS), "1 1 null");
}

#[test]
fn expect_a_document_of_json_api() {
    let server = server();
    for method in ["POST", "PATCH", "DELETE"] {
        assert_eq!(server.request(method, ARTICLES).send().status, 415);
        assert_eq!(server.request(method, ARTICLES).header("Content-Type", "text/plain").body("[]").send().status, 415);
        let request = server.request(method, &format!("{ARTICLES}?include=articles"));
        let answer = request.document(&linkage(&json!([]))).send();
        assert_eq!((answer.status, &answer.json()["errors"][0]["source"]), (400, &json!({"parameter": "include"})));
    }
    assert_eq!(server.line(AUTHORS), "1 1 null");
}

#[test]
fn expect_identifiers() {
    let server = server();
    let cases = [
        (json!([1]), "/data/0"),
        (json!([identifier("article", 1), null]), "/data/1"),
        (json!([{"type": "article"}]), "/data/0"),
        (json!([{"type": "article", "id": 1}]), "/data/0/id"),
    ];
    for (data, pointer) in cases {
        let answer = send(&server, ("POST", ARTICLES), &data);
        assert_eq!((answer.status, &answer.json()["errors"][0]["source"]), (400, &json!({"pointer": pointer})));
    }
}

#[test]
fn of_a_missing_resource_are_missing() {
    let server = server();
    for method in ["POST", "PATCH", "DELETE"] {
        for data in [json!([]), identifiers("article", &[1])] {
            let answer = send(&server, (method, "/api/person/9/relationships/articles"), &data);
            answer.refuses(404, &[crate::expected::no_such_resource("person", "9")]);
        }
    }
    assert_eq!(server.line(AUTHORS), "1 1 null");
}

/// Its comments go when they are removed; its tags belong to others.
#[derive(Restless)]
#[diesel(table_name = article)]
#[restless(methods(GET, PATCH), collection_name = "essay")]
#[restless(allow_to_many_replacement, allow_delete_from_to_many_relationships)]
#[restless(has_many(comments: Comment, foreign_key = comment::article_id, on_delete = "cascade"))]
#[restless(many_to_many(
    tags: Tag, through = blog::article_tag, foreign_key = article_id, target_key = tag_id, read_only
))]
struct Essay {
    id: i32,
}

fn essays() -> Server {
    Server::start(&format!("{}{}", blog::TABLES, blog::ROWS), |services| {
        services.service(blog::api().resource(Essay::api()).scope());
    })
}

#[test]
fn that_cascade_delete_what_is_removed() {
    let server = essays();
    let path = "/api/essay/1/relationships/comments";
    send(&server, ("DELETE", path), &identifiers("comment", &[2, 3])).is_empty(204);
    assert_eq!(server.line("SELECT CAST(id AS TEXT) AS value FROM comment ORDER BY id"), "1 3");
    send(&server, ("PATCH", path), &identifiers("comment", &[3])).is_empty(204);
    assert_eq!(server.line("SELECT CAST(id AS TEXT) AS value FROM comment ORDER BY id"), "3");
    assert_eq!(server.line(COMMENTED), "1");
}

#[test]
fn that_are_read_only_are_not_changed() {
    let server = essays();
    let detail = "tags: is read-only";
    for method in ["POST", "PATCH", "DELETE"] {
        let answer = send(&server, (method, "/api/essay/1/relationships/tags"), &identifiers("tag", &[3]));
        answer.refuses(403, &[at_pointer(403, "Read-only relationship", detail, "/data")]);
    }
    let options = server.request("OPTIONS", "/api/essay/1/relationships/tags").send();
    assert_eq!(options.header("allow"), Some("GET, HEAD, OPTIONS"));
    let sent = json!({"data": {"type": "essay", "id": "1", "relationships": {"tags": {"data": []}}}});
    let refusal = at_pointer(403, "Read-only relationship", detail, "/data/relationships/tags");
    server.patch("/api/essay/1", &sent).refuses(403, &[refusal]);
    assert_eq!(server.line(blog::TAGGED), "1-1 1-2 2-1");
}

#[derive(Restless)]
#[diesel(table_name = person)]
#[restless(methods(GET, PATCH), collection_name = "writer")]
#[restless(has_many(articles: blog::Article, foreign_key = article::author_id))]
struct Writer {
    id: i32,
}

#[test]
fn without_permission_are_only_added_to() {
    let server = Server::start(&format!("{}{}", blog::TABLES, blog::ROWS), |services| {
        services.service(blog::api().resource(Writer::api()).scope());
    });
    let path = "/api/writer/1/relationships/articles";
    let replacement = error(403, "To-many replacement", "articles: its members cannot be replaced all at once");
    let removal = error(403, "Removal from a relationship", "articles: members cannot be removed from it");
    for data in [json!([]), identifiers("article", &[1])] {
        send(&server, ("PATCH", path), &data).refuses(403, std::slice::from_ref(&replacement));
        send(&server, ("DELETE", path), &data).refuses(403, std::slice::from_ref(&removal));
    }
    assert_eq!(server.line(AUTHORS), "1 1 null");
    send(&server, ("POST", path), &identifiers("article", &[3])).is_empty(204);
    assert_eq!(server.line(AUTHORS), "1 1 1");
}
