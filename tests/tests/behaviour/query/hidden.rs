//! What a client may not read: nothing that it can ask tells the value, or that there is such a field.

use actix_web::web::ServiceConfig;
use restless_actix::prelude::*;
use serde_json::{Value, json};

use super::encode;
use crate::client::Answer;
use crate::server::Server;

diesel::table! {
    account (id) {
        id -> Integer,
        name -> Text,
        secret -> Nullable<Text>,
        hash -> Nullable<Text>,
        code -> Nullable<Integer>,
        owner_id -> Nullable<Integer>,
        note -> Nullable<Text>,
    }
}

/// One field is on no wire, one is only written, one can be written once; the foreign key belongs to a relationship. One
/// is shown, but no client may ask for it.
#[derive(Restless)]
#[diesel(table_name = account)]
#[restless(methods(GET, POST), belongs_to(owner: Self, foreign_key = owner_id))]
#[restless(has_many(owned: Account, foreign_key = account::owner_id))]
struct Account {
    id: i32,
    name: String,
    #[restless(skip)]
    #[expect(dead_code, reason = "no code of the test reads it")]
    secret: Option<String>,
    #[restless(write_only)]
    hash: Option<String>,
    #[restless(write_only, create_only)]
    code: Option<i32>,
    owner_id: Option<i32>,
    #[restless(no_filter)]
    note: Option<String>,
}

/// The fields that are hidden.
const HIDDEN: [&str; 4] = ["secret", "hash", "code", "owner_id"];

/// A name of the same length that no table has.
fn unknown(hidden: &str) -> String {
    "q".repeat(hidden.len())
}

fn mount(services: &mut ServiceConfig) {
    services.service(Api::new("/api").resource(Account::api()).scope());
}

fn server(secret: &str) -> Server {
    let schema = format!(
        "CREATE TABLE account (
            id INTEGER PRIMARY KEY, name TEXT NOT NULL, secret TEXT, hash TEXT, code INTEGER, owner_id INTEGER,
            note TEXT
        );
        INSERT INTO account VALUES
            (1, 'Ann', '{secret}', '{secret}', 4711, NULL, 'n'), (2, 'Bob', '{secret}', '{secret}', 4711, 1, 'o');"
    );
    Server::start(&schema, mount)
}

/// Every way to ask for a field by its name.
fn questions(name: &str) -> Vec<String> {
    let mut questions = Vec::new();
    for (path, over) in [("account", ""), ("account", "owner."), ("account", "owned."), ("account", "owner.owned.")] {
        let value = json!("4711");
        for operator in ["eq", "ne", "like", "gt", "contains", "starts_with", "is_null", "is_not_null", "in", "between"]
        {
            let text = if operator.starts_with("is_") { "true" } else { "4711" };
            questions.push(format!("{path}?filter[{over}{name}][{operator}]={text}"));
            let value = if matches!(operator, "in" | "between") { json!(["4711", "5"]) } else { value.clone() };
            let object = json!({"name": format!("{over}{name}"), "op": operator, "val": value});
            questions.extend(objects(&object).into_iter().map(|objects| format!("{path}?{objects}")));
        }
        questions.push(format!("{path}?filter[{over}{name}]=4711"));
        questions.push(format!("{path}?filter[{over}{name}]=4711,4712"));
        let dunder = format!("{over}{name}").replace('.', "__");
        questions.extend(
            objects(&json!({"name": dunder, "op": "has", "val": "4711"}))
                .into_iter()
                .map(|objects| format!("{path}?{objects}")),
        );
        for field in
            [json!({"name": "name", "op": "eq", "field": name}), json!({"name": name, "op": "eq", "field": "name"})]
        {
            questions.extend(objects(&field).into_iter().map(|objects| format!("{path}?{objects}")));
        }
        questions.push(format!("{path}?sort={over}{name}"));
        questions.push(format!("{path}?sort=-{over}{name},name&ignorecase=1"));
    }
    for path in ["account", "account/1", "account/1/owned", "account/2/owner", "account/1/relationships/owned"] {
        questions.push(format!("{path}?include={name}"));
        questions.push(format!("{path}?include=owner.{name}"));
        questions.push(format!("{path}?fields[account]={name}"));
        questions.push(format!("{path}?fields[account]=name,{name}&include=owner"));
    }
    questions.push(format!("account/1/{name}"));
    questions.push(format!("account/1/relationships/{name}"));
    questions
}

/// An object at every place that an object can stand.
fn objects(object: &Value) -> Vec<String> {
    let places = [
        json!([object]),
        json!([{"not": object}]),
        json!([{"or": [{"and": [object]}, {"and": []}]}]),
        json!([{"name": "owner", "op": "has", "val": object}]),
        json!([{"name": "owned", "op": "any", "val": {"name": "owner", "op": "has", "val": {"not": object}}}]),
    ];
    places.iter().map(|objects| format!("filter[objects]={}", encode(&objects.to_string()))).collect()
}

/// An answer with the name taken out, so that answers about different names can be compared.
fn without(answer: &Answer, name: &str) -> (u16, String) {
    (answer.status, answer.body.replace(name, "…"))
}

#[test]
fn fields_are_as_unknown_as_those_that_do_not_exist() {
    let server = server("4711");
    for hidden in HIDDEN {
        let unknown = unknown(hidden);
        for (about, other) in questions(hidden).into_iter().zip(questions(&unknown)) {
            let (found, expected) = (server.get(&format!("/api/{about}")), server.get(&format!("/api/{other}")));
            assert!(found.status == 400 || found.status == 404, "{found:#?}");
            assert_eq!(without(&found, hidden), without(&expected, &unknown), "{about}");
        }
    }
}

#[test]
fn values_are_in_no_answer() {
    let (one, other) = (server("4711"), server("secret"));
    for path in ["account", "account/1", "account?include=owner,owned", "account?sort=name", "account/1/owned"] {
        let (found, expected) = (one.get(&format!("/api/{path}")), other.get(&format!("/api/{path}")));
        assert_eq!(found.body, expected.body, "{path}");
        assert!(HIDDEN.iter().all(|name| !found.body.contains(&format!("{name:?}"))), "{}", found.body);
    }
}

#[test]
fn values_that_are_shown_may_still_not_be_filtered_by() {
    let server = server("4711");
    let shown: Vec<_> =
        (1..=2).map(|id| server.get(&format!("/api/account/{id}")).attributes()["note"].clone()).collect();
    assert_eq!(shown, ["n", "o"]);
    // Only a relationship is asked by `has`.
    let is_by_name = |question: &String| question.contains("filter") && !question.contains("note%22,%22op%22%3A%22has");
    for question in questions("note").into_iter().filter(is_by_name) {
        let answer = server.get(&format!("/api/{question}"));
        assert_eq!(answer.status, 400, "{answer:#?}");
        assert!(answer.body.contains("cannot be filtered by"), "{answer:#?}");
    }
    assert_eq!(server.get("/api/account?sort=-note&fields[account]=note").ids(), "2 1");
}
