//! Values of every type that the databases have in common, both ways; those of one alone in files of their own.

mod binary;
mod clock;
mod dates;
mod floats;
mod integers;
mod json;
mod mysql;
mod numeric;
mod of_sqlite;
pub mod postgres;
mod text;
mod user_types;

use serde_json::{Value, json};

use crate::backends::by_backend;
use crate::client::{Answer, JSON_API};
use crate::expected::{document, invalid_value, resource};
use crate::server::Server;

/// The models on one backend, which differ in the columns that not every backend has.
macro_rules! models {
    ($module:ident on $backend:ty { $($name:ident: $rust:ty as $sql:ident,)* }) => {
        mod $module {
            use bigdecimal::BigDecimal;
            use chrono::{NaiveDate, NaiveDateTime, NaiveTime};
            use restless_actix::prelude::*;
            use serde_json::Value;

            diesel::table! {
                use diesel::sql_types::*;

                sample (id) {
                    id -> Integer,
                    small -> Nullable<SmallInt>,
                    medium -> Nullable<Integer>,
                    large -> Nullable<BigInt>,
                    single -> Nullable<Float>,
                    double -> Nullable<Double>,
                    flag -> Nullable<Bool>,
                    text -> Nullable<Text>,
                    bytes -> Nullable<Binary>,
                    day -> Nullable<Date>,
                    hour -> Nullable<Time>,
                    moment -> Nullable<Timestamp>,
                    json -> Nullable<Json>,
                    amount -> Nullable<Numeric>,
                    $($name -> Nullable<$sql>,)*
                }
            }

            diesel::table! {
                use diesel::sql_types::*;

                required (id) {
                    id -> Integer,
                    small -> SmallInt,
                    medium -> Integer,
                    large -> BigInt,
                    single -> Float,
                    double -> Double,
                    flag -> Bool,
                    text -> Text,
                    bytes -> Binary,
                    day -> Date,
                    hour -> Time,
                    moment -> Timestamp,
                    json -> Json,
                    amount -> Numeric,
                    $($name -> $sql,)*
                }
            }

            /// One value of each type, or null.
            #[derive(Restless)]
            #[diesel(table_name = sample, check_for_backend($backend))]
            #[restless(methods(GET, POST, PATCH))]
            pub struct Sample {
                id: i32,
                small: Option<i16>,
                medium: Option<i32>,
                large: Option<i64>,
                single: Option<f32>,
                double: Option<f64>,
                flag: Option<bool>,
                text: Option<String>,
                bytes: Option<Vec<u8>>,
                day: Option<NaiveDate>,
                hour: Option<NaiveTime>,
                moment: Option<NaiveDateTime>,
                json: Option<Value>,
                amount: Option<BigDecimal>,
                $($name: Option<$rust>,)*
            }

            /// One value of each type.
            #[derive(Restless)]
            #[diesel(table_name = required, check_for_backend($backend))]
            #[restless(methods(GET, POST, PATCH))]
            pub struct Required {
                id: i32,
                small: i16,
                medium: i32,
                large: i64,
                single: f32,
                double: f64,
                flag: bool,
                text: String,
                bytes: Vec<u8>,
                day: NaiveDate,
                hour: NaiveTime,
                moment: NaiveDateTime,
                json: Value,
                amount: BigDecimal,
                $($name: $rust,)*
            }

            pub fn mount(services: &mut actix_web::web::ServiceConfig) {
                services.service(Sample::api_scope()).service(Required::api_scope());
            }
        }
    };
}

models!(on_sqlite on diesel::sqlite::Sqlite {
    instant: chrono::DateTime<chrono::Utc> as TimestamptzSqlite,
    jsonb: Value as Jsonb,
});
models!(on_postgres on diesel::pg::Pg {
    instant: chrono::DateTime<chrono::Utc> as Timestamptz,
    jsonb: Value as Jsonb,
});
models!(on_mysql on diesel::mysql::Mysql {});

/// Whether the backend has a type for the values of that name.
fn has(name: &str) -> bool {
    let is_rare = ["instant", "jsonb"].contains(&name);
    by_backend(true, true, !is_rare)
}

/// A decimal number as it is shown: MySQL writes all the digits that its column has.
fn amount(text: &str) -> Value {
    let padded = || {
        let (whole, digits) = text.split_once('.').unwrap_or((text, ""));
        if text == "0" { text.to_owned() } else { format!("{whole}.{digits:0<9}") }
    };
    json!(by_backend(text.to_owned(), text.to_owned(), padded()))
}

