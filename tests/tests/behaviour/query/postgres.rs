//! What PostgreSQL alone can compare: networks, arrays, JSON documents and texts by their words.

use diesel::connection::SimpleConnection as _;
use restless_actix::prelude::*;
use serde_json::{Value, json};

use super::{ask, encode};
use crate::backends::Backend;
use crate::expected::at_parameter;
use crate::server::Server;
use crate::values::postgres::types::Network;

diesel::table! {
    sample (id) {
        id -> Integer,
        address -> Nullable<Inet>,
        network -> Nullable<Cidr>,
        numbers -> Nullable<Array<Integer>>,
        texts -> Nullable<Array<Text>>,
        doc -> Nullable<Jsonb>,
        plain -> Nullable<Json>,
        body -> Nullable<Text>,
        parent_id -> Nullable<Integer>,
    }
}

#[derive(Restless)]
#[diesel(table_name = sample, check_for_backend(diesel::pg::Pg))]
#[restless(belongs_to(parent: Self, foreign_key = parent_id))]
#[restless(has_many(children: Sample, foreign_key = sample::parent_id))]
struct Sample {
    id: i32,
    address: Option<Network>,
    network: Option<Network>,
    numbers: Option<Vec<i32>>,
    texts: Option<Vec<String>>,
    doc: Option<Value>,
    plain: Option<Value>,
    body: Option<String>,
}

const SCHEMA: &str = r#"
    CREATE TABLE sample (
        id int PRIMARY KEY, address inet, network cidr, numbers int[], texts text[], doc jsonb, plain json, body text,
        parent_id int
    );
    INSERT INTO sample VALUES
        (1, '10.0.0.1', '10.0.0.0/8', '{1,2,3}', '{a,b}', '{"a": 1, "b": [1, 2]}', '{"a": 1}', 'quick brown fox', NULL),
        (2, '10.1.0.0/16', '10.1.0.0/16', '{3,4}', '{}', '[1, 2, 3]', NULL, 'lazy dog', 1),
        (3, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 1),
        (4, '192.168.0.1', '192.168.0.0/24', '{}', '{c}', '"a"', '[1]', 'quick dog', 2);
"#;

/// A server on PostgreSQL; `None` where the suite runs on another.
fn server() -> Option<Server> {
    if Backend::current() != Backend::Postgres {
        return None;
    }
    let server = Server::start("CREATE TABLE unused (id INTEGER PRIMARY KEY)", |services| {
        services.service(Sample::api_scope());
    });
    server.connection().batch_execute(SCHEMA).expect("a valid schema");
    Some(server)
}

#[track_caller]
fn find(cases: &[(&str, &str, Value, &str)]) {
    let Some(server) = server() else { return };
    for (name, operator, value, ids) in cases {
        let object = json!({"name": name, "op": operator, "val": value});
        assert_eq!(ask(&server, "sample", &json!([object])).ids(), *ids, "{object}");
        let written = value.as_str().filter(|_| *name != "doc").map_or_else(|| value.to_string(), str::to_owned);
        let path = format!("/api/sample?filter[{name}][{}]={}", encode(operator), encode(&written));
        assert_eq!(server.get(&path).ids(), *ids, "{path}");
    }
}

#[test]
fn are_networks_within_one_another() {
    find(&[
        ("network", "<<", json!("10.0.0.0/8"), "2"),
        ("network", "<<=", json!("10.0.0.0/8"), "1 2"),
        ("network", ">>", json!("10.1.0.0/16"), "1"),
        ("network", ">>=", json!("10.1.0.0/16"), "1 2"),
        ("network", "&&", json!("10.1.2.0/24"), "1 2"),
        ("network", "<>", json!("10.0.0.0/8"), "2 4"),
        ("network", "eq", json!("192.168.0.0/24"), "4"),
        ("address", "<<", json!("10.0.0.0/8"), "1 2"),
        ("address", "<<=", json!("192.168.0.1/32"), "4"),
        ("address", ">>", json!("10.1.2.3/32"), "2"),
        ("parent.network", "<<", json!("10.0.0.0/8"), "4"),
        ("children.network", "<<", json!("10.0.0.0/8"), "1"),
    ]);
}

