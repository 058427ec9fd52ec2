//! Relationships through a join table, written at their own URLs (W32–W35).

use restless_actix::prelude::*;
use serde_json::{Value, json};

use super::blog::{self, TAGGED, server};
use super::shown::{identifiers, linkage, no_such_member, wrong_type};
use crate::client::Answer;
use crate::expected::error;
use crate::server::Server;

const TAGS: &str = "/api/article/1/relationships/tags";

#[track_caller]
fn send(server: &Server, (method, path): (&str, &str), data: &Value) -> Answer {
    server.request(method, path).document(&linkage(data)).send()
}

#[test]
fn are_added_to() {
    let server = server();
    send(&server, ("POST", TAGS), &identifiers("tag", &[3])).is_empty(204);
    send(&server, ("POST", "/api/tag/3/relationships/articles"), &identifiers("article", &[3])).is_empty(204);
    assert_eq!(server.line(TAGGED), "1-1 1-2 1-3 2-1 3-3");
}

#[test]
fn have_no_member_twice() {
    let server = server();
    send(&server, ("POST", TAGS), &identifiers("tag", &[1, 2])).is_empty(204);
    send(&server, ("POST", TAGS), &identifiers("tag", &[3, 1, 3])).is_empty(204);
    send(&server, ("POST", TAGS), &json!([])).is_empty(204);
    assert_eq!(server.line(TAGGED), "1-1 1-2 1-3 2-1");
}

#[test]
fn have_no_member_twice_where_the_table_would_let_them() {
    let tables = blog::TABLES.replace("PRIMARY KEY (article_id, tag_id)", "note TEXT");
    let server = Server::start(&format!("{tables}{}", blog::ROWS), blog::mount);
    send(&server, ("POST", TAGS), &identifiers("tag", &[1, 3, 3])).is_empty(204);
    send(&server, ("PATCH", TAGS), &identifiers("tag", &[3, 1])).is_empty(204);
    assert_eq!(server.line(TAGGED), "1-1 1-3 2-1");
}

#[test]
fn that_the_table_has_twice_are_shown_once() {
    let tables = blog::TABLES.replace("PRIMARY KEY (article_id, tag_id)", "note TEXT");
    let rows = format!("{}INSERT INTO article_tag (article_id, tag_id) VALUES (1, 1);", blog::ROWS);
    let server = Server::start(&format!("{tables}{rows}"), blog::mount);
    assert_eq!(server.get("/api/article/1/tags").ids(), "1 2");
    assert_eq!(server.get(TAGS).ids(), "1 2");
    let answer = server.get("/api/article/1?include=tags").json();
    super::graph::check(&answer);
    assert_eq!(super::graph::members(&answer["data"], "tags"), "tag/1 tag/2");
    send(&server, ("DELETE", TAGS), &identifiers("tag", &[1])).is_empty(204);
    assert_eq!(server.line(TAGGED), "1-2 2-1");
}

#[test]
fn are_removed_from() {
    let server = server();
    send(&server, ("DELETE", TAGS), &identifiers("tag", &[2])).is_empty(204);
    assert_eq!(server.line(TAGGED), "1-1 2-1");
    assert_eq!(server.get("/api/tag").ids(), "1 2 3", "the member itself stays");
}

#[test]
fn lose_no_others_when_absent_members_are_removed() {
    let server = server();
    send(&server, ("DELETE", TAGS), &identifiers("tag", &[3])).is_empty(204);
    send(&server, ("DELETE", TAGS), &json!([])).is_empty(204);
    assert_eq!(server.line(TAGGED), "1-1 1-2 2-1");
}

#[test]
fn lose_nothing_when_missing_resources_are_removed() {
    let server = server();
    let before = server.line(TAGGED);
    let answer = send(&server, ("DELETE", TAGS), &identifiers("tag", &[9, 2]));
    answer.refuses(404, &[no_such_member(("tag", "9"), "/data/0")]);
    assert_eq!(server.line(TAGGED), before);
}

#[test]
fn are_replaced() {
    let server = server();
    send(&server, ("PATCH", TAGS), &identifiers("tag", &[3, 2])).is_empty(204);
    assert_eq!(server.line(TAGGED), "1-2 1-3 2-1");
    send(&server, ("PATCH", TAGS), &json!([])).is_empty(204);
    assert_eq!(server.line(TAGGED), "2-1");
}

#[test]
fn with_a_missing_member_change_nothing() {
    let server = server();
    for method in ["POST", "PATCH"] {
        let answer = send(&server, (method, TAGS), &identifiers("tag", &[3, 9]));
        answer.refuses(404, &[no_such_member(("tag", "9"), "/data/1")]);
    }
    let answer = send(&server, ("POST", TAGS), &identifiers("article", &[1]));
    answer.refuses(409, &[wrong_type("tag", "article", "/data/0/type")]);
    assert_eq!(server.line(TAGGED), "1-1 1-2 2-1");
}

#[test]
fn without_permission_are_only_added_to() {
    let server = server();
    let path = "/api/tag/1/relationships/articles";
    let replacement = error(403, "To-many replacement", "articles: its members cannot be replaced all at once");
    let removal = error(403, "Removal from a relationship", "articles: members cannot be removed from it");
    for data in [json!([]), identifiers("article", &[1])] {
        send(&server, ("PATCH", path), &data).refuses(403, std::slice::from_ref(&replacement));
        send(&server, ("DELETE", path), &data).refuses(403, std::slice::from_ref(&removal));
    }
    assert_eq!(server.line(TAGGED), "1-1 1-2 2-1");
}

#[test]
fn of_a_missing_resource_are_missing() {
    let server = server();
    for method in ["POST", "PATCH", "DELETE"] {
        for data in [json!([]), identifiers("tag", &[1])] {
            let answer = send(&server, (method, "/api/article/9/relationships/tags"), &data);
            answer.refuses(404, &[crate::expected::no_such_resource("article", "9")]);
        }
    }
    assert_eq!(server.line(TAGGED), "1-1 1-2 2-1");
}

#[test]
fn take_many_members_at_once() {
    let many = "
        INSERT INTO tag (id, name)
        WITH RECURSIVE numbers (n) AS (SELECT 4 UNION ALL SELECT n + 1 FROM numbers WHERE n < 3000) SELECT n, 't' FROM numbers;
    ";
    let server = Server::start(&format!("{}{}{many}", blog::TABLES, blog::ROWS), |services| {
        services.service(blog::api().limits(Limits { objects: 3000, ..Limits::default() }).scope());
    });
    let every: Vec<u32> = (1..=3000).collect();
    send(&server, ("POST", TAGS), &identifiers("tag", &every)).is_empty(204);
    let count = "SELECT CAST(COUNT(*) AS TEXT) AS value FROM article_tag WHERE article_id = 1";
    assert_eq!(server.line(count), "3000");
    send(&server, ("DELETE", TAGS), &identifiers("tag", &every[1..])).is_empty(204);
    assert_eq!(server.line(TAGGED), "1-1 2-1");
}
