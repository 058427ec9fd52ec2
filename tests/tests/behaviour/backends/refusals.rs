//! What a server's refusal means is told by its SQLSTATE or its number. Its words may be anybody's.

use restless_actix::prelude::*;
use serde_json::{Value, json};

use super::{Backend, Place, skipped};
use crate::client::Answer;
use crate::server::{Server, Setup};

diesel::table! {
    complaint (id) {
        id -> Integer,
        state -> Text,
        words -> Text,
    }
}

/// What a trigger refuses, with the SQLSTATE or number and the words that it has.
#[derive(Restless)]
#[diesel(table_name = complaint)]
#[restless(methods(GET, POST))]
struct Complaint {
    id: i32,
    state: String,
    words: String,
}

const COMPLAINTS: &str = "CREATE TABLE complaint (id INTEGER PRIMARY KEY, state TEXT NOT NULL, words TEXT NOT NULL);";

/// What the servers say in cases that have nothing to do with a trigger.
const WORDS: [&str; 20] = [
    "column \"x\" does not exist",
    "relation \"complaint\" does not exist",
    "connection refused",
    "deadlock detected",
    "could not serialize access due to concurrent update",
    "duplicate key value violates unique constraint \"complaint_pkey\"",
    "canceling statement due to lock timeout",
    "canceling statement due to user request",
    "terminating connection due to administrator command",
    "cached plan must not change result type",
    "integer out of range",
    "syntax error in tsquery: \"a &\"",
    "cannot execute INSERT in a read-only transaction",
    "Table 'restless.complaint' doesn't exist",
    "Lock wait timeout exceeded; try restarting transaction",
    "Duplicate entry 'x' for key 'words'",
    "Data too long for column 'words' at row 1",
    "Lost connection to MySQL server during query",
    "Query execution was interrupted",
    "database is locked",
];

const OF_POSTGRES: &str = "CREATE FUNCTION complain() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION USING MESSAGE = NEW.words, ERRCODE = NEW.state; END $$;
    CREATE TRIGGER complain BEFORE INSERT ON complaint FOR EACH ROW EXECUTE FUNCTION complain()";

/// SQLSTATEs, and what becomes of them: a status, a title, and whether it says that it is worth another attempt.
const STATES: [(&str, u16, &str, bool); 20] = [
    ("P0001", 409, "Conflict", false),
    ("P0004", 409, "Conflict", false),
    ("ABCDE", 409, "Conflict", false),
    ("42501", 409, "Conflict", false),
    ("23505", 409, "Duplicate value", false),
    ("23P01", 409, "Duplicate value", false),
    ("23503", 404, "Missing resource", false),
    ("23502", 400, "Invalid value", false),
    ("23514", 400, "Invalid value", false),
    ("22003", 400, "Invalid value", false),
    ("22P02", 400, "Invalid value", false),
    ("40001", 409, "Concurrent change", true),
    ("40P01", 409, "Concurrent change", true),
    ("55P03", 409, "Concurrent change", true),
    ("25006", 503, "Service Unavailable", false),
    ("57014", 503, "Service Unavailable", false),
    ("08006", 503, "Service Unavailable", false),
    ("57P01", 503, "Service Unavailable", false),
    ("42P01", 500, "Internal Server Error", false),
    ("XX000", 500, "Internal Server Error", false),
];

/// The same of MySQL and MariaDB: SQLSTATEs with the number that `SIGNAL` has for them, and numbers.
const SIGNALS: [(&str, &str, (u16, &str, bool)); 21] = [
    ("45000", "", (409, "Conflict", false)),
    ("ABCDE", "", (409, "Conflict", false)),
    ("42501", "", (409, "Conflict", false)),
    ("40001", "", (409, "Concurrent change", true)),
    ("25006", "", (503, "Service Unavailable", false)),
    ("22003", "", (400, "Invalid value", false)),
    ("08S01", "", (503, "Service Unavailable", false)),
    ("45000", "1062", (409, "Duplicate value", false)),
    ("45000", "1452", (404, "Missing resource", false)),
    ("45000", "1048", (400, "Invalid value", false)),
    ("45000", "1364", (400, "Invalid value", false)),
    ("45000", "1406", (400, "Invalid value", false)),
    ("45000", "1264", (400, "Invalid value", false)),
    ("45000", "3819", (400, "Invalid value", false)),
    ("45000", "4025", (400, "Invalid value", false)),
    ("45000", "1205", (409, "Concurrent change", true)),
    ("45000", "1213", (409, "Concurrent change", true)),
    ("45000", "1317", (503, "Service Unavailable", false)),
    ("45000", "1969", (503, "Service Unavailable", false)),
    ("45000", "1290", (503, "Service Unavailable", false)),
    ("42S02", "1146", (500, "Internal Server Error", false)),
];

