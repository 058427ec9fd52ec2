//! Updates and deletions of whatever a search finds.

use serde_json::json;

use super::shop::{self, delete, encode, get, message, send};

#[test]
fn updates_what_the_search_in_the_body_finds() {
    let server = shop::shop();
    let adults = json!({"age": 50, "q": {"filters": [{"name": "age", "op": "gt", "val": 18}]}});
    send(&server, "PATCH", "/api/person", &adults).is(200, &json!({"num_modified": 1}));
    send(&server, "PUT", "/api/person", &json!({"age": 51, "q": {"limit": 2}})).is(200, &json!({"num_modified": 2}));
    assert_eq!(server.line("SELECT age AS value FROM person ORDER BY id"), "51 51 null");
    let none = json!({"age": 1, "q": {"filters": [{"name": "name", "op": "eq", "val": "Nobody"}]}});
    send(&server, "PATCH", "/api/person", &none).is(200, &json!({"num_modified": 0}));
    send(&server, "PATCH", "/api/person", &json!({"age": 7})).is(200, &json!({"num_modified": 3}));
    assert_eq!(server.line("SELECT age AS value FROM person ORDER BY id"), "7 7 7");
}

#[test]
fn updates_relations_too() {
    let server = shop::shop();
    let body = json!({"computers": {"add": [{"name": "gift"}]}, "q": {"filters": [{"name": "id", "op": "in", "val": [1, 3]}]}});
    send(&server, "PATCH", "/api/person", &body).is(200, &json!({"num_modified": 2}));
    assert_eq!(server.line("SELECT owner_id AS value FROM computer WHERE name = 'gift' ORDER BY owner_id"), "1 3");
}

#[test]
fn refuses_updates_and_changes_nothing() {
    let server = shop::shop();
    let cases = [
        json!({"age": 1, "q": {"filters": [{"name": "bogus", "op": "eq", "val": 1}]}}),
        json!({"age": 1, "q": 5}),
        json!({"age": 1, "q": {"disjunction": true}}),
        json!({"bogus": 1}),
        json!({"age": "x"}),
        json!({"age": 200}),
        json!({"id": 5}),
        json!({"name": "the same"}),
        json!({"name": null}),
        json!([]),
    ];
    for body in cases {
        assert_eq!(send(&server, "PATCH", "/api/person", &body).status, 400, "{body}");
    }
    // A search in the URL was never looked at, so that everything would change.
    let q = encode("{\"filters\":[{\"name\":\"id\",\"op\":\"eq\",\"val\":1}]}");
    let refused = message(&send(&server, "PATCH", &format!("/api/person?q={q}"), &json!({"age": 1})), 400);
    assert!(refused.contains("member q of the body"), "{refused}");
    assert_eq!(server.line("SELECT age AS value FROM person ORDER BY id"), "36 12 null");
}

#[test]
fn deletes_what_the_search_in_the_url_finds() {
    let server = shop::shop();
    let q = encode("{\"filters\":[{\"name\":\"age\",\"op\":\"lt\",\"val\":18}]}");
    delete(&server, &format!("/api/person?q={q}")).is(200, &json!({"num_deleted": 1}));
    assert_eq!(message(&delete(&server, &format!("/api/person?q={q}")), 404), "No result found");
    assert_eq!(delete(&server, "/api/person?q=bad").status, 400);
    assert_eq!(server.line("SELECT name AS value FROM person ORDER BY id"), "Ada Cyd");
    delete(&server, "/api/person").is(200, &json!({"num_deleted": 2}));
    assert_eq!(get(&server, "/api/person").json()["num_results"], json!(0));
}

#[test]
fn is_for_whom_it_is_allowed() {
    let server = shop::shop();
    for method in ["PATCH", "PUT", "DELETE"] {
        let refused = send(&server, method, "/api/computer", &json!({"vendor": "x"}));
        assert_eq!((refused.status, refused.header("allow")), (405, Some("GET, HEAD, POST, OPTIONS")));
    }
    // JSON:API knows nothing of it.
    for method in ["PATCH", "DELETE"] {
        let request = server.request(method, "/api/person").header("Accept", crate::client::JSON_API);
        assert_eq!(request.document(&json!({"data": {"type": "person"}})).send().status, 405, "{method}");
    }
    assert_eq!(server.line("SELECT COUNT(*) AS value FROM person"), "3");
}
