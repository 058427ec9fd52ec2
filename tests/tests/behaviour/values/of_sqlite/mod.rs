//! Columns of SQLite hold values of any type, and integers of 64 bits: what the field does not hold is an error that names
//! it, and never another value.

mod decimals;
mod moments;
mod patterns;

use chrono::NaiveDate;
use restless_actix::prelude::*;
use serde_json::{Value, json};

use crate::expected::error;
use crate::server::Server;

diesel::table! {
    reading (id) {
        id -> Integer,
        small -> Nullable<SmallInt>,
        medium -> Nullable<Integer>,
        large -> Nullable<BigInt>,
        single -> Nullable<Float>,
        double -> Nullable<Double>,
        flag -> Nullable<Bool>,
        text -> Nullable<Text>,
        day -> Nullable<Date>,
        other_id -> Nullable<Integer>,
    }
}

#[derive(Restless)]
#[diesel(table_name = reading)]
#[restless(methods(GET, POST, PATCH), allow_functions, belongs_to(other: Reading, foreign_key = other_id))]
struct Reading {
    id: i32,
    small: Option<i16>,
    medium: Option<i32>,
    large: Option<i64>,
    single: Option<f32>,
    double: Option<f64>,
    flag: Option<bool>,
    text: Option<String>,
    day: Option<NaiveDate>,
    other_id: Option<i32>,
}

/// Columns without types keep every value as it is written.
const TABLE: &str =
    "CREATE TABLE reading (id INTEGER PRIMARY KEY, small, medium, large, single, double, flag, text, day, other_id);";

/// A server with one row, in which a column has that value.
fn with(column: &str, value: &str) -> Server {
    Server::start(&format!("{TABLE}INSERT INTO reading (id, {column}) VALUES (1, {value});"), |services| {
        services.service(Reading::api_scope());
    })
}

fn unreadable(status: u16, detail: &str) -> Value {
    let mut error = error(status, "Unreadable value", detail);
    error["code"] = json!("unreadable_value");
    error
}

/// What the field of a column expects.
fn expected(column: &str) -> &'static str {
    match column {
        "small" => "an integer between -32768 and 32767",
        "medium" | "other" => "an integer between -2147483648 and 2147483647",
        "large" => "an integer",
        "single" | "double" => "a number",
        "flag" => "true or false",
        "text" => "a string",
        _ => "a date such as \"2024-02-29\"",
    }
}

fn detail(column: &str) -> String {
    let reason = format!("{column}: the database holds a value that is not {}", expected(column));
    format!("the resource of type \"reading\" with the id \"1\" cannot be shown: {reason}")
}

const MISREAD: [(&str, &str); 24] = [
    ("small", "32768"),
    ("small", "65537"),
    ("small", "-32769"),
    ("medium", "2147483648"),
    ("medium", "4294967297"),
    ("medium", "-9223372036854775808"),
    ("medium", "1.5"),
    ("medium", "1e300"),
    ("medium", "'abc'"),
    ("medium", "'12abc'"),
    ("medium", "''"),
    ("medium", "x'31'"),
    ("large", "9223372036854775808.0"),
    ("large", "'9223372036854775808'"),
    ("single", "1e300"),
    ("single", "'abc'"),
    ("double", "'abc'"),
    ("double", "x'00'"),
    ("flag", "'true'"),
    ("flag", "4294967296"),
    ("flag", "0.5"),
    ("text", "CAST(x'ff' AS TEXT)"),
    ("day", "'2024-02-30'"),
    ("day", "'soon'"),
];

#[test]
fn what_a_field_does_not_hold_is_an_error_that_names_it() {
    for (column, value) in MISREAD {
        let server = with(column, value);
        server.execute("INSERT INTO reading (id) VALUES (2)");
        let refused = [unreadable(500, &detail(column))];
        server.get("/api/reading/1").refuses(500, &refused);
        server.get("/api/reading").refuses(500, &refused);
        let classic = server.request("GET", "/api/reading/1").header("Accept", "application/json").send_to_anyone();
        assert_eq!((classic.status, &classic.json()["message"]), (500, &json!(detail(column))), "{column}: {value}");
        // Whoever does not ask for it does not meet it.
        assert_eq!(server.get("/api/reading/2").status, 200);
        assert_eq!(server.get("/api/reading?fields[reading]=id").ids(), "1 2", "{column}: {value}");
    }
}

#[test]
fn what_a_field_holds_is_shown_however_it_is_kept() {
    let cases = [
        ("medium", "5.0", json!(5)),
        ("medium", "'12'", json!(12)),
        ("medium", "'-2147483648'", json!(-2_147_483_648)),
        ("small", "-32768", json!(-32_768)),
        ("large", "9223372036854775807", json!(i64::MAX)),
        ("double", "3", json!(3.0)),
        ("double", "'0.5'", json!(0.5)),
        ("single", "0.5", json!(0.5)),
        ("flag", "1", json!(true)),
        ("flag", "0", json!(false)),
        ("flag", "2", json!(true)),
        ("text", "12", json!("12")),
    ];
    for (column, value, shown) in cases {
        let answer = with(column, value).get("/api/reading/1");
        assert_eq!(answer.attributes()[column], shown, "{column}: {value}");
    }
}

#[test]
fn keys_of_others_are_never_read_as_other_keys() {
    let server = with("other_id", "4294967297");
    let reason = format!("other: the database holds a value that is not {}", expected("other"));
    server.get("/api/reading/1").refuses(500, &[unreadable(500, &reason)]);
    server.get("/api/reading?include=other").refuses(500, &[unreadable(500, &reason)]);
}

fn functions(name: &str, field: &str) -> String {
    format!("/api/eval/reading?functions=%5B%7B%22name%22:%22{name}%22,%22field%22:%22{field}%22%7D%5D")
}

#[test]
fn functions_tell_no_other_values() {
    let server = with("medium", "4294967297");
    for name in ["max", "min"] {
        let answer = server.get(&functions(name, "medium"));
        let reason = format!("{name}__medium: the database holds a value that is not {}", expected("medium"));
        answer.refuses(500, &[unreadable(500, &reason)]);
    }
    let groups = server.get(&format!("{}&group=medium", functions("count", "id")));
    let reason = format!("medium: the database holds a value that is not {}", expected("medium"));
    groups.refuses(500, &[unreadable(500, &reason)]);
}

#[test]
fn a_write_that_cannot_be_shown_is_undone() {
    let server = with("medium", "4294967297");
    let sent = json!({"data": {"type": "reading", "id": "1", "attributes": {"text": "new"}}});
    let whole = server.request("PATCH", "/api/reading/1").header("Prefer", "return=representation");
    whole.document(&sent).send().refuses(409, &[unreadable(409, &detail("medium"))]);
    assert_eq!(server.line("SELECT text AS value FROM reading"), "null");
    let mended = json!({"data": {"type": "reading", "id": "1", "attributes": {"medium": 7}}});
    server.patch("/api/reading/1", &mended).tells_what_is_read_from(&server);
    assert_eq!(server.get("/api/reading/1").attributes()["medium"], json!(7));
}
