//! Every function of every kind of column.

use serde_json::{Value, json};

use super::{ask, q, server, value, with_rows};
use crate::backends::by_backend;
use crate::expected::at_parameter;

const FUNCTIONS: [&str; 7] = ["count", "sum", "avg", "min", "max", "stddev", "variance"];

/// A decimal as the column shows it: MySQL writes all the digits that it has.
fn amount(text: &str) -> Value {
    let (whole, digits) = text.split_once('.').unwrap_or((text, ""));
    json!(by_backend(text.to_owned(), text.to_owned(), format!("{whole}.{digits:0<9}")))
}

/// What each function gives, in the order of `FUNCTIONS`; null where it does not suit.
fn expected() -> Vec<(&'static str, [Value; 7])> {
    let none = || Value::Null;
    let extremes = |least: Value, greatest: Value| [json!(3), none(), none(), least, greatest, none(), none()];
    let only_counted = |count: u8| [json!(count), none(), none(), none(), none(), none(), none()];
    vec![
        ("id", [json!(4), json!(10), json!(2.5), json!(1), json!(4), json!(1.290_994_4), json!(1.666_666_7)]),
        ("small", [json!(3), json!(6), json!(2.0), json!(1), json!(3), json!(1.0), json!(1.0)]),
        ("medium", [json!(3), json!(60), json!(20.0), json!(10), json!(30), json!(10.0), json!(100.0)]),
        ("large", [json!(3), json!(600), json!(200.0), json!(100), json!(300), json!(100.0), json!(10000.0)]),
        ("single", [json!(3), json!(4.5), json!(1.5), json!(0.5), json!(2.5), json!(1.0), json!(1.0)]),
        ("double", [json!(3), json!(45.0), json!(15.0), json!(5.0), json!(25.0), json!(10.0), json!(100.0)]),
        ("amount", [json!(3), amount("6.75"), json!("2.25"), amount("1.25"), amount("3.25"), json!("1"), json!("1")]),
        ("vendor", extremes(json!("bar"), json!("foo"))),
        ("day", extremes(json!("2023-12-31"), json!("2024-02-29"))),
        ("hour", extremes(json!("08:00:00"), json!("23:59:59"))),
        ("moment", extremes(json!("2023-12-31T23:59:59"), json!("2024-02-29T13:37:00"))),
        ("flag", only_counted(3)),
        ("bytes", only_counted(0)),
        ("json", only_counted(0)),
    ]
}

fn kind(field: &str) -> &'static str {
    match field {
        "vendor" => "a string",
        "day" => "a date such as \"2024-02-29\"",
        "hour" => "a time such as \"13:37:00\"",
        "moment" => "a timestamp such as \"2024-02-29T13:37:00\"",
        "flag" => "true or false",
        "bytes" => "a string in base64",
        _ => "a JSON value",
    }
}

fn is_close(found: &Value, expected: &Value) -> bool {
    match (found.as_f64(), expected.as_f64()) {
        (Some(found), Some(number)) if expected.is_f64() => (found - number).abs() < 1e-6,
        _ => found == expected,
    }
}

#[test]
fn are_evaluated_where_they_suit_and_refused_elsewhere() {
    let server = server();
    for (field, results) in expected() {
        for (function, expected) in FUNCTIONS.into_iter().zip(results) {
            let name = format!("{function}__{field}");
            let is_missing = matches!(function, "stddev" | "variance") && by_backend(true, false, false);
            let detail = if is_missing {
                format!("this database has no function {function:?}")
            } else {
                format!("{function} does not suit {field:?}, whose value is {}", kind(field))
            };
            if is_missing || expected.is_null() {
                let answer = server.get(&format!("/api/eval/sale?{}", q(&[&name])));
                answer.refuses(400, &[at_parameter("q", &format!("q: /functions/0: {detail}"))]);
            } else {
                let found = value(&server, &name);
                assert!(is_close(&found, &expected), "{name}: {found} instead of {expected}");
            }
        }
    }
}

#[test]
fn are_null_without_rows_and_without_values() {
    let names: Vec<String> = expected()
        .into_iter()
        .flat_map(|(field, results)| {
            let suitable = FUNCTIONS.into_iter().zip(results).filter(|(_, result)| !result.is_null());
            suitable.map(move |(function, _)| format!("{function}__{field}"))
        })
        .filter(|name| by_backend(!name.starts_with("stddev") && !name.starts_with("variance"), true, true))
        .collect();
    for rows in ["", "INSERT INTO sale (id) VALUES (1), (2);"] {
        let server = with_rows(rows);
        for name in names.iter().filter(|name| !name.ends_with("__id")) {
            let expected = if name.starts_with("count") { json!(0) } else { Value::Null };
            assert_eq!(value(&server, name), expected, "{name}");
        }
    }
    assert_eq!(value(&with_rows(""), "max__id"), Value::Null);
}

#[test]
fn are_null_for_the_spread_of_one_value() {
    if by_backend(true, false, false) {
        return;
    }
    let server = with_rows("INSERT INTO sale (id, medium, amount) VALUES (1, 5, 5);");
    for name in ["stddev__medium", "variance__medium", "stddev__amount"] {
        assert_eq!(value(&server, name), Value::Null, "{name}");
    }
}

#[test]
fn are_many_in_one_statement() {
    let server = server();
    let names: Vec<String> = ["small", "medium", "large", "id"]
        .into_iter()
        .flat_map(|field| ["count", "sum", "min", "max"].map(|function| format!("{function}__{field}")))
        .collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let answer = ask(&server, &q(&names));
    assert_eq!(answer.json().as_object().map(serde_json::Map::len), Some(16), "{answer:#?}");
}
