//! `skip_serializing_if` of serde: the attribute is left out of what is shown.

use restless_actix::prelude::*;
use serde_json::{Value, json};

use crate::client::{Answer, JSON_API};
use crate::server::Server;

diesel::table! {
    note (id) {
        id -> Integer,
        title -> Nullable<Text>,
        stars -> Integer,
        text -> Nullable<Text>,
        parent_id -> Nullable<Integer>,
    }
}

#[derive(Restless)]
#[diesel(table_name = note)]
#[restless(methods(GET, POST, PATCH), allow_functions, belongs_to(parent: Self, foreign_key = parent_id))]
struct Note {
    id: i32,
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<String>,
    #[serde(skip_serializing_if = "is_zero")]
    stars: i32,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    text: Option<String>,
    parent_id: Option<i32>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands references")]
fn is_zero(number: &i32) -> bool {
    *number == 0
}

fn server() -> Server {
    let schema = "
        CREATE TABLE note (
            id INTEGER PRIMARY KEY, title TEXT, stars INTEGER NOT NULL, text TEXT, parent_id INTEGER REFERENCES note (id)
        );
        INSERT INTO note VALUES (1, NULL, 0, NULL, NULL);
        INSERT INTO note VALUES (2, NULL, 3, NULL, 1);
        INSERT INTO note VALUES (3, 'a', 0, 'b', 2);
        INSERT INTO note VALUES (4, 'c', 1, 'd', 2);
    ";
    Server::start(schema, |services| {
        services.service(Note::api_scope());
    })
}

fn classic(server: &Server, path: &str) -> Answer {
    server.request("GET", path).header("Accept", "application/json").send_to_anyone()
}

fn shown() -> [Value; 4] {
    [json!({}), json!({"stars": 3}), json!({"title": "a", "text": "b"}), json!({"title": "c", "stars": 1, "text": "d"})]
}

#[test]
fn leaves_out_what_the_function_says() {
    let server = server();
    for (index, expected) in shown().iter().enumerate() {
        let answer = server.get(&format!("/api/note/{}", index + 1));
        let attributes = answer.data().get("attributes").cloned().unwrap_or_else(|| json!({}));
        assert_eq!((answer.status, &attributes), (200, expected));
    }
    let all = server.get("/api/note?sort=id").json();
    for (index, expected) in shown().iter().enumerate() {
        let attributes = all["data"][index].get("attributes").cloned().unwrap_or_else(|| json!({}));
        assert_eq!(attributes, *expected);
    }
    let included = server.get("/api/note/3?include=parent").json();
    assert_eq!(included["included"][0]["attributes"], json!({"stars": 3}));
    assert_eq!(server.get("/api/note/3?fields[note]=stars,title").attributes(), json!({"title": "a"}));
}

#[test]
fn leaves_it_out_in_the_classic_format() {
    let server = server();
    let parent = json!({"id": 1, "parent_id": null});
    let expected = json!({"id": 2, "stars": 3, "parent_id": 1, "parent": parent});
    assert_eq!(classic(&server, "/api/note/2").json(), expected);
    let all = classic(&server, "/api/note").json();
    assert_eq!(all["objects"][0], json!({"id": 1, "parent_id": null, "parent": null}));
}

#[test]
fn says_nothing_about_searches_and_functions() {
    let server = server();
    assert_eq!(server.get("/api/note?filter[title][is_null]=true&sort=-stars").ids(), "2 1");
    let functions =
        "functions=[{%22name%22:%22min%22,%22field%22:%22stars%22},{%22name%22:%22max%22,%22field%22:%22title%22}]";
    let answer =
        server.request("GET", &format!("/api/eval/note?{functions}")).header("Accept", JSON_API).send_to_anyone();
    assert_eq!(answer.json(), json!({"data": [0, "c"]}));
}

#[test]
fn says_nothing_about_writes() {
    let server = server();
    let sent = json!({"data": {"type": "note", "attributes": {"title": null, "stars": 0}}});
    let answer = server.post("/api/note", &sent);
    assert_eq!(answer.status, 201, "{answer:#?}");
    assert_eq!(answer.data().get("attributes").cloned().unwrap_or_else(|| json!({})), json!({}));
    let sent = json!({"data": {"type": "note", "id": "4", "attributes": {"title": null}}});
    assert!(server.patch("/api/note/4", &sent).status < 300);
    assert_eq!(server.get("/api/note/4").attributes(), json!({"stars": 1, "text": "d"}));
    assert_eq!(server.line("SELECT stars AS value FROM note WHERE title IS NULL ORDER BY id"), "0 3 1 0");
}
