//! A hidden field is as if there were none, on every way.

use serde_json::json;

use super::{manager, server};

/// Documents with employees in them.
const SHOWN: [&str; 7] = [
    "/api/employee",
    "/api/employee/1",
    "/api/employee?include=department",
    "/api/department?include=employees",
    "/api/department/1/employees",
    "/api/department/1/employees/1",
    "/api/department/1/relationships/employees?include=employees",
];

/// Questions about the field `salary`, refused to who does not see it.
const ASKED: [&str; 16] = [
    "/api/employee?filter[salary]=4200",
    "/api/employee?filter[salary][gt]=4000",
    "/api/employee?filter[salary][is_null]=true",
    "/api/employee?filter[objects]=[{%22name%22:%22salary%22,%22op%22:%22gt%22,%22val%22:1}]",
    "/api/employee?filter[objects]=[{%22name%22:%22id%22,%22op%22:%22lt%22,%22field%22:%22salary%22}]",
    "/api/employee?sort=salary",
    "/api/employee?sort=-salary,name",
    "/api/employee?fields[employee]=name,salary",
    "/api/department?filter[employees.salary]=4200",
    "/api/department?filter[employees.salary][gt]=1",
    "/api/department?filter[objects]=[{%22name%22:%22employees__salary%22,%22op%22:%22any%22,%22val%22:4200}]",
    "/api/department?filter[objects]=[{%22name%22:%22employees%22,%22op%22:%22any%22,\
     %22val%22:{%22name%22:%22salary%22,%22op%22:%22gt%22,%22val%22:1}}]",
    "/api/department/1/employees?filter[salary]=4200",
    "/api/department/1/relationships/employees?sort=salary",
    "/api/eval/employee?functions=[{%22name%22:%22sum%22,%22field%22:%22salary%22}]",
    "/api/eval/employee?functions=[{%22name%22:%22count%22,%22field%22:%22id%22}]&group=salary",
];

#[test]
fn is_not_shown() {
    let server = server();
    for path in SHOWN {
        let answer = server.get(path);
        assert_eq!(answer.status, 200, "{path}: {}", answer.body);
        assert!(answer.body.contains("Ann"), "{path}: {}", answer.body);
        for secret in ["salary", "4200", "badge", "gold"] {
            assert!(!answer.body.contains(secret), "{path}: {}", answer.body);
        }
        assert!(manager(&server, "GET", path).send().body.contains("\"salary\":4200"), "{path}");
    }
}

#[test]
fn cannot_be_told_from_one_that_does_not_exist() {
    let server = server();
    for path in ASKED {
        let (hidden, missing) = (server.get(path), server.get(&path.replace("salary", "nonsense")));
        assert_eq!(hidden.status, 400, "{path}: {}", hidden.body);
        assert_eq!(hidden.body.replace("salary", "nonsense"), missing.body, "{path}");
        assert_eq!(manager(&server, "GET", path).send_to_anyone().status, 200, "{path}");
    }
}

#[test]
fn cannot_be_written() {
    let server = server();
    let sent = |name: &str| json!({"data": {"type": "employee", "attributes": {"name": "Eve", "badge2": 1, name: 1}}});
    let (hidden, missing) =
        (server.post("/api/employee", &sent("salary")), server.post("/api/employee", &sent("nonsense")));
    assert_eq!(hidden.status, 400);
    assert_eq!(hidden.body.replace("salary", "nonsense"), missing.body);
    let changed = json!({"data": {"type": "employee", "id": "1", "attributes": {"salary": 1}}});
    let refused = server.patch("/api/employee/1", &changed);
    assert_eq!(
        (refused.status, &refused.json()["errors"][0]["source"]["pointer"]),
        (400, &json!("/data/attributes/salary"))
    );
    assert_eq!(manager(&server, "PATCH", "/api/employee/1").document(&changed).send().status, 200);
    assert_eq!(server.line("SELECT CAST(salary AS CHAR(4)) AS value FROM employee WHERE id = 1").trim(), "1");
}

#[test]
fn is_in_no_answer_to_a_write() {
    let server = server();
    let created = json!({"data": {"type": "employee", "id": "9", "attributes": {"name": "Eve"}}});
    let created = server.post("/api/employee", &created);
    assert_eq!((created.status, created.attributes()), (201, json!({"name": "Eve", "grade": "junior"})));
    let renamed = json!({"data": {"type": "employee", "id": "1", "attributes": {"name": "Anna"}}});
    let changed = server.request("PATCH", "/api/employee/1").header("Prefer", "return=representation");
    let changed = changed.document(&renamed).send();
    assert_eq!((changed.status, changed.attributes()), (200, json!({"name": "Anna", "grade": "senior"})));
}

#[test]
fn is_not_named_by_a_constraint() {
    let server = server();
    let twice = |id: &str| json!({"data": {"type": "employee", "id": id, "attributes": {"name": "Eve"}}});
    assert_eq!(server.post("/api/employee", &twice("9")).status, 201);
    let refused = server.post("/api/employee", &twice("10"));
    assert_eq!(refused.status, 409, "{}", refused.body);
    assert!(!refused.body.contains("badge"), "{}", refused.body);
    let told = manager(&server, "POST", "/api/employee").document(&twice("10")).send();
    assert!(told.body.contains("badge"), "{}", told.body);
}

/// Ways along the relationship `department`, hidden from guests.
const ALONG: [&str; 4] = [
    "/api/employee?include=department",
    "/api/employee?filter[department]=1",
    "/api/employee?filter[department.name]=Wood",
    "/api/employee?sort=department.name",
];

#[test]
fn relationships_lead_nowhere() {
    let server = server();
    let guest = |path: &str| server.request("GET", path).header("X-Role", "guest").send();
    for path in ALONG {
        let (hidden, missing) = (guest(path), guest(&path.replace("department", "nonsense")));
        assert_eq!(hidden.status, 400, "{path}: {}", hidden.body);
        assert_eq!(hidden.body.replace("department", "nonsense"), missing.body, "{path}");
        assert_eq!(manager(&server, "GET", path).send_to_anyone().status, 200, "{path}");
    }
    for path in ["/api/employee/1/department", "/api/employee/1/relationships/department"] {
        assert_eq!(guest(path).status, 404, "{path}");
        assert_eq!(manager(&server, "GET", path).send_to_anyone().status, 200, "{path}");
    }
    let shown = guest("/api/employee/1");
    assert!(shown.json()["data"].get("relationships").is_none(), "{}", shown.body);
    let moved = json!({"data": {"type": "employee", "id": "1", "relationships": {
        "department": {"data": {"type": "department", "id": "2"}}}}});
    let refused = server.request("PATCH", "/api/employee/1").header("X-Role", "guest").document(&moved).send();
    assert_eq!(refused.status, 400, "{}", refused.body);
}
