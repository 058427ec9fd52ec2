//! Aggregate functions of a collection, at `<prefix>/eval/<collection>`.

mod endpoint;
mod extremes;
mod filter;
mod group;
mod kinds;
mod refusals;
mod statements;

use actix_web::web::ServiceConfig;
use bigdecimal::BigDecimal;
use chrono::{NaiveDate, NaiveDateTime, NaiveTime};
use restless_actix::prelude::*;
use serde_json::Value;

use crate::backends::by_backend;
use crate::client::Answer;
use crate::server::Server;

diesel::table! {
    person (id) {
        id -> Integer,
        name -> Text,
        boss_id -> Nullable<Integer>,
    }
}

diesel::table! {
    sale (id) {
        id -> Integer,
        vendor -> Nullable<Text>,
        owner_id -> Nullable<Integer>,
        small -> Nullable<SmallInt>,
        medium -> Nullable<Integer>,
        large -> Nullable<BigInt>,
        single -> Nullable<Float>,
        double -> Nullable<Double>,
        amount -> Nullable<Numeric>,
        flag -> Nullable<Bool>,
        bytes -> Nullable<Binary>,
        json -> Nullable<Json>,
        day -> Nullable<Date>,
        hour -> Nullable<Time>,
        moment -> Nullable<Timestamp>,
        password -> Nullable<Text>,
        secret -> Nullable<Text>,
    }
}

/// Somebody who sells.
#[derive(Restless)]
#[diesel(table_name = person)]
#[restless(methods(GET, POST, PATCH, DELETE))]
#[restless(has_many(sales: Sale, foreign_key = sale::owner_id), belongs_to(boss: Person, foreign_key = boss_id))]
struct Person {
    id: i32,
    name: String,
}

/// Something that was sold, with a column of every kind that the databases have in common.
#[derive(Restless)]
#[diesel(table_name = sale)]
#[restless(methods(GET, POST, PATCH, DELETE), belongs_to(owner: Person, foreign_key = owner_id))]
struct Sale {
    id: i32,
    vendor: Option<String>,
    small: Option<i16>,
    medium: Option<i32>,
    large: Option<i64>,
    single: Option<f32>,
    double: Option<f64>,
    amount: Option<BigDecimal>,
    flag: Option<bool>,
    bytes: Option<Vec<u8>>,
    json: Option<Value>,
    day: Option<NaiveDate>,
    hour: Option<NaiveTime>,
    moment: Option<NaiveDateTime>,
    #[restless(write_only)]
    password: Option<String>,
    #[restless(skip)]
    #[expect(dead_code, reason = "no code of the test reads it")]
    secret: Option<String>,
}

fn tables() -> String {
    let json = by_backend("TEXT", "JSON", "JSON");
    format!(
        "CREATE TABLE person (
            id INTEGER PRIMARY KEY, name TEXT NOT NULL, boss_id INTEGER REFERENCES person (id)
        );
        CREATE TABLE sale (
            id INTEGER PRIMARY KEY, vendor TEXT, owner_id INTEGER REFERENCES person (id), small SMALLINT, medium INTEGER,
            large BIGINT, single FLOAT, \"double\" DOUBLE, amount NUMERIC, flag BOOLEAN, bytes BLOB, json {json}, day DATE,
            hour TIME, moment TIMESTAMP, password TEXT, secret TEXT
        );"
    )
}

/// Four sales, of the last of which nothing is known.
const ROWS: &str = "
    INSERT INTO person (id, name) VALUES (1, 'Ann');
    INSERT INTO person (id, name, boss_id) VALUES (2, 'Bob', 1);
    INSERT INTO sale (id, vendor, owner_id, small, medium, large, single, \"double\", amount, flag, day, hour, moment, secret)
    VALUES
        (1, 'foo', 1, 1, 10, 100, 0.5, 5, 1.25, true, '2024-01-01', '08:00:00', '2024-01-01 08:00:00', 'x'),
        (2, 'foo', 2, 2, 20, 200, 1.5, 15, 2.25, false, '2024-02-29', '13:37:00', '2024-02-29 13:37:00', 'y'),
        (3, 'bar', 1, 3, 30, 300, 2.5, 25, 3.25, true, '2023-12-31', '23:59:59', '2023-12-31 23:59:59', 'z');
    INSERT INTO sale (id) VALUES (4);
";

fn mount(services: &mut ServiceConfig) {
    services.service(Sale::api().allow_functions().scope()).service(Person::api().allow_functions().scope());
}

fn server() -> Server {
    with_rows(ROWS)
}

fn with_rows(rows: &str) -> Server {
    Server::start(&format!("{}{rows}", tables()), mount)
}

/// Asks for functions of the sales, with the query string as it is.
#[track_caller]
fn ask(server: &Server, query: &str) -> Answer {
    server.request("GET", &format!("/api/eval/sale?{query}")).send_to_anyone()
}

/// The query for functions such as `sum__medium`, in the form of `q`.
fn q(names: &[&str]) -> String {
    format!("q={{%22functions%22:[{}]}}", objects(names))
}

/// Function objects such as `sum__medium`, with commas between them.
fn objects(names: &[&str]) -> String {
    let objects = names.iter().map(|name| {
        let (function, field) = name.split_once("__").expect("a function and a field");
        format!("{{%22name%22:%22{function}%22,%22field%22:%22{field}%22}}")
    });
    objects.collect::<Vec<_>>().join(",")
}

/// The value of one function.
#[track_caller]
fn value(server: &Server, name: &str) -> Value {
    let answer = ask(server, &q(&[name]));
    assert_eq!(answer.status, 200, "{name}: {answer:#?}");
    answer.json()[name].clone()
}
