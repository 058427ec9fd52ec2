//! Bodies with very many objects.

use std::time::Instant;

use restless_actix::Limits;
use restless_actix::prelude::*;
use serde_json::{Value, json};

use super::{FACTOR, SMALL, blog_with, idle};
use crate::classic::shop::{self, message, send};
use crate::expected::error;
use crate::server::Server;

fn too_many(most: usize, pointer: &str) -> Value {
    let mut error = error(400, "Too many objects", &format!("a body has {most} objects at most"));
    error["meta"] = json!({"maxObjects": most});
    error["source"] = json!({"pointer": pointer});
    error
}

fn identifiers(number: usize) -> Value {
    (0..number).map(|_| json!({"type": "article", "id": "1"})).collect()
}

#[test]
fn are_refused_while_they_are_read() {
    let server = blog_with(|api| api.limits(Limits { objects: 3, ..Limits::default() }));
    let url = "/api/person/1/relationships/articles";
    server.post(url, &json!({"data": identifiers(3)})).is_empty(204);
    server.post(url, &json!({"data": identifiers(4)})).refuses(400, &[too_many(3, "/data")]);
    let linked = |articles, edited| {
        let relationships =
            json!({"articles": {"data": identifiers(articles)}, "edited": {"data": identifiers(edited)}});
        json!({"data": {"type": "person", "attributes": {"name": "Dan"}, "relationships": relationships}})
    };
    assert_eq!(server.post("/api/person", &linked(2, 1)).status, 201);
    let refusal = [too_many(3, "/data/relationships/edited/data")];
    server.post("/api/person", &linked(2, 2)).refuses(400, &refusal);
    assert_eq!(server.line("SELECT COUNT(*) AS value FROM person WHERE name = 'Dan'"), "1");
    let one = json!({"data": {"type": "article", "attributes": {"title": "T"}, "relationships": {
        "author": {"data": {"type": "person", "id": "1"}}, "editor": {"data": {"type": "person", "id": "1"}},
        "tags": {"data": [{"type": "tag", "id": "1"}, {"type": "tag", "id": "1"}]},
    }}});
    assert_eq!(server.post("/api/article", &one).json()["errors"][0]["title"], json!("Too many objects"));
}

#[test]
fn are_refused_within_each_other() {
    let server = shop::with(|api| api.limits(Limits { objects: 3, ..Limits::default() }));
    let computers = |tags: usize| {
        let tags: Vec<Value> = (0..tags).map(|number| json!({"name": format!("tag {number}")})).collect();
        json!({"name": "Dan", "computers": [{"name": "first"}, {"name": "second", "tags": tags}]})
    };
    assert_eq!(send(&server, "POST", "/api/person", &computers(1)).status, 201);
    let refused = message(&send(&server, "POST", "/api/person", &computers(2)), 400);
    assert_eq!(refused, "computers.1.tags: a body has 3 objects at most");
    for change in ["add", "remove"] {
        let body = json!({"computers": {change: vec![json!({"name": "first"}); 4]}});
        let refused = message(&send(&server, "PATCH", "/api/person/1", &body), 400);
        assert_eq!(refused, format!("computers.{change}: a body has 3 objects at most"));
    }
    let both = vec![json!({"name": "first"}); 2];
    let body = json!({"computers": {"add": both, "remove": both}});
    assert_eq!(send(&server, "PATCH", "/api/person/1", &body).status, 400);
    assert_eq!(server.line("SELECT COUNT(*) AS value FROM computer WHERE name = 'first'"), "1");
}

/// Sixty thousand of them.
fn many() -> Value {
    (0..60_000).map(|number| json!({"name": format!("{number}")})).collect()
}

#[test]
fn cost_no_more_than_their_reading() {
    let server = shop::with(|api| api);
    let idle = idle(&server, "/api/person/1");
    let rows = server.line("SELECT COUNT(*) AS value FROM computer");
    for (method, path, body) in [
        ("POST", "/api/person", json!({"name": "Dan", "computers": many()})),
        ("PATCH", "/api/person/1", json!({"computers": many()})),
        ("PATCH", "/api/person/1", json!({"computers": {"add": many()}})),
        ("PATCH", "/api/person", json!({"computers": {"add": many()}})),
        ("PATCH", "/api/person/1", json!({"computers": [{"name": "box", "tags": many()}]})),
    ] {
        let start = Instant::now();
        let refused = send(&server, method, path, &body);
        let took = start.elapsed();
        let refusal = message(&refused, 400);
        assert!(refusal.ends_with("a body has 1000 objects at most") && refused.body.len() < SMALL, "{refusal}");
        assert!(took < idle * FACTOR, "{took:?} where an idle request takes {idle:?}");
    }
    assert_eq!(server.line("SELECT COUNT(*) AS value FROM computer"), rows);
}

/// Lets nobody's changes pass unseen, and changes nothing.
struct Watch;

impl ApiProcessor for Watch {}

fn check_many(server: &Server) {
    let rows = "SELECT COUNT(*) AS value FROM computer";
    let before = server.line(rows);
    let body = |number: usize| json!({"computers": {"add": vec![json!({"name": "gift"}); number]}});
    let refused = message(&send(server, "PATCH", "/api/person", &body(3)), 400);
    assert_eq!(refused, "3 resources, each with 3 of others, are more than the 9 that change at once");
    assert_eq!(server.line(rows), before);
    send(server, "PATCH", "/api/person", &body(2)).is(200, &json!({"num_modified": 3}));
    assert_eq!(server.line("SELECT COUNT(*) AS value FROM computer WHERE name = 'gift'"), "6");
    send(server, "PATCH", "/api/person", &json!({"age": 3})).is(200, &json!({"num_modified": 3}));
}

#[test]
fn count_once_for_each_resource_that_a_search_changes() {
    let limited = |api: Api| api.limits(Limits { changes: 9, ..Limits::default() });
    check_many(&shop::with(limited));
}

#[test]
fn count_once_for_each_resource_where_processors_are_asked() {
    check_many(&shop::with(|api| api.limits(Limits { changes: 9, ..Limits::default() }).processor(Watch)));
}
