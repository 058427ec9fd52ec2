//! A type that makes all attributes.

use serde_json::{Value, json};

use super::server;

fn lions() -> Value {
    json!({"title": "LIONS", "motto": ["we", "Lions"]})
}

#[test]
fn shows_a_resource_wherever_it_stands() {
    let server = server();
    assert_eq!(server.get("/api/team/1").attributes(), lions());
    assert_eq!(server.get("/api/player/1/team").attributes(), lions());
    assert_eq!(server.get("/api/team?sort=id").json()["data"][0]["attributes"], lions());
    assert_eq!(server.get("/api/player/1?include=team").json()["included"][0]["attributes"], lions());
}

#[test]
fn is_narrowed_by_fieldsets() {
    let server = server();
    assert_eq!(server.get("/api/team/1?fields[team]=title").attributes(), json!({"title": "LIONS"}));
    assert_eq!(server.get("/api/team/1?fields[team]=players").json()["data"].get("attributes"), None);
}

#[test]
fn leaves_filters_and_sorts_to_the_columns() {
    let server = server();
    assert_eq!(server.get("/api/team?filter[name]=Owls").ids(), "2");
    assert_eq!(server.get("/api/team?sort=-name").ids(), "2 1");
    assert_eq!(server.get("/api/team?filter[title]=OWLS").status, 400);
}

#[test]
fn names_the_resource_that_it_cannot_show() {
    let server = server();
    server.execute("UPDATE team SET name = '' WHERE id = 2");
    for path in ["/api/team/2", "/api/team"] {
        let answer = server.get(path);
        assert_eq!(answer.status, 422, "{path}: {}", answer.body);
        let detail = "the resource of type \"team\" with the id \"2\" cannot be shown: a team needs a name";
        assert_eq!(answer.json()["errors"][0]["detail"], detail, "{path}");
    }
    server.execute("UPDATE team SET name = 'Bugs' WHERE id = 2");
    let answer = server.get("/api/team/2");
    assert_eq!(answer.status, 500);
    assert!(answer.body.contains("\\\"2\\\"") && !answer.body.contains("application's own"), "{}", answer.body);
    assert_eq!(server.get("/api/team/1").status, 200);
}
