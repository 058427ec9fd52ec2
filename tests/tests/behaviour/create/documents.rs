//! Bodies that are no document with a resource object.

use serde_json::{Value, json};

use crate::client::JSON_API;
use crate::expected::{at_pointer, error};
use crate::models;

/// Sends the same body to where resources are created and to where they are updated.
#[track_caller]
fn refuses(body: impl Into<Vec<u8>>, errors: &[Value]) {
    let server = models::five_people();
    let body = body.into();
    for (method, path) in [("POST", "/api/person"), ("PATCH", "/api/person/1")] {
        let answer = server.request(method, path).header("Content-Type", JSON_API).body(body.clone()).send();
        answer.refuses(400, errors);
    }
    assert_eq!(server.line("SELECT name AS value FROM person ORDER BY id"), "Lincoln Mary Lucy Katy John");
}

#[test]
fn need_an_object_at_the_root() {
    // D01
    for body in ["[]", "1", "\"text\"", "null", "true"] {
        refuses(body, &[at_pointer(400, "Invalid document", "a document is an object", "")]);
    }
}

#[test]
fn need_primary_data() {
    // D02
    let detail = "the document has no member \"data\"";
    for body in ["{}", "{\"meta\":{}}", "{\"Data\":{}}", "{\"errors\":[]}"] {
        refuses(body, &[at_pointer(400, "Invalid document", detail, "")]);
    }
}

#[test]
fn need_a_single_resource_object() {
    // W02
    for data in [json!(null), json!([]), json!([{"type": "person"}]), json!("person"), json!(7)] {
        let body = json!({"data": data}).to_string();
        refuses(body, &[at_pointer(400, "Invalid document", "expected a resource object", "/data")]);
    }
}

#[test]
fn need_members_of_the_right_types() {
    // D12
    let sent = json!({"data": {"type": 1, "id": 1, "lid": 1, "attributes": [], "relationships": null}});
    let error = |name: &str, expected: &str| {
        at_pointer(400, "Invalid document", &format!("{name}: expected {expected}"), &format!("/data/{name}"))
    };
    let errors = [
        error("type", "a string"),
        error("id", "a string"),
        error("attributes", "an object"),
        error("relationships", "an object"),
        error("lid", "a string"),
    ];
    refuses(sent.to_string(), &errors);
}

#[test]
fn must_be_json() {
    // D10
    let deep = format!("{{\"data\":{}{}}}", "[".repeat(5000), "]".repeat(5000));
    let cases: [(&[u8], &str); 14] = [
        (b"", "the body is not valid JSON: line 1, column 0"),
        (b" ", "the body is not valid JSON: line 1, column 1"),
        (b"{", "the body is not valid JSON: line 1, column 1"),
        (b"{\"data\":", "the body is not valid JSON: line 1, column 8"),
        (b"{\"data\":{}}x", "the body is not valid JSON: line 1, column 12"),
        (b"{\"data\":{}} {}", "the body is not valid JSON: line 1, column 13"),
        (b"{\"data\":{},}", "the body is not valid JSON: line 1, column 12"),
        (b"{'data':{}}", "the body is not valid JSON: line 1, column 2"),
        (b"{\"data\":NaN}", "the body is not valid JSON: line 1, column 9"),
        (b"{\"data\":01}", "the body is not valid JSON: line 1, column 10"),
        (b"{\"data\":\"\\ud800\"}", "the body is not valid JSON: line 1, column 16"),
        ("\u{feff}{\"data\":{}}".as_bytes(), "the body is not valid JSON: line 1, column 1"),
        (b"{\"data\":\"\xff\"}", "the body is not UTF-8"),
        (deep.as_bytes(), "the body is not valid JSON: line 1, column 135"),
    ];
    for (body, detail) in cases {
        refuses(body, &[error(400, "Invalid document", detail)]);
    }
}

#[test]
fn must_not_name_a_member_twice() {
    // D10
    let cases = [
        ("{\"data\":{},\"data\":{}}", "data"),
        ("{\"data\":{\"type\":\"person\",\"type\":\"person\"}}", "type"),
        ("{\"data\":{\"type\":\"person\",\"attributes\":{\"name\":\"a\",\"n\\u0061me\":\"b\"}}}", "name"),
        ("{\"meta\":[{\"a\":{\"\":1,\"\":2}}],\"data\":{\"type\":\"person\"}}", ""),
    ];
    let server = models::empty();
    for (body, name) in cases {
        let answer = server.request("POST", "/api/person").header("Content-Type", JSON_API).body(body).send();
        let found = answer.json();
        let detail = found["errors"][0]["detail"].as_str().expect("a detail");
        let start = format!("the body is not valid JSON: the name {name:?} stands twice");
        assert!(answer.status == 400 && detail.starts_with(&start), "{answer:#?}");
        assert_eq!(found["errors"][0]["title"], "Invalid document");
    }
    assert_eq!(server.line("SELECT name AS value FROM person"), "");
}
