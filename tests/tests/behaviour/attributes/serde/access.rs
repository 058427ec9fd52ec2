//! `skip`, `skip_serializing` and `skip_deserializing` of serde, beside what `#[restless]` says.

use restless_actix::prelude::*;
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::expected::at_pointer;
use crate::server::Server;

diesel::table! {
    member (id) {
        id -> Integer,
        shown -> Integer,
        sent -> Integer,
        once -> Integer,
        locked -> Integer,
        team_id -> Nullable<Integer>,
        room_id -> Nullable<Integer>,
    }
}

/// What `#[restless]` says goes first; a foreign key is hidden, and its relationship, which `#[restless]` names, is not.
#[derive(Serialize, Deserialize, Restless)]
#[diesel(table_name = member, belongs_to(Member, foreign_key = room_id))]
#[restless(methods(GET, POST, PATCH), belongs_to(team: Self, foreign_key = team_id), belongs_to(room: Member))]
struct Member {
    #[serde(skip_deserializing)]
    id: i32,
    #[serde(skip)]
    #[restless(read_only)]
    shown: i32,
    #[serde(skip_deserializing)]
    #[restless(write_only)]
    sent: i32,
    #[serde(skip)]
    #[restless(create_only)]
    once: i32,
    #[serde(skip_deserializing)]
    locked: i32,
    #[serde(skip)]
    #[expect(dead_code, reason = "no code of the test reads it")]
    team_id: Option<i32>,
    #[serde(skip)]
    #[expect(dead_code, reason = "no code of the test reads it")]
    room_id: Option<i32>,
}

/// A key that serde does not know is shown where `#[restless]` says so.
#[derive(Restless)]
#[diesel(table_name = member)]
#[restless(methods(GET), collection_name = "guest")]
struct Guest {
    #[serde(skip)]
    #[restless(read_only)]
    id: i32,
    shown: i32,
}

fn server() -> Server {
    let schema = "
        CREATE TABLE member (
            id INTEGER PRIMARY KEY, shown INTEGER NOT NULL DEFAULT 5, sent INTEGER NOT NULL, once INTEGER NOT NULL,
            locked INTEGER NOT NULL DEFAULT 6, team_id INTEGER REFERENCES member (id), room_id INTEGER REFERENCES member (id)
        );
        INSERT INTO member VALUES (1, 1, 2, 3, 4, NULL, NULL);
        INSERT INTO member VALUES (2, 1, 2, 3, 4, 1, 1);
    ";
    Server::start(schema, |services| {
        services.service(Member::api_scope()).service(Guest::api_scope());
    })
}

#[test]
fn is_what_restless_says_else_what_serde_says() {
    let server = server();
    assert_eq!(server.get("/api/member/1").attributes(), json!({"shown": 1, "locked": 4}));
    let sent = json!({"data": {"type": "member", "attributes": {"sent": 7, "once": 8}}});
    let answer = server.post("/api/member", &sent);
    assert_eq!((answer.status, answer.attributes()), (201, json!({"shown": 5, "locked": 6})), "{answer:#?}");
    assert_eq!(server.line("SELECT sent AS value FROM member WHERE id = 3"), "7");
    assert_eq!(server.line("SELECT once AS value FROM member WHERE id = 3"), "8");

    let sent = json!({"data": {"type": "member", "id": "1", "attributes": {"locked": 1, "once": 1, "shown": 1}}});
    let refusal = |title: &str, name: &str, detail: &str| {
        at_pointer(403, title, &format!("{name}: {detail}"), &format!("/data/attributes/{name}"))
    };
    let errors = [
        refusal("Read-only attribute", "locked", "is read-only"),
        refusal("Create-only attribute", "once", "can be set only when the resource is created"),
        refusal("Read-only attribute", "shown", "is read-only"),
    ];
    server.patch("/api/member/1", &sent).refuses(403, &errors);
    assert_eq!(server.get("/api/member?filter[once]=3").status, 400);
}

#[test]
fn hides_a_foreign_key_and_not_the_relationship_that_restless_names() {
    let server = server();
    let member = server.get("/api/member/2?include=team,room").json();
    assert_eq!(member["data"]["attributes"], json!({"shown": 1, "locked": 4}));
    for relation in ["team", "room"] {
        assert_eq!(member["data"]["relationships"][relation]["data"], json!({"type": "member", "id": "1"}));
    }
    let classic = server.request("GET", "/api/member/2").header("Accept", "application/json").send_to_anyone().json();
    assert_eq!((&classic["team"]["id"], classic.get("team_id"), classic.get("room_id")), (&json!(1), None, None));
    let unknown = server.get("/api/member?filter[team_id]=1");
    assert_eq!(unknown.status, 400, "{unknown:#?}");
}

#[test]
fn keeps_a_key_that_restless_shows() {
    let server = server();
    assert_eq!(server.get("/api/guest/1").data()["id"], "1");
    assert_eq!(server.get("/api/guest/1").attributes(), json!({"shown": 1}));
}