#[test]
fn are_arrays_within_one_another() {
    find(&[
        ("numbers", "@>", json!([1, 2]), "1"),
        ("numbers", "@>", json!([]), "1 2 4"),
        ("numbers", "<@", json!([1, 2, 3, 4]), "1 2 4"),
        ("numbers", "&&", json!([2, 4]), "1 2"),
        ("numbers", "&&", json!([]), ""),
        ("numbers", "!@>", json!([3]), "4"),
        ("numbers", "!<@", json!([3, 4]), "1"),
        ("numbers", "eq", json!([3, 4]), "2"),
        ("texts", "@>", json!(["a"]), "1"),
        ("texts", "&&", json!(["c", "b"]), "1 4"),
        ("parent.texts", "@>", json!(["b"]), "2 3"),
    ]);
}

#[test]
fn are_documents_within_one_another() {
    find(&[
        ("doc", "@>", json!({"a": 1}), "1"),
        ("doc", "@>", json!({"b": [2]}), "1"),
        ("doc", "@>", json!([3, 1]), "2"),
        ("doc", "@>", json!("a"), "4"),
        ("doc", "@>", json!({}), "1"),
        ("doc", "<@", json!({"a": 1, "b": [1, 2], "c": 3}), "1"),
        ("doc", "!@>", json!({"a": 1}), "2 4"),
        ("doc", "!<@", json!([1, 2, 3]), "1 4"),
    ]);
}

#[test]
fn are_texts_by_their_words() {
    find(&[
        ("body", "to_tsquery", json!("quick"), "1 4"),
        ("body", "to_tsquery", json!("quick & !dog"), "1"),
        ("body", "to_tsquery", json!("fox | lazy"), "1 2"),
        ("body", "to_tsquery", json!("la:*"), "2"),
        ("body", "plainto_tsquery", json!("quick dog"), "4"),
        ("body", "plainto_tsquery", json!("dog & ! ' \\"), "2 4"),
        ("body", "plainto_tsquery", json!(""), ""),
        ("children.body", "plainto_tsquery", json!("dog"), "1 2"),
    ]);
    let Some(server) = server() else { return };
    let path = format!("/api/sample?filter[body][to_tsquery]={}", encode("quick & dog"));
    assert_eq!(server.get(&path).ids(), "4");
}

#[test]
fn refuse_what_does_not_fit() {
    let Some(server) = server() else { return };
    let unsuitable = |noun: &str| format!("this operator does not suit the attribute, whose value is {noun}");
    let cases = [
        ("plain", "@>", json!({"a": 1}), unsuitable("a JSON value")),
        ("doc", "&&", json!([1]), unsuitable("a JSON value")),
        ("doc", "eq", json!({"a": 1}), unsuitable("a JSON value")),
        ("body", "@>", json!("x"), unsuitable("a string")),
        ("numbers", "<<", json!([1]), unsuitable("an array")),
        ("numbers", "in", json!([[1]]), unsuitable("an array")),
        ("network", "@>", json!("10.0.0.0/8"), unsuitable("a network such as \"192.168.0.0/24\"")),
        ("network", "like", json!("10%"), unsuitable("a network such as \"192.168.0.0/24\"")),
        ("id", "to_tsquery", json!("x"), unsuitable("an integer")),
        ("network", "<<", json!("x"), "expected a network such as \"192.168.0.0/24\", found \"x\"".to_owned()),
        ("numbers", "@>", json!("x"), "expected an array, found \"x\"".to_owned()),
        ("numbers", "@>", json!(["x"]), "item 1: expected an integer, found \"x\"".to_owned()),
        ("body", "to_tsquery", json!(1), "expected a string, found 1".to_owned()),
        (
            "body",
            "plainto_tsquery",
            json!("a\0"),
            "a text cannot have the character U+0000 in this database".to_owned(),
        ),
    ];
    for (name, operator, value, detail) in cases {
        let objects = json!([{"name": name, "op": operator, "val": value}]);
        let detail = format!("filter[objects]: /0: {detail}");
        ask(&server, "sample", &objects).refuses(400, &[at_parameter("filter[objects]", &detail)]);
    }
    let objects = json!([{"name": "network", "op": "<<", "field": "address"}]);
    let detail = "filter[objects]: /0: the two attributes cannot be compared with one another";
    ask(&server, "sample", &objects).refuses(400, &[at_parameter("filter[objects]", detail)]);
}

#[test]
fn refuse_questions_that_are_malformed() {
    let Some(server) = server() else { return };
    for question in ["quick dog", "&", "a &", "(a", "!", "'", ":*", "a <99999> b", "a <-> "] {
        let answer = ask(&server, "sample", &json!([{"name": "body", "op": "to_tsquery", "val": question}]));
        let detail = "filter[objects]: the database cannot work with this value";
        answer.refuses(400, &[at_parameter("filter[objects]", detail)]);
    }
}
