//! A locked field is read, and not written.

use serde_json::{Value, json};

use super::{manager, server};

fn changed(attributes: &Value) -> Value {
    json!({"data": {"type": "employee", "id": "1", "attributes": attributes}})
}

#[test]
fn is_shown_and_searched() {
    let server = server();
    assert_eq!(server.get("/api/employee/1").attributes(), json!({"name": "Ann", "grade": "senior"}));
    assert_eq!(server.get("/api/employee?filter[grade]=senior").ids(), "1");
    assert_eq!(server.get("/api/employee?sort=-grade,id").ids(), "1 2 3");
}

#[test]
fn is_403_for_who_sends_it() {
    let server = server();
    let document = changed(&json!({"grade": "chief", "name": "Anna"}));
    let refused = server.patch("/api/employee/1", &document);
    assert_eq!(
        (refused.status, &refused.json()["errors"][0]["source"]["pointer"]),
        (403, &json!("/data/attributes/grade"))
    );
    assert_eq!(server.get("/api/employee/1").attributes()["name"], "Ann");
    assert_eq!(manager(&server, "PATCH", "/api/employee/1").document(&document).send().status, 200);
    assert_eq!(server.get("/api/employee/1").attributes(), json!({"name": "Anna", "grade": "chief"}));
}

#[test]
fn relationships_keep_their_members() {
    let server = server();
    let linkage = json!({"data": {"type": "department", "id": "2"}});
    let clerk = |method: &str, path: &str, document: &Value| {
        server.request(method, path).header("X-Role", "clerk").document(document).send().status
    };
    let within = json!({"data": {"type": "employee", "id": "1", "relationships": {"department": linkage}}});
    assert_eq!(clerk("PATCH", "/api/employee/1", &within), 403);
    assert_eq!(clerk("PATCH", "/api/employee/1/relationships/department", &linkage), 403);
    assert_eq!(server.get("/api/employee/1/relationships/department").json()["data"]["id"], "1");
    assert_eq!(server.patch("/api/employee/1/relationships/department", &linkage).status, 204);
    let options = server.request("OPTIONS", "/api/employee/1/relationships/department");
    assert_eq!(options.header("X-Role", "clerk").send().header("allow"), Some("GET, HEAD, OPTIONS"));
    let options = server.request("OPTIONS", "/api/employee/1/relationships/department").send();
    assert_eq!(options.header("allow"), Some("GET, HEAD, PATCH, OPTIONS"));
}
