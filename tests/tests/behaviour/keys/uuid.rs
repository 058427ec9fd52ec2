//! Keys that are UUIDs of a type that the application brings, since not every database has one.

mod sql;

use diesel::deserialize::FromSqlRow;
use diesel::expression::AsExpression;
use diesel::sql_types::{Binary, Text};
use restless_actix::prelude::*;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::expected::{at_pointer, collection, document, no_such_resource, resource};
use crate::server::Server;

/// A UUID, kept as text or as sixteen bytes.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, AsExpression, FromSqlRow)]
#[diesel(sql_type = Text)]
#[diesel(sql_type = Binary)]
pub struct Uuid(pub uuid::Uuid);

diesel::table! {
    written (id) {
        id -> Text,
        name -> Text,
    }
}

diesel::table! {
    packed (id) {
        id -> Binary,
        parent -> Nullable<Binary>,
    }
}

#[derive(Restless)]
#[diesel(table_name = written)]
#[restless(methods(GET, POST, PATCH, DELETE), allow_client_generated_ids)]
struct Written {
    #[restless(default = fresh)]
    id: Uuid,
    name: String,
}

#[derive(Restless)]
#[diesel(table_name = packed)]
#[restless(methods(GET, POST, PATCH, DELETE), allow_client_generated_ids)]
struct Packed {
    id: Uuid,
    parent: Option<Uuid>,
}

fn fresh() -> Uuid {
    Uuid(uuid::Uuid::new_v4())
}

const ID: &str = "6fa459ea-ee8a-3ca4-894e-db77e160355e";

fn server() -> Server {
    let schema = "
        CREATE TABLE written (id TEXT PRIMARY KEY NOT NULL, name TEXT NOT NULL);
        CREATE TABLE packed (id BLOB PRIMARY KEY NOT NULL, parent BLOB);
    ";
    Server::start(schema, |services| {
        services.service(Written::api_scope()).service(Packed::api_scope());
    })
}

#[test]
fn live_in_text_and_in_bytes() {
    let server = server();
    let cases = [
        ("written", json!({"name": "x"}), json!({"name": "y"})),
        ("packed", json!({"parent": ID}), json!({"parent": null})),
    ];
    for (type_name, attributes, others) in cases {
        let path = format!("/api/{type_name}/{ID}");
        let sent = |attributes: &Value| json!({"data": {"type": type_name, "id": ID, "attributes": attributes}});
        let created = server.post(&format!("/api/{type_name}"), &sent(&attributes));
        created.is(201, &document(&path, &resource(type_name, ID, &attributes)));
        assert_eq!(created.header("location"), Some(path.as_str()));
        let changed = resource(type_name, ID, &others);
        server.patch(&path, &sent(&others)).is(200, &document(&path, &changed));
        server.get(&path).is(200, &document(&path, &changed));
        let filtered = server.get(&format!("/api/{type_name}?filter[id]={ID}"));
        filtered.is(200, &collection(&format!("/api/{type_name}"), &format!("filter%5Bid%5D={ID}"), &[changed]));
        server.delete(&path).is_empty(204);
        server.get(&path).refuses(404, &[no_such_resource(type_name, ID)]);
    }
    assert_eq!(server.line("SELECT count(*) || '' AS value FROM packed"), "0");
}

#[test]
fn are_made_by_a_default_of_the_application() {
    let server = server();
    let created = server.post("/api/written", &json!({"data": {"type": "written", "attributes": {"name": "x"}}}));
    let id = created.data()["id"].as_str().expect("an id").to_owned();
    assert!(uuid::Uuid::parse_str(&id).is_ok_and(|id| id.get_version_num() == 4), "{id}");
    created.is(201, &document(&format!("/api/written/{id}"), &resource("written", &id, &json!({"name": "x"}))));
    assert_eq!(server.line("SELECT id AS value FROM written"), id);
}

#[test]
fn do_not_exist_when_malformed() {
    // F06
    let server = server();
    for id in ["1", "6fa459ea", "6fa459ea-ee8a-3ca4-894e-db77e160355g", "zz"] {
        for type_name in ["written", "packed"] {
            server.get(&format!("/api/{type_name}/{id}")).refuses(404, &[no_such_resource(type_name, id)]);
        }
    }
}

#[test]
fn are_refused_when_a_client_chooses_what_is_none() {
    // W07
    let answer =
        server().post("/api/written", &json!({"data": {"type": "written", "id": "7", "attributes": {"name": "x"}}}));
    let found = answer.json();
    let detail = found["errors"][0]["detail"].as_str().expect("a detail");
    assert!(detail.starts_with("id: "), "{detail}");
    answer.refuses(400, &[at_pointer(400, "Invalid value", detail, "/data/id")]);
}
