//! Writing one object.

use serde_json::json;

use super::shop::{self, delete, get, message, send};

#[test]
fn creates_and_shows_the_whole_object() {
    let server = shop::shop();
    let answer = send(&server, "POST", "/api/person", &json!({"name": "Dan", "age": 40}));
    answer.is(201, &json!({"id": 4, "name": "Dan", "age": 40, "is_minor": false, "computers": []}));
    assert_eq!(answer.header("location"), Some("/api/person/4"));
    let answer = send(&server, "POST", "/api/computer", &json!({"name": "c5", "owner_id": 2}));
    assert_eq!((answer.status, &answer.json()["owner"]["name"]), (201, &json!("Bob")));
}

#[test]
fn takes_the_id_that_the_client_chooses() {
    let server = shop::shop();
    let answer = send(&server, "POST", "/api/person", &json!({"id": 77, "name": "Dan"}));
    assert_eq!((answer.status, answer.header("location")), (201, Some("/api/person/77")));
    assert_eq!(send(&server, "POST", "/api/person", &json!({"id": 77, "name": "Eve"})).status, 400);
}

#[test]
fn updates_by_patch_and_by_put() {
    let server = shop::shop();
    for (method, age) in [("PATCH", 37), ("PUT", 38)] {
        let answer = send(&server, method, "/api/person/1", &json!({"age": age}));
        assert_eq!((answer.status, &answer.json()["age"], &answer.json()["name"]), (200, &json!(age), &json!("Ada")));
    }
    // Flask-Restless looked at no more of these URLs than the resource.
    for path in ["/api/person/1/computers", "/api/person/1/computers/1"] {
        let answer = send(&server, "PATCH", path, &json!({"age": 39}));
        assert_eq!((answer.status, &answer.json()["id"], &answer.json()["age"]), (200, &json!(1), &json!(39)));
    }
    send(&server, "PATCH", "/api/person/99", &json!({"age": 1})).is(404, &json!({}));
}

#[test]
fn keeps_the_key_as_it_is() {
    let server = shop::shop();
    assert_eq!(send(&server, "PATCH", "/api/person/1", &json!({"id": 1, "age": 40})).status, 200);
    let message = message(&send(&server, "PATCH", "/api/person/1", &json!({"id": 2})), 400);
    assert!(message.contains("the URL names the id \"1\""), "{message}");
    assert_eq!(get(&server, "/api/person/1").json()["age"], json!(40));
}

#[test]
fn sets_foreign_keys_as_columns() {
    let server = shop::shop();
    let answer = send(&server, "PATCH", "/api/computer/4", &json!({"owner_id": 3}));
    assert_eq!((answer.status, &answer.json()["owner"]["name"]), (200, &json!("Cyd")));
    let answer = send(&server, "PATCH", "/api/computer/4", &json!({"owner_id": null}));
    assert_eq!((answer.status, &answer.json()["owner"]), (200, &json!(null)));
    for owner in [json!(99), json!("x"), json!({"id": 1})] {
        assert_eq!(send(&server, "PATCH", "/api/computer/4", &json!({"owner_id": owner})).status, 400, "{owner}");
    }
    assert_eq!(get(&server, "/api/computer/4").json()["owner_id"], json!(null));
}

#[test]
fn refuses_what_cannot_be_written() {
    let server = shop::shop();
    for (method, path) in [("POST", "/api/person"), ("PATCH", "/api/person/1"), ("PUT", "/api/person/1")] {
        let unknown = message(&send(&server, method, path, &json!({"name": "x", "bogus": 0})), 400);
        assert!(unknown.contains("\"bogus\""), "{unknown}");
        let computed = message(&send(&server, method, path, &json!({"name": "x", "is_minor": true})), 400);
        assert!(computed.contains("is_minor"), "{computed}");
        let searched = message(&send(&server, method, path, &json!({"name": "x", "q": {}})), 400);
        assert!(searched.contains("\"q\""), "{searched}");
        for body in [json!([1, 2]), json!(5), json!("x"), json!(null), json!([{"name": "x"}])] {
            assert_eq!(message(&send(&server, method, path, &body), 400), "expected an object");
        }
    }
    let taken = message(&send(&server, "POST", "/api/person", &json!({"name": "Ada"})), 400);
    assert_eq!(taken, "name: another resource has this value already");
    assert_eq!(server.line("SELECT name AS value FROM person ORDER BY id"), "Ada Bob Cyd");
}

#[test]
fn names_every_invalid_value() {
    let server = shop::shop();
    let answer = send(&server, "POST", "/api/person", &json!({"name": 5, "age": 200}));
    let found = answer.json();
    assert_eq!(answer.status, 400);
    assert_eq!(found["validation_errors"]["age"], json!("must be 150 at most"));
    assert!(
        found["validation_errors"]["name"].is_string() && found.as_object().is_some_and(|body| body.len() == 1),
        "{found}"
    );
    let nested = json!({"name": "Dan", "computers": [{"name": "c9"}, {"name": 7}]});
    let answer = send(&server, "POST", "/api/person", &nested);
    assert!(answer.json()["validation_errors"]["computers.1.name"].is_string(), "{answer:#?}");
}

#[test]
fn deletes_one_and_takes_members_out() {
    let server = shop::shop();
    delete(&server, "/api/person/1/computers/2").is_empty(204);
    assert_eq!(get(&server, "/api/computer/2").json()["owner_id"], json!(null));
    delete(&server, "/api/computer/1/tags/old").is_empty(204);
    assert_eq!(get(&server, "/api/computer/1").json()["tags"], json!([{"name": "new", "color": null}]));
    for path in [
        "/api/person/1/computers/3",
        "/api/person/1/computers/99",
        "/api/person/99/computers/1",
        "/api/computer/1/tags/old",
    ] {
        delete(&server, path).is(404, &json!({}));
    }
    let whole = message(&delete(&server, "/api/person/1/computers"), 400);
    assert_eq!(whole, "Cannot DELETE entire \"computers\" relation");
    delete(&server, "/api/person/2").is_empty(204);
    delete(&server, "/api/person/2").is(404, &json!({}));
    assert_eq!(get(&server, "/api/computer/3").json()["owner"], json!(null));
}