fn schema() -> String {
    let rare = by_backend(", instant TIMESTAMPTZ, jsonb BLOB", ", instant TIMESTAMPTZ, jsonb JSONB", "");
    let columns = format!(
        "small SMALLINT, medium INTEGER, large BIGINT, single FLOAT, \"double\" DOUBLE, flag BOOLEAN, text TEXT,
        bytes BLOB, day DATE, hour TIME, moment TIMESTAMP, json {}, amount NUMERIC{rare}",
        by_backend("TEXT", "JSON", "JSON"),
    );
    let required = columns.replace(',', " NOT NULL,");
    format!(
        "CREATE TABLE sample (id INTEGER PRIMARY KEY, {columns});
        CREATE TABLE required (id INTEGER PRIMARY KEY, {required} NOT NULL);"
    )
}

fn server() -> Server {
    let mounts: [fn(&mut actix_web::web::ServiceConfig); 3] = [on_sqlite::mount, on_postgres::mount, on_mysql::mount];
    let [sqlite, postgres, mysql] = mounts;
    Server::start(&schema(), by_backend(sqlite, postgres, mysql))
}

/// Creates a sample with one value, written as JSON, and asks for that attribute alone.
fn create(server: &Server, name: &str, json: &str) -> Answer {
    let body = format!("{{\"data\":{{\"type\":\"sample\",\"attributes\":{{\"{name}\":{json}}}}}}}");
    let path = format!("/api/sample?fields[sample]={name}");
    server.request("POST", &path).header("Content-Type", JSON_API).body(body).send()
}

/// Asserts that a value that is sent is shown so, when it is created and when it is fetched.
#[track_caller]
fn shows(server: &Server, name: &str, json: &str, shown: &Value) {
    let answer = create(server, name, json);
    let id = answer.data()["id"].as_str().unwrap_or_else(|| panic!("{name}: {json}: {answer:#?}")).to_owned();
    let expected = resource("sample", &id, &json!({name: shown}));
    answer.is(201, &document(&format!("/api/sample/{id}"), &expected));
    let itself = format!("/api/sample/{id}?fields%5Bsample%5D={name}");
    server.get(&format!("/api/sample/{id}?fields[sample]={name}")).is(200, &document(&itself, &expected));
}

/// Asserts that a value is shown as it is sent.
#[track_caller]
fn keeps(server: &Server, name: &str, json: &str) {
    let value: Value = serde_json::from_str(json).expect("JSON");
    shows(server, name, json, &value);
}

/// Asserts that a value is refused with those words.
#[track_caller]
fn refuses(server: &Server, name: &str, json: &str, words: &str) {
    let error = invalid_value(name, &format!("{name}: {words}"));
    create(server, name, json).refuses(400, std::slice::from_ref(&error));
    let sent = format!("{{\"data\":{{\"type\":\"sample\",\"id\":\"1\",\"attributes\":{{\"{name}\":{json}}}}}}}");
    let request = server.request("PATCH", "/api/sample/1").header("Content-Type", JSON_API);
    request.body(sent).send().refuses(400, &[error]);
}

/// The answer of the functions of samples.
fn evaluate(server: &Server, function: &str, field: &str, query: &str) -> Answer {
    let functions = format!("functions=[{{%22name%22:%22{function}%22,%22field%22:%22{field}%22}}]{query}");
    server.request("GET", &format!("/api/eval/sample?{functions}")).send_to_anyone()
}

/// Asserts that no function of any attribute, alone or by groups, is more than the server can do; and gives what it is.
#[track_caller]
fn evaluate_all(server: &Server, fields: &[&str]) -> Vec<(String, Value)> {
    let mut values = Vec::new();
    for field in fields {
        for function in ["count", "sum", "avg", "min", "max", "stddev", "variance"] {
            let answer = evaluate(server, function, field, "");
            assert!(matches!(answer.status, 200 | 400), "{function} {field}: {answer:#?}");
            if answer.status == 200 {
                values.push((format!("{function}__{field}"), answer.data()[0].clone()));
            }
        }
        for order in ["", "-"] {
            let answer = evaluate(server, "count", field, &format!("&group={field}&sort={order}{field}"));
            assert!(matches!(answer.status, 200 | 400), "{field}: {answer:#?}");
        }
    }
    values
}

