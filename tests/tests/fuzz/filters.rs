//! `filter[objects]` and the forms in brackets.

use std::time::Duration;

use fastrand::Rng;
use serde_json::{Value, json};

use crate::get;
use crate::target::run;
use crate::text::{any_json, attribute_path, encoded, fitting, name, one_of, path, shown, torn};

/// Every operator, and some that are none.
const OPERATORS: [&str; 40] = [
    "==",
    "eq",
    "!=",
    "ne",
    "<>",
    ">",
    "gt",
    "<",
    "lt",
    ">=",
    "ge",
    "<=",
    "le",
    "like",
    "ilike",
    "not_like",
    "not_ilike",
    "in",
    "not_in",
    "between",
    "is_null",
    "is_not_null",
    "contains",
    "starts_with",
    "ends_with",
    "has",
    "any",
    "<<",
    "<<=",
    ">>",
    ">>=",
    "&&",
    "@>",
    "<@",
    "!@>",
    "!<@",
    "to_tsquery",
    "plainto_tsquery",
    "bogus",
    "",
];

const COLLECTIONS: [&str; 7] = [
    "/person",
    "/person",
    "/person",
    "/article",
    "/person/1/reports",
    "/person/1/relationships/articles",
    "/tag/1/articles",
];

/// A filter object, or something like one.
pub fn object(random: &mut Rng, depth: usize) -> Value {
    let list = |random: &mut Rng| (0..random.usize(..4)).map(|_| object(random, depth + 1)).collect::<Value>();
    let most = if depth < 5 { 16 } else { 6 };
    match random.u8(..most) {
        6 => json!({"and": list(random)}),
        7 => json!({"or": list(random)}),
        8 => json!({"not": object(random, depth + 1)}),
        9 | 10 => {
            let relationship = one_of(random, &["boss", "reports", "articles", "profile", "author", "tags", "person"]);
            json!({"name": relationship, "op": one_of(random, &["has", "any"]), "val": object(random, depth + 1)})
        }
        0 => any_json(random, 0),
        1 => json!({"name": path(random), "op": one_of(random, &OPERATORS), "field": name(random)}),
        2 => json!({"name": path(random), "op": one_of(random, &["is_null", "is_not_null"])}),
        3 => {
            json!({"name": name(random), "op": one_of(random, &["in", "not_in", "between"]), "val": list_of_values(random)})
        }
        4 => json!({"name": path(random), "op": one_of(random, &OPERATORS), "val": any_json(random, 2)}),
        _ => test(random),
    }
}

/// A test that most often makes sense.
fn test(random: &mut Rng) -> Value {
    let separator = one_of(random, &[".", "__"]);
    let (name, attribute) = attribute_path(random, separator);
    let operator = one_of(random, &OPERATORS);
    let value = match operator {
        "in" | "not_in" => (0..random.usize(..4)).map(|_| fitting(random, attribute)).collect(),
        "between" => (0..2).map(|_| fitting(random, attribute)).collect(),
        _ => fitting(random, attribute),
    };
    json!({"name": name, "op": operator, "val": value})
}

fn list_of_values(random: &mut Rng) -> Value {
    let length = if random.u8(..60) == 0 { random.usize(..1500) } else { random.usize(..4) };
    let same = any_json(random, 3);
    (0..length).map(|_| if random.bool() { same.clone() } else { any_json(random, 3) }).collect()
}

#[test]
fn filter_objects() {
    run(|random| {
        let objects: Value = match random.u8(..100) {
            0 => any_json(random, 0),
            1 => vec![object(random, 8); random.usize(..300)].into(),
            2 => (0..random.usize(..300)).fold(object(random, 9), |inner, _| json!({"not": inner})),
            _ => (0..random.usize(..4)).map(|_| object(random, 0)).collect(),
        };
        let text = torn(random, objects.to_string());
        let query = format!("filter[objects]={}", encoded(random, &text));
        get(one_of(random, &COLLECTIONS), query)
    });
}

#[test]
fn filters_in_brackets() {
    run(|random| {
        let parameters = (0..random.usize(1..4)).map(|_| {
            let (path_there, attribute) = attribute_path(random, ".");
            let name = match random.u8(..10) {
                0 => format!("filter[{}][{}][{}]", path(random), name(random), name(random)),
                1 => format!("filter[{}]", path(random)),
                2 => "filter[single]".to_owned(),
                3 => format!("filter[{}][{}]", path(random), one_of(random, &OPERATORS)),
                4..8 => format!("filter[{path_there}]"),
                _ => format!("filter[{path_there}][{}]", one_of(random, &OPERATORS)),
            };
            let values = (0..one_of(random, &[1, 1, 1, 2, 3])).map(|_| shown(&fitting(random, attribute)));
            let value = values.collect::<Vec<_>>().join(",");
            let (name, value) = (torn(random, name), torn(random, value));
            format!("{}={}", encoded(random, &name), encoded(random, &value))
        });
        let query = parameters.collect::<Vec<_>>().join("&");
        get(one_of(random, &COLLECTIONS), query)
    });
}

/// What an input of that size may cost without optimisation and beside others: with it, it is milliseconds.
fn costs(size: usize) -> Duration {
    Duration::from_millis(500) + Duration::from_micros(6) * u32::try_from(size).expect("a size")
}

/// As large as actix-web lets through, and as large as another server might.
#[test]
fn filters_as_large_as_a_server_takes() {
    for size in [64_000, 1_000_000] {
        are_refused_at_once(size);
    }
}

fn are_refused_at_once(size: usize) {
    let many = |text: &str| vec![text; size / (text.len() + 1)].join(",");
    let test = r#"{"name":"age","op":"eq","val":1}"#;
    let inputs = [
        format!("filter[objects]=[{}]", many(test)),
        format!("filter[objects]=[{}]", many(r#"{"or":[]}"#)),
        format!(r#"filter[objects]=[{{"or":[{}]}}]"#, many(test)),
        format!(r#"filter[objects]=[{{"name":"id","op":"in","val":[{}]}}]"#, many("1")),
        format!(r#"filter[objects]=[{{"name":"name","op":"eq","val":"{}"}}]"#, "x".repeat(size)),
        format!(r#"filter[objects]=[{{"name":"{}","op":"is_null"}}]"#, "boss.".repeat(size / 5)),
        format!("filter[objects]={}", r#"[{"not":"#.repeat(size / 8)),
        format!("filter[objects]={}", "[".repeat(size)),
        format!("filter[objects]=\"{}\"", "%5C".repeat(size / 3)),
        format!("filter[id]={}", many("1")),
        format!("filter[{}name]=x", "boss.".repeat(size / 5)),
        format!("filter[name]={}", "%25".repeat(size / 3)),
        format!("sort={}", many("name")),
        format!("sort={}name", "boss.".repeat(size / 5)),
        format!("include={}", many("boss")),
        format!("include={}boss", "boss.".repeat(size / 5)),
        format!("fields[person]={}", many("colour")),
        "filter[age]=1&".repeat(size / 14),
        (0..size / 16).map(|number| format!("filter[a{number:06}]")).collect::<Vec<_>>().join("&"),
    ];
    let inputs = inputs.into_iter().map(|query| get("/person", query));
    for (took, request) in crate::target::refused(inputs) {
        let shown: String = request.query.chars().take(50).collect();
        println!("{took:?} for {shown}");
        assert!(took < costs(size), "{took:?} for {shown}");
    }
}