/// A trigger with one branch for each signal, which takes nothing but literals there.
fn of_mysql() -> String {
    let branches = SIGNALS.map(|(state, number, _)| {
        let set = if number.is_empty() { String::new() } else { format!(", MYSQL_ERRNO = {number}") };
        format!(
            "IF NEW.state = '{state}{number}' THEN SIGNAL SQLSTATE '{state}' SET MESSAGE_TEXT = words{set}; END IF;"
        )
    });
    format!(
        "CREATE TRIGGER complain BEFORE INSERT ON complaint FOR EACH ROW
            BEGIN DECLARE words TEXT DEFAULT NEW.words; {} END",
        branches.join(" ")
    )
}

fn server(backend: Backend, trigger: &str) -> Option<Server> {
    let Some(url) = backend.find() else {
        skipped(&format!("a {backend} server at {}", backend.url()));
        return None;
    };
    let server = Setup::new(COMPLAINTS).start_in(Place::on(backend, &url), |services| {
        services.service(Complaint::api_scope());
    });
    diesel::connection::SimpleConnection::batch_execute(&mut server.connection(), trigger).expect("a trigger");
    Some(server)
}

fn complain(server: &Server, state: &str, words: &str) -> Answer {
    let attributes = json!({"state": state, "words": words});
    server.post("/api/complaint", &json!({"data": {"type": "complaint", "attributes": attributes}}))
}

#[track_caller]
fn is_told(server: &Server, (state, words): (&str, &str), (status, title, retry): (u16, &str, bool)) {
    let answer = complain(server, state, words);
    let error = answer.json()["errors"][0].clone();
    let hint = if retry { json!({"retry": true}) } else { Value::Null };
    assert_eq!((answer.status, &error["title"]), (status, &json!(title)), "{state} {words}: {answer:#?}");
    assert_eq!(error["meta"], hint, "{state} {words}: {answer:#?}");
    assert!(!answer.body.contains(words), "{state} {words}: {answer:#?}");
}

/// Those that are tried again take their time, so that they have only some of the words.
fn words(retry: bool) -> impl Iterator<Item = &'static str> {
    WORDS.into_iter().step_by(if retry { 7 } else { 1 })
}

#[test]
fn of_triggers_mean_on_postgres_what_their_sqlstate_says() {
    let Some(server) = server(Backend::Postgres, OF_POSTGRES) else {
        return;
    };
    for (state, status, title, retry) in STATES {
        words(retry).for_each(|words| is_told(&server, (state, words), (status, title, retry)));
    }
    assert_eq!(server.get("/api/complaint").ids(), "");
}

#[test]
fn of_triggers_mean_on_mysql_what_their_sqlstate_or_number_says() {
    let Some(server) = server(Backend::Mysql, &of_mysql()) else {
        return;
    };
    for (state, number, told) in SIGNALS {
        words(told.2).for_each(|words| is_told(&server, (&format!("{state}{number}"), words), told));
    }
    assert_eq!(server.get("/api/complaint").ids(), "");
}

/// A connection on which a trigger has claimed that it is gone goes on as before.
#[test]
fn of_triggers_leave_the_connection_as_it_is() {
    let Some(server) = server(Backend::Postgres, OF_POSTGRES) else {
        return;
    };
    for state in ["08006", "57P01", "26000"] {
        assert_eq!(complain(&server, state, "terminating connection").status, 503, "{state}");
        assert_eq!(server.get("/api/complaint").status, 200, "{state}");
    }
    let own = json!({"data": {"type": "complaint", "attributes": {"state": "P0001", "words": "it is mine"}}});
    let refusal = crate::expected::error(409, "Conflict", "the database refuses the change");
    server.post("/api/complaint", &own).refuses(409, &[refusal]);
}
