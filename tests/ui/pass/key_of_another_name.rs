//! The key is what restless names, else what Diesel names.

#![deny(warnings, dead_code)]

use restless_actix::prelude::*;

diesel::table! {
    person (username) {
        username -> Text,
        serial -> BigInt,
    }
}

diesel::table! {
    stock (warehouse_id, sku) {
        warehouse_id -> Integer,
        sku -> Text,
        number -> BigInt,
    }
}

#[derive(Restless)]
#[diesel(table_name = person, primary_key(username))]
struct ByDiesel {
    username: String,
    serial: i64,
}

#[derive(Restless)]
#[diesel(table_name = person, primary_key(username))]
#[restless(primary_key = serial)]
struct ByRestless {
    username: String,
    #[restless(rename = "id")]
    serial: i64,
}

#[derive(Restless)]
#[diesel(table_name = person, primary_key(serial))]
#[restless(primary_key = serial)]
struct ByColumn {
    username: String,
    #[diesel(column_name = "serial")]
    number: i64,
}

/// Its table has a key of several columns, and a column that is unique by itself.
#[derive(Restless)]
#[diesel(table_name = stock, primary_key(warehouse_id, sku))]
#[restless(primary_key = number)]
struct BesideSeveral {
    warehouse_id: i32,
    sku: String,
    number: i64,
}

/// Diesel is not told of the several columns.
#[derive(Restless)]
#[diesel(table_name = stock)]
#[restless(primary_key = number)]
struct BesideSeveralUnsaid {
    number: i64,
}

fn main() {
    let _ = (ByDiesel::api_scope(), ByRestless::api_scope(), ByColumn::api_scope());
    let _ = (BesideSeveral::api_scope(), BesideSeveralUnsaid::api_scope());
}
