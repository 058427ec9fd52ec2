//! Fields that the application filters and sorts by remain unknown to clients.

use serde_json::json;

use super::{encoded, server};
use crate::expected::at_parameter;

#[test]
fn are_in_no_document() {
    let server = server();
    let answer = server.get("/api/person/1");
    let text = answer.json().to_string();
    for hidden in ["note", "nick", "managerId", "old", "Moll"] {
        assert!(!text.contains(hidden), "{hidden}: {text}");
    }
}

#[test]
fn are_as_unknown_as_fields_that_do_not_exist() {
    let server = server();
    let forms: [fn(&str) -> String; 9] = [
        |name| format!("filter[{name}]=a"),
        |name| format!("filter[{name}][is_null]=true"),
        |name| format!("filter[manager.{name}]=a"),
        |name| format!(r#"filter[objects]=[{{"name":"{name}","op":"eq","val":"a"}}]"#),
        |name| format!(r#"filter[objects]=[{{"name":"name","op":"eq","field":"{name}"}}]"#),
        |name| format!(r#"filter[objects]=[{{"name":"reports__{name}","op":"any","val":"a"}}]"#),
        |name| format!("sort={name}"),
        |name| format!("sort=manager.{name}"),
        |name| format!("fields[person]={name}"),
    ];
    for form in forms {
        let unknown = server.get(&format!("/api/person?{}", encoded(&form("nosuch"))));
        assert_eq!(unknown.status, 400, "{unknown:#?}");
        for hidden in ["note", "nick", "managerId", "manager_id"] {
            let answer = server.get(&format!("/api/person?{}", encoded(&form(hidden))));
            assert_eq!(answer.status, 400, "{answer:#?}");
            let expected = unknown.json().to_string().replace("nosuch", hidden);
            assert_eq!(answer.json().to_string(), expected);
        }
    }
}

#[test]
fn are_not_accepted() {
    let server = server();
    let attributes = json!({"name": "a", "floor": 1, "views": 1, "isAdmin": false, "note": "n"});
    let answer = server.post("/api/person", &json!({"data": {"type": "person", "attributes": attributes}}));
    assert_eq!(answer.status, 400, "{answer:#?}");
    assert!(answer.json().to_string().contains("note"), "{answer:#?}");
    let answer = server.get("/api/person?filter[note]=old");
    answer.refuses(400, &[at_parameter("filter[note]", "filter[note]: there is no attribute \"note\"")]);
}
