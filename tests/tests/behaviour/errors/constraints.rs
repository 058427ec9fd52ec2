//! Constraints of every kind, mapped to a status and a pointer.

use restless_actix::prelude::*;
use serde_json::{Value, json};

use crate::backends::by_backend;
use crate::expected::{at_pointer, invalid_value};
use crate::server::Server;

diesel::table! {
    seat (id) {
        id -> Integer,
        row -> Nullable<Integer>,
        place -> Nullable<Integer>,
        code -> Nullable<Text>,
        price -> Nullable<Double>,
        hall -> Nullable<Integer>,
        secret -> Nullable<Text>,
    }
}

#[derive(Restless)]
#[diesel(table_name = seat)]
#[restless(methods(GET, POST, PATCH, DELETE))]
struct Seat {
    id: i32,
    row: Option<i32>,
    #[restless(rename = "column")]
    place: Option<i32>,
    code: Option<String>,
    price: Option<f64>,
    hall: Option<i32>,
    #[restless(skip)]
    #[expect(dead_code, reason = "no code of the test reads it")]
    secret: Option<String>,
}

const TABLES: &str = "
    CREATE TABLE hall (id INTEGER PRIMARY KEY);
    INSERT INTO hall VALUES (1);
    CREATE TABLE seat (
        id INTEGER PRIMARY KEY, \"row\" INTEGER, place INTEGER, code TEXT, price REAL CHECK (price >= 0),
        hall INTEGER REFERENCES hall (id), secret TEXT NOT NULL DEFAULT 's',
        UNIQUE (\"row\", place), CONSTRAINT short_code CHECK (length(code) <= 4), CHECK (secret <> 'r')
    ) STRICT;
    INSERT INTO seat (id, \"row\", place, code, price) VALUES (1, 1, 1, 'a', 10.0), (2, 7, 7, NULL, NULL);
";

const OF_SQLITE: &str = "
    CREATE UNIQUE INDEX lower_code ON seat (lower(code));
    CREATE TRIGGER closed BEFORE INSERT ON seat WHEN NEW.row = 99
        BEGIN SELECT RAISE(ABORT, 'row 99 of table seat is closed'); END;
    CREATE TRIGGER kept BEFORE DELETE ON seat WHEN OLD.row = 7
        BEGIN SELECT RAISE(FAIL, 'row 7 of table seat stays'); END;
";

const OF_POSTGRES: &str = "
    CREATE UNIQUE INDEX lower_code ON seat (lower(code));
    CREATE FUNCTION closed() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        RAISE EXCEPTION 'row 99 of table seat is closed'; END $$;
    CREATE TRIGGER closed BEFORE INSERT ON seat FOR EACH ROW WHEN (NEW.row = 99) EXECUTE FUNCTION closed();
    CREATE FUNCTION kept() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        RAISE EXCEPTION 'row 7 of table seat stays'; END $$;
    CREATE TRIGGER kept BEFORE DELETE ON seat FOR EACH ROW WHEN (OLD.row = 7) EXECUTE FUNCTION kept();
";

/// It has no indexes on expressions; a column that is computed stands in for one.
const OF_MYSQL: &str = "
    ALTER TABLE seat ADD COLUMN lower_code VARCHAR(255) AS (lower(code)), ADD UNIQUE lower_code (lower_code);
    CREATE TRIGGER closed BEFORE INSERT ON seat FOR EACH ROW
        IF NEW.row = 99 THEN SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'row 99 of table seat is closed'; END IF;
    CREATE TRIGGER kept BEFORE DELETE ON seat FOR EACH ROW
        IF OLD.row = 7 THEN SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'row 7 of table seat stays'; END IF;
";

fn server() -> Server {
    Server::start(&format!("{TABLES}{}", by_backend(OF_SQLITE, OF_POSTGRES, OF_MYSQL)), |services| {
        services.service(Seat::api_scope());
    })
}

/// Sends the attributes in a creation and in an update, and asserts the same refusal of both.
#[track_caller]
fn refuses(attributes: &Value, status: u16, error: &Value) {
    let server = server();
    let created = server.post("/api/seat", &json!({"data": {"type": "seat", "attributes": attributes}}));
    created.refuses(status, std::slice::from_ref(error));
    let sent = json!({"data": {"type": "seat", "id": "2", "attributes": attributes}});
    server.patch("/api/seat/2", &sent).refuses(status, std::slice::from_ref(error));
    assert_eq!(server.line("SELECT id || ':' || \"row\" AS value FROM seat ORDER BY id"), "1:1 2:7");
}

#[test]
fn unique_columns_together_point_at_the_attributes() {
    let detail = "row, column: another resource has these values already";
    refuses(&json!({"row": 1, "column": 1}), 409, &at_pointer(409, "Duplicate value", detail, "/data/attributes"));
}

#[test]
fn unique_expressions_point_at_the_attribute_that_they_are_about() {
    let of_code = ("code: another resource has this value already", "/data/attributes/code");
    let of_computed_column = ("another resource has the same value already", "/data/attributes");
    let (detail, pointer) = by_backend(of_code, of_code, of_computed_column);
    refuses(&json!({"code": "A"}), 409, &at_pointer(409, "Duplicate value", detail, pointer));
}

#[test]
fn checks_point_at_the_attribute_that_they_are_about() {
    refuses(&json!({"price": -1, "row": 3}), 400, &invalid_value("price", "price: has a value that is not allowed"));
}

#[test]
fn checks_with_names_of_their_own_point_at_the_attribute_that_they_are_about() {
    refuses(&json!({"code": "too long"}), 400, &invalid_value("code", "code: has a value that is not allowed"));
}

#[test]
fn foreign_keys_point_at_the_attributes_or_at_the_one() {
    // W13, W28
    let server = server();
    let sent = json!({"data": {"type": "seat", "attributes": {"hall": 9}}});
    let answer = server.post("/api/seat", &sent);
    let found = &answer.json()["errors"][0];
    let pointer = found["source"]["pointer"].as_str().expect("a pointer");
    assert!(answer.status == 404 && pointer.starts_with("/data/attributes"), "{answer:#?}");
    assert_eq!(
        (&found["title"], &found["detail"]),
        (&json!("Missing resource"), &json!("a resource that is referred to does not exist"))
    );
}

#[test]
fn triggers_refuse_without_their_words() {
    let server = server();
    let sent = json!({"data": {"type": "seat", "attributes": {"row": 99}}});
    let answer = server.post("/api/seat", &sent);
    answer.refuses(409, &[crate::expected::error(409, "Conflict", "the database refuses the change")]);
    let answer = server.delete("/api/seat/2");
    answer.refuses(409, &[crate::expected::error(409, "Conflict", "the database refuses the change")]);
    assert_eq!(server.line("SELECT id || ':' || \"row\" AS value FROM seat ORDER BY id"), "1:1 2:7");
}

#[test]
fn strict_tables_refuse_what_their_columns_cannot_hold() {
    diesel::table! {
        note (id) {
            id -> Integer,
            number -> Nullable<Text>,
        }
    }

    #[derive(Restless)]
    #[diesel(table_name = note)]
    #[restless(methods(GET, POST))]
    struct Note {
        id: i32,
        number: Option<String>,
    }

    let server = Server::start("CREATE TABLE note (id INTEGER PRIMARY KEY, number INTEGER) STRICT", |services| {
        services.service(Note::api_scope());
    });
    let answer = server.post("/api/note", &json!({"data": {"type": "note", "attributes": {"number": "many"}}}));
    answer.refuses(400, &[invalid_value("number", "number: has a value that the database cannot hold")]);
}

#[test]
fn of_columns_that_no_client_knows_are_not_named() {
    diesel::table! {
        person (id) {
            id -> Integer,
            name -> Nullable<Text>,
        }
    }

    #[derive(Restless)]
    #[diesel(table_name = person)]
    #[restless(methods(POST))]
    struct Person {
        id: i32,
        name: Option<String>,
    }

    let schema = "CREATE TABLE person (id INTEGER PRIMARY KEY, name TEXT, hidden_column TEXT NOT NULL)";
    let server = Server::start(schema, |services| {
        services.service(Person::api_scope());
    });
    let answer = server.post("/api/person", &json!({"data": {"type": "person", "attributes": {"name": "Ann"}}}));
    assert!(!answer.body.contains("hidden_column"), "{}", answer.body);
    answer.refuses(400, &[at_pointer(400, "Invalid value", "an attribute must not be null", "/data/attributes")]);
}
