//! `allow_functions`: it changes nothing about the collection itself.

use restless_actix::prelude::*;

use crate::expected::{collection, resource};
use crate::server::Server;

diesel::table! {
    reading (id) {
        id -> Integer,
        value -> Integer,
    }
}

#[derive(Restless)]
#[diesel(table_name = reading)]
#[restless(allow_functions)]
struct Reading {
    id: i32,
    value: i32,
}

#[test]
fn leave_the_collection_as_it_is() {
    let schema =
        "CREATE TABLE reading (id INTEGER PRIMARY KEY, value INTEGER NOT NULL); INSERT INTO reading VALUES (1, 5)";
    let server = Server::start(schema, |services| {
        services.service(Reading::api_scope());
    });
    let reading = resource("reading", "1", &serde_json::json!({"value": 5}));
    server.get("/api/reading").is(200, &collection("/api/reading", "", &[reading]));
}
