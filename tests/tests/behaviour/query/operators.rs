//! The operators of filters: by all their names, as filter objects and in brackets, and the types that they suit.

use serde_json::{Value, json};

use super::{ask, encode, newsroom};
use crate::expected::at_parameter;

/// An operator by all of its names; an attribute, a value and whom they find.
struct Operator {
    names: &'static str,
    attribute: &'static str,
    value: Value,
    found: &'static str,
}

fn operator(names: &'static str, attribute: &'static str, value: impl Into<Value>, found: &'static str) -> Operator {
    Operator { names, attribute, value: value.into(), found }
}

fn operators() -> Vec<Operator> {
    vec![
        operator("== eq equals equals_to equal_to", "age", 30, "1 4"),
        operator("!= <> ne neq not_equal_to does_not_equal", "age", 30, "3 5 6"),
        operator("> gt", "age", 25, "1 4 5"),
        operator("< lt", "age", 25, "3"),
        operator(">= ge gte geq", "age", 25, "1 4 5 6"),
        operator("<= le lte leq", "age", 25, "3 6"),
        operator("in", "age", [20, 41].as_slice(), "3 5"),
        operator("not_in", "age", [20, 41].as_slice(), "1 4 6"),
        operator("between", "age", [20, 30].as_slice(), "1 3 4 6"),
        operator("is_null", "age", true, "2"),
        operator("is_not_null", "age", true, "1 3 4 5 6"),
        operator("like", "name", "_e_", "4"),
        operator("not_like", "name", "%e%", "1 2 6"),
        operator("ilike", "name", "%EE", "4"),
        operator("not_ilike", "name", "%E%", "1 2 6"),
        operator("contains", "name", "e", "3 4 5"),
        operator("starts_with", "name", "E", "5"),
        operator("ends_with", "name", "e", "4 5"),
        operator("== eq", "name", "Eve", "5"),
        operator("> gt", "name", "Cleo", "4 5 6"),
        operator("between", "name", ["B", "D"].as_slice(), "2 3"),
        operator("== eq", "height", 1.75, "1 4"),
        operator(">= ge", "height", 1.75, "1 4 5"),
        operator("in", "height", [2, 9].as_slice(), "5"),
        operator("== eq", "active", false, "2 5"),
        operator("!= ne", "active", false, "1 4"),
        operator("in", "active", [true, false].as_slice(), "1 2 4 5"),
        operator("== eq", "born", "1990-02-28", "1"),
        operator("between", "born", ["1990-02-28", "1990-03-01"].as_slice(), "1 4"),
        operator("in", "born", ["1990-02-28", "2004-12-31"].as_slice(), "1 3"),
        operator("< lt", "seen", "2024-02-29T13:37:01", "1 3"),
        operator("== eq", "id", 4, "4"),
        operator("> gt", "id", 4, "5 6"),
        operator("not_in", "id", [1, 2, 3, 4].as_slice(), "5 6"),
    ]
}

#[test]
fn are_known_by_every_name() {
    let server = newsroom::server();
    for operator in operators() {
        for name in operator.names.split(' ') {
            let objects = json!([{"name": operator.attribute, "op": name, "val": operator.value}]);
            assert_eq!(ask(&server, "person", &objects).ids(), operator.found, "{objects}");
        }
    }
}

#[test]
fn stand_in_brackets_too() {
    let server = newsroom::server();
    for operator in operators() {
        let value = match &operator.value {
            Value::String(text) => text.clone(),
            Value::Array(items) => items.iter().map(shown).collect::<Vec<_>>().join(","),
            other => other.to_string(),
        };
        for name in operator.names.split(' ') {
            let query = format!("filter[{}][{}]={}", operator.attribute, encode(name), encode(&value));
            assert_eq!(server.get(&format!("/api/person?{query}")).ids(), operator.found, "{query}");
        }
    }
}

fn shown(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// Operators for texts, those for what has an order, and those for everything.
const OF_TEXT: &str = "like ilike not_like not_ilike contains starts_with ends_with";
const OF_ORDER: &str = "gt ge lt le between";
const OF_EVERYTHING: &str = "eq ne in not_in is_null is_not_null";
const OF_POSTGRES: &str = "<< <<= >> >>= && @> <@ !@> !<@ to_tsquery plainto_tsquery";

#[test]
fn suit_some_types_and_not_others() {
    let cases = [
        ("name", json!("Ann"), [OF_TEXT, OF_ORDER].join(" "), "a string"),
        ("age", json!(1), OF_ORDER.to_owned(), "an integer"),
        ("id", json!(1), OF_ORDER.to_owned(), "an integer"),
        ("height", json!(1), OF_ORDER.to_owned(), "a number"),
        ("born", json!("2024-02-29"), OF_ORDER.to_owned(), "a date such as \"2024-02-29\""),
        ("seen", json!("2024-02-29T13:37:00"), OF_ORDER.to_owned(), "a timestamp such as \"2024-02-29T13:37:00\""),
        ("active", json!(true), String::new(), "true or false"),
    ];
    let server = newsroom::server();
    for (attribute, value, own, noun) in cases {
        for name in [OF_TEXT, OF_ORDER, OF_EVERYTHING].join(" ").split(' ') {
            let value = if matches!(name, "in" | "not_in" | "between") { json!([value, value]) } else { value.clone() };
            let objects = json!([{"name": attribute, "op": name, "val": value}]);
            let answer = ask(&server, "person", &objects);
            if OF_EVERYTHING.split(' ').chain(own.split(' ')).any(|suiting| suiting == name) {
                assert_eq!(answer.status, 200, "{answer:#?}");
                continue;
            }
            let detail =
                format!("filter[objects]: /0: this operator does not suit the attribute, whose value is {noun}");
            answer.refuses(400, &[at_parameter("filter[objects]", &detail)]);
        }
    }
}

#[test]
fn of_postgres_suit_no_usual_type() {
    let server = newsroom::server();
    for name in OF_POSTGRES.split(' ') {
        for attribute in ["age", "height", "born", "seen", "active", "id"] {
            let answer = ask(&server, "person", &json!([{"name": attribute, "op": name, "val": "x"}]));
            assert_eq!(answer.status, 400, "{answer:#?}");
            assert_eq!(answer.json()["errors"][0]["source"]["parameter"], "filter[objects]");
        }
    }
}
