//! A type that reads what a client sends.

use serde_json::{Value, json};

use super::server;

fn team(attributes: &Value) -> Value {
    json!({"data": {"type": "team", "attributes": attributes}})
}

#[test]
fn makes_attributes_of_what_is_sent() {
    let server = server();
    let created = server.post("/api/team", &team(&json!({"title": "Bears", "motto": "x"})));
    assert_eq!((created.status, &created.attributes()["title"]), (201, &json!("BEARS")), "{}", created.body);
    assert_eq!(server.line("SELECT name AS value FROM team WHERE id = 3"), "bears");
    let sent = json!({"data": {"type": "team", "id": "1", "attributes": {"title": "Cats"}}});
    assert_eq!(server.patch("/api/team/1", &sent).status, 200);
    assert_eq!(server.line("SELECT name AS value FROM team WHERE id = 1"), "cats");
}

#[test]
fn says_what_is_wrong_by_the_names_that_were_sent() {
    let server = server();
    let refused = server.post("/api/team", &team(&json!({"title": "A name that is longer than that"})));
    let error = &refused.json()["errors"][0];
    assert_eq!(
        (refused.status, &error["title"], &error["detail"]),
        (400, &json!("Validation error"), &json!("title: must be short"))
    );
    assert_eq!(error["source"]["pointer"], "/data/attributes/title");
    let refused = server.post("/api/team", &team(&json!({"title": 7})));
    let error = &refused.json()["errors"][0];
    assert_eq!((refused.status, &error["source"]["pointer"]), (400, &json!("/data/attributes")), "{}", refused.body);
    // The attribute `name` is none that the client has sent, so that nothing in its document has that pointer.
    for (title, detail) in [("Losers", "name: must be polite"), ("Evil", "name: has a value that is not allowed")] {
        let refused = server.post("/api/team", &team(&json!({"title": title})));
        let error = &refused.json()["errors"][0];
        assert_eq!((refused.status, &error["detail"]), (400, &json!(detail)), "{}", refused.body);
        assert_eq!(error["source"]["pointer"], "/data/attributes", "{title}");
    }
    assert_eq!(server.line("SELECT name AS value FROM team ORDER BY id"), "Lions Owls");
}
