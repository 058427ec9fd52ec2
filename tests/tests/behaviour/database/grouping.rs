//! Writes that wait together and are committed together.

use std::thread;
use std::time::Duration;

use serde_json::{Value, json};

use crate::backends::by_backend;
use crate::models;
use crate::server::Server;

/// Sends all documents at once, while the writer is held, and gives back the statuses in their order.
fn all_at_once(server: &Server, path: &str, documents: &[Value]) -> Vec<u16> {
    thread::scope(|scope| {
        scope.spawn(|| {
            server.run(|_| {
                thread::sleep(Duration::from_millis(300));
                diesel::QueryResult::Ok(())
            });
        });
        thread::sleep(Duration::from_millis(50));
        let threads: Vec<_> =
            documents.iter().map(|document| scope.spawn(|| server.post(path, document).status)).collect();
        threads.into_iter().map(|thread| thread.join().expect("an answer")).collect()
    })
}

fn person(name: &str, age: i32) -> Value {
    json!({"data": {"type": "person", "attributes": {"name": name, "age": age}}})
}

#[test]
fn fail_alone() {
    let server = models::five_people();
    let documents: Vec<Value> = (0..40)
        .map(|number| match number % 4 {
            0 => person("Lincoln", 1),
            _ => person(&format!("new{number:02}"), number),
        })
        .collect();
    let statuses = all_at_once(&server, "/api/person", &documents);
    for (number, status) in statuses.iter().enumerate() {
        assert_eq!(*status, if number % 4 == 0 { 409 } else { 201 }, "{number}");
    }
    let expected: Vec<String> =
        (0..40).filter(|number| number % 4 != 0).map(|number| format!("new{number:02}={number}")).collect();
    let rows = server.line("SELECT name || '=' || age AS value FROM person WHERE name LIKE 'new%' ORDER BY name");
    assert_eq!(rows, expected.join(" "));
}

#[test]
fn take_back_all_of_what_a_failing_one_did() {
    let triggers = by_backend(
        "CREATE TRIGGER before_person BEFORE INSERT ON person BEGIN INSERT INTO trace VALUES (NEW.name); END;
        CREATE TRIGGER after_person AFTER INSERT ON person WHEN NEW.age < 0 BEGIN SELECT RAISE(FAIL, 'too young'); END;",
        "CREATE FUNCTION trace() RETURNS trigger LANGUAGE plpgsql
            AS $$ BEGIN INSERT INTO trace VALUES (NEW.name); RETURN NEW; END $$;
        CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'too young'; END $$;
        CREATE TRIGGER before_person BEFORE INSERT ON person FOR EACH ROW EXECUTE FUNCTION trace();
        CREATE TRIGGER after_person AFTER INSERT ON person FOR EACH ROW WHEN (NEW.age < 0) EXECUTE FUNCTION refuse();",
        "CREATE TRIGGER before_person BEFORE INSERT ON person FOR EACH ROW INSERT INTO trace VALUES (NEW.name);
        CREATE TRIGGER after_person AFTER INSERT ON person FOR EACH ROW
            IF NEW.age < 0 THEN SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'too young'; END IF;",
    );
    let server = models::with_rows(&format!("CREATE TABLE trace (name TEXT); {triggers}"));
    let documents: Vec<Value> =
        (0..20).map(|number| person(&format!("p{number:02}"), if number % 2 == 0 { -1 } else { 1 })).collect();
    let statuses = all_at_once(&server, "/api/person", &documents);
    assert!(
        statuses.iter().enumerate().all(|(number, status)| *status == if number % 2 == 0 { 409 } else { 201 }),
        "{statuses:?}"
    );
    let names = server.line("SELECT name AS value FROM person ORDER BY name");
    assert_eq!(names, "p01 p03 p05 p07 p09 p11 p13 p15 p17 p19");
    assert_eq!(server.line("SELECT name AS value FROM trace ORDER BY name"), names);
}

#[test]
fn fail_alone_where_constraints_are_deferred() {
    let rows = "
        DROP TABLE computer;
        CREATE TABLE computer (
            id INTEGER PRIMARY KEY, name TEXT NOT NULL, vendor TEXT,
            owner_id INTEGER REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED
        );
        INSERT INTO person (id, name) VALUES (1, 'Ann');
    ";
    let server = models::with_rows(rows);
    let computer = |number: u32| {
        let owner = if number.is_multiple_of(3) { 99 } else { 1 };
        json!({"data": {"type": "computer", "attributes": {"name": format!("c{number:02}"), "owner_id": owner}}})
    };
    let statuses = all_at_once(&server, "/api/computer", &(0..12).map(computer).collect::<Vec<_>>());
    for (number, status) in statuses.iter().enumerate() {
        assert!(if number % 3 == 0 { matches!(status, 404 | 409) } else { *status == 201 }, "{statuses:?}");
    }
    assert_eq!(server.line("SELECT name AS value FROM computer ORDER BY name"), "c01 c02 c04 c05 c07 c08 c10 c11");
}

#[test]
fn have_ids_of_their_own() {
    let server = models::empty();
    let documents: Vec<Value> = (0..30).map(|number| person(&format!("p{number}"), number)).collect();
    assert!(all_at_once(&server, "/api/person", &documents).iter().all(|status| *status == 201));
    assert_eq!(server.line("SELECT count(DISTINCT id) || ' ' || count(DISTINCT age) AS value FROM person"), "30 30");
}
