//! `default = path`.

use restless_actix::prelude::*;
use serde_json::{Value, json};

use crate::expected::{document, resource};
use crate::server::Server;

diesel::table! {
    ticket (id) {
        id -> Integer,
        state -> Text,
        priority -> Nullable<Integer>,
        token -> Text,
    }
}

diesel::table! {
    voucher (code) {
        code -> Text,
        value -> Integer,
    }
}

/// Its key is an attribute too.
#[derive(Restless)]
#[diesel(table_name = voucher, primary_key(code))]
#[restless(methods(GET, POST))]
struct Voucher {
    #[restless(default = code)]
    code: String,
    value: i32,
}

fn code() -> String {
    "c0".to_owned()
}

#[derive(Restless)]
#[diesel(table_name = ticket)]
#[restless(methods(GET, POST, PATCH))]
struct Ticket {
    id: i32,
    #[restless(default = open)]
    state: String,
    #[restless(default = defaults::normal)]
    priority: Option<i32>,
    #[restless(read_only, default = token)]
    token: String,
}

fn open() -> String {
    "open".to_owned()
}

fn token() -> String {
    "t0".to_owned()
}

mod defaults {
    #[expect(clippy::unnecessary_wraps, reason = "a default has the type of its field")]
    pub fn normal() -> Option<i32> {
        Some(3)
    }
}

fn create(server: &Server, attributes: &Value) -> Value {
    let answer = server.post("/api/ticket", &json!({"data": {"type": "ticket", "attributes": attributes}}));
    assert_eq!(answer.status, 201, "{answer:#?}");
    answer.attributes()
}

fn server() -> Server {
    let schema = "
        CREATE TABLE ticket (
            id INTEGER PRIMARY KEY, state TEXT NOT NULL DEFAULT 'database', priority INTEGER DEFAULT 9, token TEXT NOT NULL
        );
        CREATE TABLE voucher (code TEXT PRIMARY KEY NOT NULL, value INTEGER NOT NULL);
    ";
    Server::start(schema, |services| {
        services.service(Ticket::api_scope()).service(Voucher::api_scope());
    })
}

#[test]
fn is_what_the_client_leaves_out() {
    let server = server();
    assert_eq!(create(&server, &json!({})), json!({"state": "open", "priority": 3, "token": "t0"}));
    assert_eq!(create(&server, &json!({"state": "done"})), json!({"state": "done", "priority": 3, "token": "t0"}));
}

#[test]
fn gives_way_to_null() {
    assert_eq!(
        create(&server(), &json!({"priority": null})),
        json!({"state": "open", "priority": null, "token": "t0"})
    );
}

#[test]
fn does_not_come_back_in_an_update() {
    let server = server();
    create(&server, &json!({"state": "done", "priority": 1}));
    let sent = json!({"data": {"type": "ticket", "id": "1", "attributes": {"priority": 2}}});
    let expected = resource("ticket", "1", &json!({"state": "done", "priority": 2, "token": "t0"}));
    server.patch("/api/ticket/1", &sent).is(200, &document("/api/ticket/1", &expected));
}

#[test]
fn makes_a_key_that_is_an_attribute_as_well() {
    let server = server();
    for (sent, code) in [(json!({"value": 5}), "c0"), (json!({"value": 6, "code": "c1"}), "c1")] {
        let answer = server.post("/api/voucher", &json!({"data": {"type": "voucher", "attributes": sent}}));
        assert_eq!((answer.status, &answer.json()["data"]["id"]), (201, &json!(code)), "{answer:#?}");
    }
}
