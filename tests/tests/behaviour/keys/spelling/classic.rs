//! The same in the classic format.

use serde_json::{Value, json};

use super::server;
use crate::client::Answer;
use crate::server::Server;

fn get(server: &Server, path: &str) -> Value {
    let answer = server.request("GET", path).header("Accept", "application/json").send_to_anyone();
    assert_eq!(answer.status, 200, "{answer:#?}");
    answer.json()
}

fn send(server: &Server, method: &str, path: &str, object: &Value) -> Answer {
    let request = server.request(method, path).header("Accept", "application/json");
    request.header("Content-Type", "application/json").body(object.to_string()).send_to_anyone()
}

fn names(objects: &Value, name: &str) -> String {
    let objects = objects.as_array().into_iter().flatten();
    objects.map(|object| object[name].as_str().unwrap_or_default()).collect::<Vec<_>>().join(" ")
}

#[test]
fn related_objects_stand_within_by_any_spelling() {
    let server = server();
    let bonn = json!({"id": 1, "name": "Bonn", "country_code": "de"});
    let germany = get(&server, "/api/country/de");
    assert_eq!(germany["cities"], json!([bonn]));
    assert_eq!(names(&germany["clubs"], "name"), "EU Nato");
    let expected = json!({"code": "fr", "name": "France"});
    assert_eq!(
        get(&server, "/api/city/2"),
        json!({"id": 2, "name": "Paris", "country_code": "FR", "country": expected})
    );
    let all = get(&server, "/api/club");
    assert_eq!(names(&all["objects"][0]["countries"], "code"), "DE fr");
}

#[test]
fn members_are_added_and_removed_by_any_spelling() {
    let server = server();
    let added = json!({"countries": {"add": [{"code": "FR"}, {"code": "fr"}, {"code": "de"}]}});
    let answer = send(&server, "PATCH", "/api/club/nato", &added);
    assert_eq!((answer.status, names(&answer.json()["countries"], "code")), (200, "DE fr".to_owned()));
    let removed = json!({"countries": {"remove": [{"code": "dE"}]}});
    let answer = send(&server, "PATCH", "/api/club/NATO", &removed);
    assert_eq!((answer.status, names(&answer.json()["countries"], "code")), (200, "fr".to_owned()));
    let replaced = json!({"countries": [{"code": "De"}, {"code": "dE"}]});
    let answer = send(&server, "PATCH", "/api/club/Nato", &replaced);
    assert_eq!((answer.status, names(&answer.json()["countries"], "code")), (200, "DE".to_owned()));
}

#[test]
fn foreign_keys_and_related_objects_name_rows_by_any_spelling() {
    let server = server();
    let answer = send(&server, "POST", "/api/city", &json!({"name": "Lyon", "country_code": "FR"}));
    assert_eq!((answer.status, &answer.json()["country"]["code"]), (201, &json!("fr")), "{answer:#?}");
    let answer = send(&server, "POST", "/api/city", &json!({"name": "Kiel", "country": {"code": "de"}}));
    assert_eq!((answer.status, &answer.json()["country"]["code"]), (201, &json!("DE")), "{answer:#?}");
    assert_eq!(server.line("SELECT country_code AS value FROM city WHERE id > 3 ORDER BY id"), "fr DE");
    let answer = send(&server, "PATCH", "/api/country/FR", &json!({"cities": {"add": [{"id": 1}]}}));
    assert_eq!(names(&answer.json()["cities"], "name"), "Bonn Paris Lyon");
}
