//! People, their computers, and tags with keys of their own; what the tests of the format have in common.

use diesel::prelude::*;
use restless_actix::prelude::*;
use serde_json::{Value, json};

use crate::client::{Answer, Request};
use crate::conformance;
use crate::server::Server;

diesel::table! {
    person (id) {
        id -> Integer,
        name -> Text,
        age -> Nullable<Integer>,
    }
}

diesel::table! {
    computer (id) {
        id -> Integer,
        name -> Text,
        vendor -> Nullable<Text>,
        owner_id -> Nullable<Integer>,
    }
}

diesel::table! {
    tag (name) {
        name -> Text,
        color -> Nullable<Text>,
    }
}

diesel::table! {
    computer_tag (computer_id, tag_name) {
        computer_id -> Integer,
        tag_name -> Text,
    }
}

#[derive(Queryable, Selectable, Restless)]
#[diesel(table_name = person)]
#[restless(
    methods(GET, POST, PATCH, PUT, DELETE),
    default_format = "classic",
    allow_patch_many,
    allow_delete_many,
    computed(is_minor),
    validate = check,
    has_many(computers: Computer, foreign_key = computer::owner_id)
)]
pub struct Person {
    pub id: i32,
    pub name: String,
    pub age: Option<i32>,
}

impl Person {
    fn is_minor(&self) -> Option<bool> {
        self.age.map(|age| age < 18)
    }
}

fn check(changes: &Changes<Person>) -> Result<(), ValidationErrors> {
    match changes.get(PersonFields::AGE).value() {
        Some(age) if age > 150 => Err(ValidationErrors::new().with("age", "must be 150 at most")),
        _ => Ok(()),
    }
}

#[derive(Queryable, Selectable, Restless)]
#[diesel(table_name = computer)]
#[restless(
    methods(GET, POST, PATCH, DELETE),
    default_format = "classic",
    belongs_to(owner: Person, foreign_key = owner_id),
    many_to_many(tags: Tag, through = computer_tag, foreign_key = computer_id, target_key = tag_name)
)]
pub struct Computer {
    pub id: i32,
    pub name: String,
    pub vendor: Option<String>,
    pub owner_id: Option<i32>,
}

#[derive(Queryable, Selectable, Restless)]
#[diesel(table_name = tag, primary_key(name))]
pub struct Tag {
    pub name: String,
    pub color: Option<String>,
}

pub const TABLES: &str = "
    CREATE TABLE person (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, age INTEGER);
    CREATE TABLE computer (
        id INTEGER PRIMARY KEY, name TEXT NOT NULL, vendor TEXT, owner_id INTEGER REFERENCES person (id) ON DELETE SET NULL);
    CREATE TABLE tag (name TEXT PRIMARY KEY NOT NULL, color TEXT);
    CREATE TABLE computer_tag (
        computer_id INTEGER NOT NULL REFERENCES computer (id) ON DELETE CASCADE,
        tag_name TEXT NOT NULL REFERENCES tag (name), PRIMARY KEY (computer_id, tag_name));
";

pub const ROWS: &str = "
    INSERT INTO person (id, name, age) VALUES (1, 'Ada', 36), (2, 'Bob', 12), (3, 'Cyd', NULL);
    INSERT INTO computer (id, name, vendor, owner_id) VALUES
        (1, 'c1', 'foo', 1), (2, 'c2', 'bar', 1), (3, 'c3', 'bar', 2), (4, 'c4', NULL, NULL);
    INSERT INTO tag (name, color) VALUES ('old', 'grey'), ('new', NULL);
    INSERT INTO computer_tag (computer_id, tag_name) VALUES (1, 'old'), (1, 'new'), (2, 'old');
";

/// All three, in the classic format unless the client says otherwise.
pub fn shop() -> Server {
    with(|api| api)
}

/// The same, with other settings.
pub fn with(change: fn(Api) -> Api) -> Server {
    Server::start(&format!("{TABLES}{ROWS}"), move |services| {
        let api = Api::new("/api").resource(Person::api()).resource(Computer::api());
        services.service(change(api).scope());
    })
}

/// Sends a request, and checks of the answer what is true of every answer in the format.
#[track_caller]
fn checked(request: Request<'_>) -> Answer {
    let answer = request.send_to_anyone();
    conformance::check_classic(&answer);
    answer
}

#[track_caller]
pub fn get(server: &Server, path: &str) -> Answer {
    checked(server.request("GET", path))
}

/// A search in the query string.
#[track_caller]
pub fn search(server: &Server, path: &str, q: &Value) -> Answer {
    get(server, &format!("{path}?q={}", encode(&q.to_string())))
}

pub fn encode(text: &str) -> String {
    text.bytes()
        .map(|byte| if byte.is_ascii_alphanumeric() { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect()
}

#[track_caller]
pub fn send(server: &Server, method: &str, path: &str, body: &Value) -> Answer {
    checked(server.request(method, path).header("Content-Type", "application/json").body(body.to_string()))
}

#[track_caller]
pub fn delete(server: &Server, path: &str) -> Answer {
    checked(server.request("DELETE", path))
}

/// A computer within its owner.
pub fn computer(id: i32, vendor: Option<&str>, owner: Option<i32>) -> Value {
    json!({"id": id, "name": format!("c{id}"), "vendor": vendor, "owner_id": owner})
}

/// The ids of a list, with spaces between them.
#[track_caller]
pub fn ids(answer: &Answer) -> String {
    assert_eq!(answer.status, 200, "{answer:#?}");
    let list = answer.json();
    let objects = list["objects"].as_array().expect("a list").iter();
    objects.map(|object| object["id"].to_string()).collect::<Vec<_>>().join(" ")
}

/// The message of a refusal, which has nothing else.
#[track_caller]
pub fn message(answer: &Answer, status: u16) -> String {
    assert_eq!(answer.status, status, "{answer:#?}");
    let body = answer.json();
    assert_eq!(body.as_object().map(serde_json::Map::len), Some(1), "{body}");
    body["message"].as_str().expect("a message").to_owned()
}
