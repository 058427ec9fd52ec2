//! Methods as attributes.

use serde_json::{Value, json};

use super::server;

fn ann() -> Value {
    json!({
        "firstName": "Ann", "lastName": "Lee", "goals": 3, "fullName": "Ann Lee", "isScorer": true, "secretLength": 1,
    })
}

#[test]
fn stand_beside_the_fields() {
    let server = server();
    assert_eq!(server.get("/api/player/1").attributes(), ann());
    assert_eq!(server.get("/api/team/1/players/1").attributes(), ann());
    assert_eq!(server.get("/api/player?sort=id").json()["data"][0]["attributes"], ann());
    assert_eq!(server.get("/api/team/1/players?sort=id").json()["data"][0]["attributes"], ann());
    assert_eq!(server.get("/api/team/1?include=players").json()["included"][0]["attributes"], ann());
    assert_eq!(server.get("/api/player/2").attributes()["isScorer"], Value::Null);
    assert_eq!(server.get("/api/player/1/team?include=players").json()["included"][0]["attributes"], ann());
}

#[test]
fn are_chosen_by_fieldsets() {
    let server = server();
    let chosen = |fields: &str| server.get(&format!("/api/player/1?fields[player]={fields}")).attributes();
    assert_eq!(chosen("fullName"), json!({"fullName": "Ann Lee"}));
    assert_eq!(chosen("goals,isScorer"), json!({"goals": 3, "isScorer": true}));
    assert_eq!(chosen("goals"), json!({"goals": 3}));
}

#[test]
fn are_neither_searched_nor_sorted_by() {
    let server = server();
    for path in
        ["/api/player?filter[fullName]=Ann", "/api/player?sort=fullName", "/api/team?filter[players.fullName]=x"]
    {
        assert_eq!(server.get(path).status, 400, "{path}");
    }
}

#[test]
fn are_written_by_nobody() {
    let server = server();
    let sent = json!({"data": {"type": "player", "id": "1", "attributes": {"fullName": "Eve"}}});
    let refused = server.patch("/api/player/1", &sent);
    assert_eq!(
        (refused.status, &refused.json()["errors"][0]["source"]["pointer"]),
        (403, &json!("/data/attributes/fullName"))
    );
}

#[test]
fn are_told_after_a_write() {
    let server = server();
    let sent = json!({"data": {"type": "player", "attributes": {"firstName": "Eve", "lastName": "Fox"}}});
    let created = server.post("/api/player", &sent);
    assert_eq!((created.status, &created.attributes()["fullName"]), (201, &json!("Eve Fox")));
    assert_eq!(created.attributes()["secretLength"], 3);
    let sent = json!({"data": {"type": "player", "id": "1", "attributes": {"lastName": "Low"}}});
    let changed = server.patch("/api/player/1", &sent);
    assert_eq!((changed.status, &changed.attributes()["fullName"]), (200, &json!("Ann Low")));
}