/// The ids of the samples that a filter keeps.
fn matching(server: &Server, filter: &str) -> String {
    server.get(&format!("/api/sample?{filter}")).ids()
}

fn complete() -> Value {
    let mut complete = json!({
        "small": -1, "medium": 2, "large": 3, "single": 0.5, "double": 0.25, "flag": true, "text": "x", "bytes": "AP8=",
        "day": "2024-02-29", "hour": "13:37:00", "moment": "2024-02-29T13:37:00", "instant": "2024-02-29T13:37:00Z",
        "json": {"a": [1]}, "jsonb": [null, {"b": "c"}], "amount": amount("12.5"),
    });
    complete.as_object_mut().expect("an object").retain(|name, _| has(name));
    complete
}

#[test]
fn of_every_type_are_created_fetched_and_updated() {
    let server = server();
    for type_name in ["sample", "required"] {
        let expected = document(&format!("/api/{type_name}/1"), &resource(type_name, "1", &complete()));
        let sent = json!({"data": {"type": type_name, "id": "1", "attributes": complete()}});
        let created = json!({"data": {"type": type_name, "attributes": complete()}});
        server.post(&format!("/api/{type_name}"), &created).is(201, &expected);
        server.get(&format!("/api/{type_name}/1")).is(200, &expected);
        server.patch(&format!("/api/{type_name}/1"), &sent).is(200, &expected);
        server.get(&format!("/api/{type_name}/1")).is(200, &expected);
    }
}

#[test]
fn of_every_type_may_be_null_where_the_column_may() {
    let server = server();
    let nulls: Value =
        complete().as_object().expect("an object").keys().map(|name| (name.clone(), Value::Null)).collect();
    let sent = json!({"data": {"type": "sample", "attributes": nulls}});
    server.post("/api/sample", &sent).is(201, &document("/api/sample/1", &resource("sample", "1", &nulls)));

    // A JSON column of its own takes null for the JSON value.
    let names = complete()
        .as_object()
        .expect("an object")
        .keys()
        .filter(|name| !name.starts_with("json"))
        .cloned()
        .collect::<Vec<_>>();
    let nulls: Value = names.iter().map(|name| (name.clone(), Value::Null)).collect();
    let answer = server.post("/api/required", &json!({"data": {"type": "required", "attributes": nulls}}));
    let errors = answer.json()["errors"].as_array().expect("errors").clone();
    let pointers: Vec<String> = errors.iter().map(|error| error["source"]["pointer"].to_string()).collect();
    let expected: Vec<String> = names.iter().map(|name| format!("\"/data/attributes/{name}\"")).collect();
    assert_eq!((answer.status, pointers), (400, expected));
    for error in errors {
        assert!(error["detail"].as_str().is_some_and(|detail| detail.ends_with(", found null")), "{error}");
    }
}

#[test]
fn that_are_arrays_or_objects_are_refused_in_the_same_words() {
    let server = server();
    let cases = [
        ("small", "an integer"),
        ("medium", "an integer"),
        ("large", "an integer"),
        ("flag", "true or false"),
        ("single", "a number"),
        ("double", "a number"),
        ("text", "a string"),
        ("amount", "a decimal number such as \"12.50\""),
        ("day", "a date such as \"2024-02-29\""),
        ("hour", "a time such as \"13:37:00\""),
        ("moment", "a timestamp such as \"2024-02-29T13:37:00\""),
        ("instant", "a timestamp such as \"2024-02-29T13:37:00Z\""),
    ];
    let mut wrong = Vec::new();
    for (name, kind) in cases.into_iter().filter(|(name, _)| has(name)) {
        for (json, found) in
            [("[1, 2]", "an array"), ("[]", "an array"), ("{\"a\":1}", "an object"), ("{}", "an object")]
        {
            let expected = format!("{name}: expected {kind}, found {found}");
            let body = format!("{{\"data\":{{\"type\":\"sample\",\"attributes\":{{\"{name}\":{json}}}}}}}");
            let request = server.request("POST", "/api/sample").header("Content-Type", JSON_API).body(body);
            let answer = request.send_to_anyone();
            let detail = answer.json()["errors"][0]["detail"].as_str().unwrap_or_default().to_owned();
            if answer.status != 400 || detail != expected {
                wrong.push(format!("{} {detail:?} instead of {expected:?}", answer.status));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}
