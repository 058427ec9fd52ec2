//! UUIDs in capitals, or without hyphens, are the same UUIDs.

use restless_actix::prelude::*;
use serde_json::{Value, json};

use super::{identifiers, send, take_out};
use crate::expected::{document, no_such_resource};
use crate::keys::uuid::Uuid;
use crate::server::Server;

diesel::table! {
    token (id) {
        id -> Binary,
        name -> Text,
        parent_id -> Nullable<Binary>,
    }
}

#[derive(Restless)]
#[diesel(table_name = token)]
#[restless(methods(GET, POST, PATCH, DELETE), allow_client_generated_ids)]
#[restless(allow_to_many_replacement, allow_delete_from_to_many_relationships)]
#[restless(belongs_to(parent: Token, foreign_key = parent_id))]
#[restless(has_many(children: Token, foreign_key = token::parent_id))]
struct Token {
    id: Uuid,
    name: String,
    parent_id: Option<Uuid>,
}

const FIRST: &str = "16fd2706-8baf-433b-82eb-8c7fada847da";
const SECOND: &str = "26fd2706-8baf-433b-82eb-8c7fada847db";
const THIRD: &str = "36fd2706-8baf-433b-82eb-8c7fada847dc";

fn server() -> Server {
    let server = Server::start(
        "CREATE TABLE token (id BLOB PRIMARY KEY NOT NULL, name TEXT NOT NULL, parent_id BLOB REFERENCES token (id))",
        |services| {
            services.service(Token::api_scope());
        },
    );
    for (id, name) in [(FIRST, "a"), (SECOND, "b"), (THIRD, "c")] {
        let sent = json!({"data": {"type": "token", "id": id, "attributes": {"name": name}}});
        assert_eq!(server.post("/api/token", &sent).status, 201);
    }
    server
}

fn capital(id: &str) -> String {
    id.to_uppercase()
}

/// Members in capitals, with one of them twice.
fn members(ids: &[&str]) -> Value {
    let spelt: Vec<String> = ids.iter().flat_map(|id| [capital(id), id.replace('-', "")]).collect();
    identifiers("token", &spelt.iter().map(String::as_str).collect::<Vec<_>>())
}

fn children(server: &Server) -> String {
    server.get(&format!("/api/token/{FIRST}/children")).ids()
}

#[test]
fn change_members() {
    let server = server();
    let path = format!("/api/token/{}/relationships/children", capital(FIRST));
    send(&server, "POST", &path, &members(&[SECOND, THIRD])).is_empty(204);
    assert_eq!(children(&server), format!("{SECOND} {THIRD}"));
    send(&server, "DELETE", &path, &members(&[SECOND])).is_empty(204);
    assert_eq!(children(&server), THIRD);
    send(&server, "PATCH", &path, &members(&[SECOND])).is_empty(204);
    assert_eq!(children(&server), SECOND);
    take_out(&server, &format!("/api/token/{}/children/{}", capital(FIRST), capital(SECOND)));
    assert_eq!(children(&server), "");
    let path = format!("/api/token/{}/relationships/parent", capital(SECOND));
    send(&server, "PATCH", &path, &json!({"type": "token", "id": capital(FIRST)})).is_empty(204);
    assert_eq!(children(&server), SECOND);
}

#[test]
fn are_updated_and_deleted() {
    let server = server();
    let path = format!("/api/token/{}", capital(FIRST));
    let data = json!({"type": "token", "id": FIRST, "attributes": {"name": "new"}});
    send(&server, "PATCH", &path, &data).is_empty(204);
    let data = json!({"type": "token", "id": capital(FIRST), "attributes": {"name": "newer"}});
    send(&server, "PATCH", &format!("/api/token/{FIRST}"), &data).is_empty(204);
    assert_eq!(server.get(&path).attributes()["name"], "newer");
    let data = json!({"type": "token", "id": capital(SECOND), "attributes": {"name": "none"}});
    assert_eq!(send(&server, "PATCH", &path, &data).status, 409);
    assert_eq!(server.delete(&path).status, 204);
    server.get(&path).refuses(404, &[no_such_resource("token", &capital(FIRST))]);
}

#[test]
fn are_members_at_creation() {
    let server = server();
    let id = "46fd2706-8baf-433b-82eb-8c7fada847dd";
    let sent = json!({"data": {"type": "token", "id": capital(id), "attributes": {"name": "d"}, "relationships": {
        "parent": {"data": {"type": "token", "id": capital(FIRST)}},
        "children": {"data": members(&[SECOND, THIRD])},
    }}});
    let created = server.post("/api/token", &sent);
    assert_eq!(created.status, 201, "{created:#?}");
    let path = format!("/api/token/{id}");
    created.is(201, &document(&path, &server.get(&path).data()));
    assert_eq!(created.data()["relationships"]["parent"]["data"]["id"], FIRST);
    assert_eq!(server.get(&format!("{path}/children")).ids(), format!("{SECOND} {THIRD}"));
}

#[test]
fn are_added_and_removed_in_the_classic_format() {
    let server = server();
    let patch = |object: &Value| {
        let request = server.request("PATCH", &format!("/api/token/{}", capital(FIRST)));
        let request = request.header("Accept", "application/json").header("Content-Type", "application/json");
        assert_eq!(request.body(object.to_string()).send_to_anyone().status, 200);
    };
    patch(&json!({"children": {"add": [{"id": capital(SECOND)}, {"id": SECOND}, {"id": capital(THIRD)}]}}));
    assert_eq!(children(&server), format!("{SECOND} {THIRD}"));
    patch(&json!({"children": {"remove": [{"id": capital(SECOND)}]}}));
    assert_eq!(children(&server), THIRD);
    patch(&json!({"children": [{"id": capital(SECOND)}], "parent_id": capital(THIRD)}));
    assert_eq!(children(&server), SECOND);
    assert_eq!(server.get(&format!("/api/token/{FIRST}/parent")).data()["id"], THIRD);
}
