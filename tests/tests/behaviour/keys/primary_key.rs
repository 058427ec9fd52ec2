//! Keys that are not called `id`.

use restless_actix::prelude::*;
use serde_json::{Value, json};

use crate::expected::{at_parameter, collection, document, no_such_resource, resource};
use crate::server::Server;

diesel::table! {
    account (serial) {
        serial -> BigInt,
        username -> Text,
        email -> Nullable<Text>,
    }
}

/// Known to clients by a column that is not the table's primary key.
#[derive(Restless)]
#[diesel(table_name = account, primary_key(serial))]
#[restless(methods(GET, POST, PATCH, DELETE), primary_key = username, allow_client_generated_ids)]
struct Account {
    #[restless(skip)]
    #[expect(dead_code, reason = "no code of the test reads it")]
    serial: i64,
    username: String,
    email: Option<String>,
}

/// The same table by the key that Diesel names.
#[derive(Restless)]
#[diesel(table_name = account, primary_key(serial))]
#[restless(methods(GET, POST), collection_name = "serials")]
struct BySerial {
    serial: i64,
    username: String,
}

fn server() -> Server {
    let schema = "
        CREATE TABLE account (serial INTEGER /*BIGINT*/ PRIMARY KEY, username TEXT NOT NULL UNIQUE, email TEXT);
        INSERT INTO account (serial, username, email) VALUES (7, 'mary', 'mary@example.com');
    ";
    Server::start(schema, |services| {
        services.service(Account::api_scope()).service(BySerial::api_scope());
    })
}

fn mary() -> Value {
    resource("account", "mary", &json!({"username": "mary", "email": "mary@example.com"}))
}

#[test]
fn that_are_null_are_left_to_the_database() {
    let server = server();
    let attributes = json!({"serial": null, "username": "bob"});
    let created = server.post("/api/serials", &json!({"data": {"type": "serials", "attributes": attributes}}));
    assert_eq!((created.status, &created.data()["id"]), (201, &json!("8")), "{created:#?}");
    let request = server.request("POST", "/api/serials").header("Accept", "application/json");
    let request = request.header("Content-Type", "application/json");
    let created = request.body(json!({"serial": null, "username": "cid"}).to_string()).send_to_anyone();
    created.is(201, &json!({"serial": 9, "username": "cid"}));
}

#[test]
fn stand_in_urls_and_ids() {
    let server = server();
    server.get("/api/account/mary").is(200, &document("/api/account/mary", &mary()));
    server.get("/api/account/7").refuses(404, &[no_such_resource("account", "7")]);
    let serial = resource("serials", "7", &json!({"serial": 7, "username": "mary"}));
    server.get("/api/serials/7").is(200, &document("/api/serials/7", &serial));
}

#[test]
fn are_sorted_and_filtered_by_either_name() {
    let server = server();
    for name in ["id", "username"] {
        let answer = server.get(&format!("/api/account?filter[{name}]=mary"));
        answer.is(200, &collection("/api/account", &format!("filter%5B{name}%5D=mary"), &[mary()]));
        assert_eq!(server.get(&format!("/api/account?sort=-{name}")).ids(), "mary");
    }
    let detail = "filter[serial]: there is no attribute \"serial\"";
    server.get("/api/account?filter[serial]=7").refuses(400, &[at_parameter("filter[serial]", detail)]);
}

#[test]
fn are_chosen_by_the_client_or_by_the_database() {
    let server = server();
    let sent = json!({"data": {"type": "account", "id": "ann", "attributes": {"email": null}}});
    let ann = resource("account", "ann", &json!({"username": "ann", "email": null}));
    server.post("/api/account", &sent).is(201, &document("/api/account/ann", &ann));

    let sent = json!({"data": {"type": "serials", "attributes": {"username": "bob"}}});
    let bob = resource("serials", "9", &json!({"serial": 9, "username": "bob"}));
    server.post("/api/serials", &sent).is(201, &document("/api/serials/9", &bob));
}

#[test]
fn find_the_row_to_change() {
    let server = server();
    let sent = json!({"data": {"type": "account", "id": "mary", "attributes": {"email": null}}});
    server.patch("/api/account/mary", &sent).tells_what_is_read_from(&server);
    assert_eq!(server.line("SELECT email AS value FROM account"), "null");
    server.delete("/api/account/mary").is_empty(204);
    assert_eq!(server.line("SELECT username AS value FROM account"), "");
}
