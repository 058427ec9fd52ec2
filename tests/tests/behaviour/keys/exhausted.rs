//! Keys that the database makes, beyond the last one that their type holds: nothing is written, and nobody else suffers.

use restless_actix::prelude::*;
use serde_json::{Value, json};

use crate::backends::{Backend, by_backend};
use crate::client::Answer;
use crate::expected::{document, error, resource};
use crate::server::Server;

diesel::table! {
    ticket (id) {
        id -> Integer,
        name -> Text,
    }
}

#[derive(Restless)]
#[diesel(table_name = ticket)]
#[restless(methods(GET, POST, PATCH, DELETE), allow_client_generated_ids)]
struct Ticket {
    id: i32,
    name: String,
}

fn server(key: &str) -> Server {
    Server::start(&format!("CREATE TABLE ticket (id {key}, name TEXT NOT NULL);"), |services| {
        services.service(Ticket::api_scope());
    })
}

fn ticket(id: Option<&str>) -> Value {
    let mut data = json!({"type": "ticket", "attributes": {"name": "x"}});
    if let Some(id) = id {
        data["id"] = json!(id);
    }
    json!({"data": data})
}

fn post_classic(server: &Server, body: &Value) -> Answer {
    let request = server.request("POST", "/api/ticket").header("Accept", "application/json");
    request.header("Content-Type", "application/json").body(body.to_string()).send_to_anyone()
}

const LAST: &str = "2147483647";

#[test]
fn are_a_conflict_after_the_last_one() {
    let server = server("INTEGER PRIMARY KEY");
    let last = resource("ticket", LAST, &json!({"name": "x"}));
    let path = format!("/api/ticket/{LAST}");
    server.post("/api/ticket", &ticket(Some(LAST))).is(201, &document(&path, &last));
    if Backend::current() == Backend::Postgres {
        // Ids that clients choose are nothing to the sequence.
        server.execute("ALTER TABLE ticket ALTER COLUMN id RESTART WITH 2147483647");
    }
    let answer = server.post("/api/ticket", &ticket(None));
    assert_eq!(answer.status, 409, "{answer:#?}");
    let answer = post_classic(&server, &json!({"name": "x"}));
    assert_eq!(answer.status, 400, "{answer:#?}");
    assert_eq!(server.line("SELECT id AS value FROM ticket"), LAST);
    // Ids that clients choose are free as before.
    let other = resource("ticket", "7", &json!({"name": "x"}));
    server.post("/api/ticket", &ticket(Some("7"))).is(201, &document("/api/ticket/7", &other));
    assert_eq!(server.get("/api/ticket").ids(), format!("7 {LAST}"));
}

/// A column that is wider than the type of its field, as SQLite's are; PostgreSQL tells the width with each value, so that
/// nothing at all can be read there.
fn wide() -> Option<Server> {
    by_backend(Some("INTEGER PRIMARY KEY"), None, Some("BIGINT AUTO_INCREMENT PRIMARY KEY")).map(|key| {
        let (server, beyond) =
            (server("INTEGER PRIMARY KEY"), "INSERT INTO ticket (id, name) VALUES (4294967297, 'y')");
        if Backend::current() == Backend::Mysql {
            server.execute(&format!("ALTER TABLE ticket MODIFY id {}", key.replace(" PRIMARY KEY", "")));
        }
        server.execute(beyond);
        server
    })
}

#[test]
fn are_never_shown_as_others() {
    let Some(server) = wide() else {
        return;
    };
    let detail = "id: the database holds a value that is not an integer between -2147483648 and 2147483647";
    let mut unreadable = error(500, "Unreadable value", detail);
    unreadable["code"] = json!("unreadable_value");
    server.get("/api/ticket").refuses(500, &[unreadable.clone()]);
    server.get("/api/ticket/1").refuses(404, &[crate::expected::no_such_resource("ticket", "1")]);
    server.get("/api/ticket/4294967297").refuses(404, &[crate::expected::no_such_resource("ticket", "4294967297")]);
    unreadable["status"] = json!("409");
    server.post("/api/ticket", &ticket(None)).refuses(409, &[unreadable]);
    let answer = post_classic(&server, &json!({"name": "x"}));
    assert_eq!((answer.status, answer.json()["message"].clone()), (400, json!(detail)), "{answer:#?}");
    assert_eq!(server.line("SELECT name AS value FROM ticket"), "y");
}

#[test]
fn take_no_other_writes_with_them() {
    let Some(server) = wide() else {
        return;
    };
    std::thread::scope(|scope| {
        for worker in 0..8 {
            let server = &server;
            scope.spawn(move || {
                for turn in 0..20 {
                    let id = (worker * 20 + turn + 1).to_string();
                    assert_eq!(server.post("/api/ticket", &ticket(Some(&id))).status, 201);
                    assert_eq!(server.post("/api/ticket", &ticket(None)).status, 409);
                }
            });
        }
    });
    assert_eq!(server.line("SELECT COUNT(*) AS value FROM ticket"), "161");
}
