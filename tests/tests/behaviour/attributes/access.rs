//! `skip`, `read_only`, `write_only`, `create_only`.

use restless_actix::prelude::*;
use serde_json::{Value, json};

use crate::expected::{at_parameter, at_pointer, document, resource};
use crate::server::Server;

diesel::table! {
    member (id) {
        id -> Integer,
        name -> Text,
        password -> Text,
        created -> Integer,
        invitation -> Nullable<Text>,
        hash -> Nullable<Text>,
    }
}

#[derive(Restless)]
#[diesel(table_name = member)]
#[restless(methods(GET, POST, PATCH, DELETE))]
struct Member {
    id: i32,
    #[restless(create_only)]
    name: String,
    #[restless(write_only)]
    password: String,
    #[restless(read_only)]
    created: i32,
    #[restless(create_only, write_only)]
    invitation: Option<String>,
    #[restless(skip)]
    #[expect(dead_code, reason = "no code of the test reads it")]
    hash: Option<String>,
}

fn server() -> Server {
    let schema = "
        CREATE TABLE member (
            id INTEGER PRIMARY KEY, name TEXT NOT NULL, password TEXT NOT NULL, created INTEGER NOT NULL DEFAULT 7,
            invitation TEXT, hash TEXT DEFAULT 'h'
        );
        INSERT INTO member VALUES (1, 'Ann', 'secret', 5, 'code', 'h');
    ";
    Server::start(schema, |services| {
        services.service(Member::api_scope());
    })
}

fn update(attributes: &Value) -> Value {
    json!({"data": {"type": "member", "id": "1", "attributes": attributes}})
}

fn refusal(title: &str, name: &str, detail: &str) -> Value {
    at_pointer(403, title, &format!("{name}: {detail}"), &format!("/data/attributes/{name}"))
}

#[test]
fn decides_what_is_shown() {
    let ann = resource("member", "1", &json!({"name": "Ann", "created": 5}));
    server().get("/api/member/1").is(200, &document("/api/member/1", &ann));
}

#[test]
fn decides_what_can_be_created() {
    let server = server();
    let attributes = json!({"name": "Bob", "password": "pw", "invitation": "abc"});
    let bob = document("/api/member/2", &resource("member", "2", &json!({"name": "Bob", "created": 7})));
    server.post("/api/member", &json!({"data": {"type": "member", "attributes": attributes}})).is(201, &bob);
    assert_eq!(server.line("SELECT password || invitation || hash AS value FROM member WHERE id = 2"), "pwabch");

    let sent = json!({"data": {"type": "member", "attributes": {"name": "Cid", "password": "", "created": 1}}});
    server.post("/api/member", &sent).refuses(403, &[refusal("Read-only attribute", "created", "is read-only")]);
}

#[test]
fn decides_what_can_be_updated() {
    // W26
    let server = server();
    let ann = document("/api/member/1", &resource("member", "1", &json!({"name": "Ann", "created": 5})));
    server.patch("/api/member/1", &update(&json!({"password": "new"}))).is(200, &ann);
    assert_eq!(server.line("SELECT password AS value FROM member"), "new");

    let late = "can be set only when the resource is created";
    let sent = update(&json!({"created": 1, "invitation": "x", "name": "Zoe", "password": "newer"}));
    let errors = [
        refusal("Read-only attribute", "created", "is read-only"),
        refusal("Create-only attribute", "invitation", late),
        refusal("Create-only attribute", "name", late),
    ];
    server.patch("/api/member/1", &sent).refuses(403, &errors);
    assert_eq!(server.line("SELECT name || password || created AS value FROM member"), "Annnew5");
}

#[test]
fn hides_skipped_columns_in_every_direction() {
    let server = server();
    let unknown = at_pointer(400, "Unknown attribute", "\"member\" has no attribute \"hash\"", "/data/attributes/hash");
    server.patch("/api/member/1", &update(&json!({"hash": "x"}))).refuses(400, std::slice::from_ref(&unknown));
    let sent = json!({"data": {"type": "member", "attributes": {"name": "Bob", "password": "pw", "hash": "x"}}});
    server.post("/api/member", &sent).refuses(400, &[unknown]);
}

#[test]
fn hides_what_is_not_shown_from_the_query_too() {
    let server = server();
    for name in ["hash", "password", "invitation"] {
        let filter = format!("filter[{name}]");
        let detail = format!("{filter}: there is no attribute \"{name}\"");
        server.get(&format!("/api/member?{filter}=x")).refuses(400, &[at_parameter(&filter, &detail)]);
        let detail = format!("sort: there is no attribute \"{name}\"");
        server.get(&format!("/api/member?sort={name}")).refuses(400, &[at_parameter("sort", &detail)]);
        let detail = format!("fields[member]: there is no field \"{name}\"");
        let answer = server.get(&format!("/api/member?fields[member]={name}"));
        answer.refuses(400, &[at_parameter("fields[member]", &detail)]);
    }
}
