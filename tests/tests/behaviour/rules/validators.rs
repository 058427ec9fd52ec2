//! Validation by crates that are made for it.

use diesel::prelude::*;
use restless_actix::prelude::*;
use serde_json::{Value, json};

use crate::expected::at_pointer;
use crate::server::Server;

diesel::table! {
    guest (id) {
        id -> Integer,
        name -> Text,
        age -> Nullable<Integer>,
    }
}

/// Checked with `validator`.
#[derive(Queryable, Selectable, Restless)]
#[diesel(table_name = guest)]
#[restless(methods(POST, PATCH), collection_name = "guest", validate = by_validator, processors(Names))]
pub struct Guest {
    pub id: i32,
    pub name: String,
    pub age: Option<i32>,
}

/// Checked with `garde`.
#[derive(Queryable, Selectable, Restless)]
#[diesel(table_name = guest)]
#[restless(methods(POST, PATCH), collection_name = "visitor", validate = by_garde)]
pub struct Visitor {
    pub id: i32,
    pub name: String,
    pub age: Option<i32>,
}

fn by_validator(changes: &Changes<Guest>) -> Result<(), ValidationErrors> {
    #[derive(validator::Validate)]
    struct Candidate {
        #[validate(length(min = 2, message = "must have two letters"))]
        name: Option<String>,
        #[validate(range(min = 0, max = 150))]
        age: Option<i32>,
    }
    let candidate =
        Candidate { name: changes.get(GuestFields::NAME).value(), age: changes.get(GuestFields::AGE).value() };
    Ok(validator::Validate::validate(&candidate)?)
}

fn by_garde(changes: &Changes<Visitor>) -> Result<(), ValidationErrors> {
    #[derive(garde::Validate)]
    struct Candidate {
        #[garde(inner(length(min = 2)))]
        name: Option<String>,
        #[garde(range(min = 0, max = 150))]
        age: Option<i32>,
    }
    let candidate =
        Candidate { name: changes.get(VisitorFields::NAME).value(), age: changes.get(VisitorFields::AGE).value() };
    Ok(garde::Validate::validate(&candidate)?)
}

/// A processor that finds the same by itself.
struct Names;

impl Processor<Guest> for Names {
    async fn before_post_resource(&self, context: &Context, _: &mut Changes<Guest>) -> Result<(), Error> {
        match context.header("x-refuse") {
            Some(_) => Err(ValidationErrors::new().with("name", "is taken").with("age", "is missing").into()),
            None => Ok(()),
        }
    }
}

const ROWS: &str = "CREATE TABLE guest (id INTEGER PRIMARY KEY, name TEXT NOT NULL, age INTEGER);";

fn server() -> Server {
    Server::start(ROWS, |services| {
        services.service(Guest::api_scope()).service(Visitor::api_scope());
    })
}

fn new(type_name: &str, name: &str, age: i32) -> Value {
    json!({"data": {"type": type_name, "attributes": {"name": name, "age": age}}})
}

fn invalid(name: &str, message: &str) -> Value {
    at_pointer(400, "Validation error", &format!("{name}: {message}"), &format!("/data/attributes/{name}"))
}

#[test]
fn say_what_validator_finds() {
    let server = server();
    let answer = server.post("/api/guest", &new("guest", "A", 151));
    answer.refuses(
        400,
        &[invalid("age", "does not satisfy the rule \"range\""), invalid("name", "must have two letters")],
    );
    assert_eq!(server.post("/api/guest", &new("guest", "Ann", 20)).status, 201);
}

#[test]
fn say_what_garde_finds() {
    let server = server();
    let answer = server.post("/api/visitor", &new("visitor", "A", 151));
    answer.refuses(400, &[invalid("age", "greater than 150"), invalid("name", "length is lower than 2")]);
    assert_eq!(server.post("/api/visitor", &new("visitor", "Ann", 20)).status, 201);
}

#[test]
fn may_be_told_by_processors() {
    let server = server();
    let answer = server.request("POST", "/api/guest").header("X-Refuse", "1").document(&new("guest", "Ann", 20)).send();
    answer.refuses(400, &[invalid("name", "is taken"), invalid("age", "is missing")]);
    assert_eq!(server.line("SELECT name AS value FROM guest"), "");
}

#[test]
fn may_be_other_ones_at_the_mount() {
    let server = Server::start(ROWS, |services| {
        let open = Guest::api().validate(|changes| match changes.get(GuestFields::AGE).value() {
            Some(age) if age < 18 => Err(ValidationErrors::new().with("age", "must be at least 18")),
            _ => Ok(()),
        });
        services.service(open.scope());
    });
    server.post("/api/guest", &new("guest", "A", 17)).refuses(400, &[invalid("age", "must be at least 18")]);
    assert_eq!(server.post("/api/guest", &new("guest", "A", 151)).status, 201);
}
