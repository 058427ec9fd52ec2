//! `validation_status`: what says that a value in a body is not valid.

use restless_actix::prelude::*;
use serde_json::{Value, json};

use crate::client::Answer;
use crate::expected::at_pointer;
use crate::server::Server;

diesel::table! {
    member (id) {
        id -> Integer,
        name -> Text,
        age -> Nullable<Integer>,
        team_id -> Integer,
    }
}

diesel::table! {
    team (id) {
        id -> Integer,
    }
}

#[derive(diesel::Queryable, diesel::Selectable, Restless)]
#[diesel(table_name = member)]
#[restless(methods(GET, POST, PATCH), validation_status = 422, validate = check)]
#[restless(belongs_to(team: Team, foreign_key = team_id), processors(Names))]
struct Member {
    id: i32,
    name: String,
    age: Option<i32>,
    team_id: i32,
}

#[derive(diesel::Queryable, diesel::Selectable, Restless)]
#[diesel(table_name = team)]
struct Team {
    id: i32,
}

fn check(changes: &Changes<Member>) -> Result<(), ValidationErrors> {
    match changes.get(MemberFields::AGE).value() {
        Some(age) if age < 18 => Err(ValidationErrors::new().with("age", "must be at least 18")),
        _ => Ok(()),
    }
}

/// Finds something wrong by itself.
struct Names;

impl Processor<Member> for Names {
    async fn before_patch_resource(
        &self,
        context: &Context,
        _: &mut String,
        _: &mut Changes<Member>,
    ) -> Result<(), Error> {
        match context.header("x-refuse") {
            Some(_) => Err(ValidationErrors::new().with("name", "is taken").into()),
            None => Ok(()),
        }
    }
}

const TABLES: &str = "
    CREATE TABLE team (id INTEGER PRIMARY KEY);
    CREATE TABLE member (
        id INTEGER PRIMARY KEY, name VARCHAR(20) NOT NULL, age INTEGER, team_id INTEGER NOT NULL REFERENCES team (id)
    );
    INSERT INTO team (id) VALUES (1);
    INSERT INTO member (id, name, age, team_id) VALUES (1, 'Ann', 20, 1);
";

fn server(change: fn(ResourceApi<Member>) -> ResourceApi<Member>) -> Server {
    Server::start(TABLES, move |services| {
        services.service(Api::new("/api").resource(change(Member::api())).resource(Team::api()).scope());
    })
}

fn patch(attributes: &Value) -> Value {
    json!({"data": {"type": "member", "id": "1", "attributes": attributes}})
}

fn classic(server: &Server, method: &str, path: &str, body: &Value) -> Answer {
    let request = server.request(method, path).header("Accept", "application/json");
    request.header("Content-Type", "application/json").body(body.to_string()).send_to_anyone()
}

/// Bodies with a value that is not valid, what is wrong with them, and where.
fn invalid() -> [(Value, &'static str, &'static str, &'static str); 4] {
    let age = "/data/attributes/age";
    [
        (json!({"age": 17}), "Validation error", "age: must be at least 18", age),
        (json!({"age": "x"}), "Invalid value", "age: expected an integer, found \"x\"", age),
        (
            json!({"age": 3_000_000_000_u32}),
            "Invalid value",
            "age: expected an integer between -2147483648 and 2147483647, found 3000000000",
            age,
        ),
        (json!({"name": null}), "Invalid value", "name: expected a string, found null", "/data/attributes/name"),
    ]
}

#[test]
fn is_that_of_every_value_that_is_not_valid() {
    let server = server(|members| members);
    for (attributes, title, detail, pointer) in invalid() {
        let answer = server.patch("/api/member/1", &patch(&attributes));
        answer.refuses(422, &[at_pointer(422, title, detail, pointer)]);
        let answer = classic(&server, "PATCH", "/api/member/1", &attributes);
        let (name, message) = detail.split_once(": ").expect("a name");
        assert_eq!((answer.status, answer.json()), (422, json!({"validation_errors": {name: message}})));
    }
    // The database finds something missing.
    let nameless = json!({"data": {
        "type": "member", "attributes": {"age": 20}, "relationships": {"team": {"data": {"type": "team", "id": "1"}}},
    }});
    let error = at_pointer(422, "Invalid value", "name: must not be null", "/data/attributes");
    server.post("/api/member", &nameless).refuses(422, &[error]);
    let answer = classic(&server, "POST", "/api/member", &json!({"age": 20, "team_id": 1}));
    assert_eq!((answer.status, answer.json()), (422, json!({"message": "name: must not be null"})));
    let nobody =
        json!({"data": {"type": "member", "attributes": {"name": "Bob"}, "relationships": {"team": {"data": null}}}});
    let error = at_pointer(422, "Invalid value", "team: must not be null", "/data/relationships/team/data");
    server.post("/api/member", &nobody).refuses(422, &[error]);
}

#[test]
fn is_that_of_all_together() {
    let server = server(|members| members.limits(Limits { errors: 1, ..Limits::default() }));
    let answer = server.patch("/api/member/1", &patch(&json!({"age": "x", "name": 7})));
    let more = json!({
        "status": "422", "title": "More errors", "detail": "there are more errors: an answer tells 1 at most",
        "meta": {"maxErrors": 1},
    });
    answer.refuses(
        422,
        &[at_pointer(422, "Invalid value", "age: expected an integer, found \"x\"", "/data/attributes/age"), more],
    );
    let answer = classic(&server, "PATCH", "/api/member/1", &json!({"age": "x", "name": 7}));
    assert_eq!(answer.status, 422, "{answer:#?}");
}

#[test]
fn is_that_of_what_processors_find() {
    let server = server(|members| members);
    let request = server.request("PATCH", "/api/member/1").header("X-Refuse", "1");
    let answer = request.document(&patch(&json!({"name": "Bob"}))).send();
    let error = &answer.json()["errors"][0];
    assert_eq!((answer.status, &error["status"], &error["detail"]), (422, &json!("422"), &json!("name: is taken")));
}

#[test]
fn is_not_that_of_other_mistakes() {
    let server = server(|members| members);
    let detail = "\"member\" has no attribute \"nope\"";
    let unknown = at_pointer(400, "Unknown attribute", detail, "/data/attributes/nope");
    server.patch("/api/member/1", &patch(&json!({"nope": 1}))).refuses(400, std::slice::from_ref(&unknown));
    let both = server.patch("/api/member/1", &patch(&json!({"nope": 1, "age": "x"})));
    let invalid = at_pointer(422, "Invalid value", "age: expected an integer, found \"x\"", "/data/attributes/age");
    both.refuses(400, &[invalid, unknown]);
    assert_eq!(server.request("PATCH", "/api/member/1").document(&json!([])).send().status, 400);
    assert_eq!(server.get("/api/member?filter[age]=x").status, 400);
    assert_eq!(server.patch("/api/member/9", &patch(&json!({"age": 20}))).status, 404);
}

#[test]
fn may_be_said_at_the_mount() {
    let server = server(|members| members.validation_status(400));
    for (attributes, title, detail, pointer) in invalid() {
        let answer = server.patch("/api/member/1", &patch(&attributes));
        answer.refuses(400, &[at_pointer(400, title, detail, pointer)]);
        assert_eq!(classic(&server, "PATCH", "/api/member/1", &attributes).status, 400);
    }
}
