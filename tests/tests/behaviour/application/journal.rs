//! Statements in the log.

use diesel::connection::SimpleConnection as _;

use crate::{logged, models};

#[test]
fn tells_texts_rows_and_times_of_statements_but_no_values() {
    logged::keep_statements();
    let server = models::with_rows("INSERT INTO person (name, age) VALUES ('Ursula', 30);");
    assert_eq!(server.get("/api/person?filter[name]=Ursula&sort=-age,birth_date").status, 200);
    let created = serde_json::json!({"data": {"type": "person", "attributes": {"name": "Xanthippe"}}});
    assert_eq!(server.post("/api/person", &created).status, 201);
    let read = logged::lines_with("-- rows: 1, took ");
    let reads = |line: &&String| line.contains("SELECT") && line.contains("birth_date") && line.contains("name");
    assert!(read.iter().any(|line| reads(&line) && line.starts_with("DEBUG")), "{read:#?}");
    assert!(read.iter().any(|line| line.contains("INSERT INTO")), "{read:#?}");
    assert_eq!(server.post("/api/person", &created).status, 409);
    let refused = logged::lines_with("-- refused, took ");
    assert!(refused.iter().any(|line| line.contains("INSERT INTO")), "{refused:#?}");
    for value in ["Ursula", "Xanthippe"] {
        let told = logged::lines_with(value);
        assert!(!told.iter().any(|line| line.contains(" took ")), "{told:#?}");
    }
}

#[test]
fn of_the_server_is_not_filled_by_the_applications_own_code() {
    logged::keep_statements();
    let server = models::five_people();
    for _ in 0..3 {
        server.run(|connection| connection.batch_execute("SELECT 1"));
    }
    server.run(|connection| connection.batch_execute("BEGIN; DELETE FROM person"));
    assert_eq!(server.line("SELECT COUNT(*) AS value FROM person"), "5");
    assert!(logged::lines_with("there is no transaction in progress").is_empty());
}
