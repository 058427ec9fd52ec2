//! Writes find what is seen, and nothing is written out of its rule.

use serde_json::{Value, json};

use super::{blog, granted};
use crate::relationships::blog::{AUTHORS, TAGGED};

fn person(id: &str, name: &str) -> Value {
    json!({"data": {"type": "person", "id": id, "attributes": {"name": name}}})
}

fn members(type_name: &str, ids: &[&str]) -> Value {
    let members: Vec<Value> = ids.iter().map(|id| json!({"type": type_name, "id": id})).collect();
    json!({"data": members})
}

const NAMES: &str = "SELECT name AS value FROM person ORDER BY id";

#[test]
fn find_no_hidden_resource() {
    let server = blog();
    assert_eq!(server.patch("/api/person/1", &person("1", "Eve")).status, 404);
    assert_eq!(server.delete("/api/person/1").status, 404);
    assert_eq!(server.delete("/api/article/1").status, 404);
    assert_eq!(server.post("/api/person/1/relationships/articles", &members("article", &["3"])).status, 404);
    assert_eq!(server.patch("/api/article/1/relationships/author", &json!({"data": null})).status, 404);
    assert_eq!(server.line(NAMES), "Ann Bob Cleo");
    assert_eq!(server.line(AUTHORS), "1 1 null");
}

#[test]
fn link_no_hidden_resource() {
    let server = blog();
    let author = json!({"data": {"type": "person", "id": "1"}});
    let cases = [
        ("PATCH", "/api/article/3/relationships/author", author.clone()),
        ("POST", "/api/person/2/relationships/articles", members("article", &["1"])),
        ("PATCH", "/api/person/2/relationships/articles", members("article", &["1"])),
        (
            "POST",
            "/api/article",
            json!({"data": {"type": "article", "attributes": {"title": "New"}, "relationships": {"author": author}}}),
        ),
        (
            "PATCH",
            "/api/profile/2",
            json!({"data": {"type": "profile", "id": "2", "relationships": {"person": {"data": author["data"]}}}}),
        ),
        ("PATCH", "/api/person/1", json!({"data": {"type": "person", "id": "1"}})),
    ];
    for (method, path, document) in cases {
        let answer = server.request(method, path).document(&document).send();
        assert_eq!(answer.status, 404, "{method} {path}: {}", answer.body);
    }
    assert_eq!(server.line(AUTHORS), "1 1 null");
}

#[test]
fn out_of_the_rule_are_taken_back() {
    let server = blog();
    server.execute("UPDATE person SET name = 'Anna' WHERE id = 1");
    let created = server.post("/api/person", &json!({"data": {"type": "person", "attributes": {"name": "Ann"}}}));
    assert_eq!(created.status, 403);
    let updated = server.patch("/api/person/2", &person("2", "Ann"));
    assert_eq!(updated.status, 403);
    assert_eq!(updated.json()["errors"][0]["title"], "Out of reach");
    assert_eq!(server.line(NAMES), "Anna Bob Cleo");
    assert_eq!(granted(&server, "PATCH", "/api/person/2").document(&person("2", "Ann")).send().status, 200);
    assert_eq!(server.line(NAMES), "Anna Ann Cleo");
}

#[test]
fn leave_hidden_members_where_they_are() {
    let server = blog();
    server.execute("UPDATE article SET author_id = 2 WHERE id <= 2");
    assert_eq!(server.patch("/api/person/2/relationships/articles", &members("article", &["3"])).status, 204);
    assert_eq!(server.line(AUTHORS), "2 null 2");
    let tag = json!({"data": {"type": "article", "id": "2", "relationships": {"tags": {"data": []}}}});
    assert_eq!(server.patch("/api/article/2", &tag).status, 200);
    assert_eq!(server.line(TAGGED), "1-1 1-2");
}

#[test]
fn within_the_rule_work_as_ever() {
    let server = blog();
    let created = server.post("/api/person", &json!({"data": {"type": "person", "attributes": {"name": "Dan"}}}));
    assert_eq!(created.status, 201);
    let minimal = server.request("PATCH", "/api/person/2").header("Prefer", "return=minimal");
    assert_eq!(minimal.document(&person("2", "Bert")).send().status, 204);
    assert_eq!(server.delete("/api/person/3").status, 204);
    assert_eq!(server.line(NAMES), "Ann Bert Dan");
    assert_eq!(server.patch("/api/person/2", &person("2", "Bob")).json()["data"]["attributes"]["name"], "Bob");
}
