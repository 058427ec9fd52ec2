//! What is the server's fault: 500, an id for the log, and nothing else.

use serde_json::json;

use crate::expected::{error, internal};
use crate::models;

#[test]
fn a_missing_table_is_500_without_details() {
    // E09
    let server = models::with_rows("DROP TABLE computer; DROP TABLE person");
    let sent = json!({"data": {"type": "person", "id": "1", "attributes": {"name": "Ann"}}});
    let created = json!({"data": {"type": "person", "attributes": {"name": "Ann"}}});
    server.get("/api/person").refuses(500, &[internal()]);
    server.get("/api/person/1").refuses(500, &[internal()]);
    server.post("/api/person", &created).refuses(500, &[internal()]);
    server.patch("/api/person/1", &sent).refuses(500, &[internal()]);
    server.delete("/api/person/1").refuses(500, &[internal()]);
}

#[test]
fn a_missing_column_is_500_without_details() {
    let server = models::with_rows("ALTER TABLE person DROP COLUMN age");
    server.get("/api/person").refuses(500, &[internal()]);
    assert_eq!(server.get("/api/person?fields[person]=name").ids(), "");
}

#[test]
fn a_row_that_cannot_be_read_is_500_and_names_the_attribute() {
    let server = models::with_rows("INSERT INTO person VALUES (1, 'Ann', 1, 'no date'), (2, 'Bob', 2, NULL)");
    let detail = "the resource of type \"person\" with the id \"1\" cannot be shown: \
                  birth_date: the database holds a value that is not a date such as \"2024-02-29\"";
    let mut unreadable = error(500, "Unreadable value", detail);
    unreadable["code"] = json!("unreadable_value");
    server.get("/api/person").refuses(500, &[unreadable.clone()]);
    server.get("/api/person/1").refuses(500, &[unreadable]);
    assert_eq!(server.get("/api/person/2").status, 200);
}

#[test]
fn every_failure_has_an_id_of_its_own() {
    let server = models::with_rows("DROP TABLE computer; DROP TABLE person");
    let ids: Vec<String> = (0..5).map(|_| server.get("/api/person").json()["errors"][0]["id"].to_string()).collect();
    assert_eq!(ids.iter().collect::<std::collections::HashSet<_>>().len(), 5, "{ids:?}");
}

#[test]
fn heals_when_the_database_does() {
    let server = models::with_rows("DROP TABLE computer; DROP TABLE person");
    server.get("/api/person").refuses(500, &[internal()]);
    server.execute(models::TABLES.split(';').next().expect("a statement"));
    assert_eq!(server.get("/api/person").ids(), "");
}
