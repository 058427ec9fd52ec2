//! Keys that are integers, of every width.

use restless_actix::prelude::*;
use serde_json::{Value, json};

use crate::backends::by_backend;
use crate::expected::{collection, document, invalid_value, no_such_resource, resource};
use crate::server::Server;

diesel::table! {
    small (id) {
        id -> SmallInt,
        name -> Text,
    }
}

diesel::table! {
    big (id) {
        id -> BigInt,
        name -> Text,
    }
}

#[derive(Restless)]
#[diesel(table_name = small)]
#[restless(methods(GET, POST, PATCH, DELETE), allow_client_generated_ids)]
struct Small {
    id: i16,
    name: String,
}

#[derive(Restless)]
#[diesel(table_name = big)]
#[restless(methods(GET, POST, PATCH, DELETE), allow_client_generated_ids)]
struct Big {
    id: i64,
    name: String,
}

fn server() -> Server {
    let (small, big) =
        by_backend(("INTEGER", "INTEGER"), ("SMALLINT", "BIGINT"), ("SMALLINT NOT NULL", "BIGINT NOT NULL"));
    let schema = format!(
        "CREATE TABLE small (id {small}, name TEXT NOT NULL, PRIMARY KEY (id));
         CREATE TABLE big (id {big}, name TEXT NOT NULL, PRIMARY KEY (id));"
    );
    Server::start(&schema, |services| {
        services.service(Small::api_scope()).service(Big::api_scope());
    })
}

fn with_id(type_name: &str, id: &str) -> Value {
    json!({"data": {"type": type_name, "id": id, "attributes": {"name": "x"}}})
}

#[test]
fn reach_both_ends_of_their_width() {
    // D11
    let server = server();
    let ends =
        [("small", "-32768"), ("small", "32767"), ("big", "-9223372036854775808"), ("big", "9223372036854775807")];
    for (type_name, id) in ends {
        let path = format!("/api/{type_name}/{id}");
        let expected = document(&path, &resource(type_name, id, &json!({"name": "x"})));
        let created = server.post(&format!("/api/{type_name}"), &with_id(type_name, id));
        created.is(201, &expected);
        assert_eq!(created.header("location"), Some(path.as_str()));
        server.get(&path).is(200, &expected);
        let filtered = server.get(&format!("/api/{type_name}?filter[id]={id}"));
        let data = resource(type_name, id, &json!({"name": "x"}));
        filtered.is(200, &collection(&format!("/api/{type_name}"), &format!("filter%5Bid%5D={id}"), &[data]));
        server.delete(&path).is_empty(204);
    }
}

#[test]
fn do_not_exist_beyond_them() {
    // F06
    let server = server();
    let beyond =
        [("small", "-32769"), ("small", "32768"), ("big", "-9223372036854775809"), ("big", "9223372036854775808")];
    for (type_name, id) in beyond {
        let path = format!("/api/{type_name}/{id}");
        let expected = [no_such_resource(type_name, id)];
        server.get(&path).refuses(404, &expected);
        server.delete(&path).refuses(404, &expected);
        server.patch(&path, &with_id(type_name, id)).refuses(404, &expected);
    }
}

#[test]
fn are_refused_beyond_them_when_a_client_chooses() {
    let server = server();
    let cases = [
        ("small", "32768", "id: expected an integer between -32768 and 32767, found \"32768\""),
        (
            "big",
            "9223372036854775808",
            "id: expected an integer between -9223372036854775808 and 9223372036854775807, found \"9223372036854775808\"",
        ),
        ("big", "seven", "id: expected an integer, found \"seven\""),
        ("big", "", "id: expected an integer, found \"\""),
    ];
    for (type_name, id, detail) in cases {
        let mut error = invalid_value("id", detail);
        error["source"]["pointer"] = json!("/data/id");
        server.post(&format!("/api/{type_name}"), &with_id(type_name, id)).refuses(400, &[error]);
    }
}
