//! The key is what restless names, else what Diesel names.

#![deny(warnings, dead_code)]

use restless_actix::prelude::*;

diesel::table! {
    person (username) {
        username -> Text,
        serial -> BigInt,
    }
}

#[derive(Restless)]
#[diesel(table_name = person, primary_key(username))]
struct ByDiesel {
    username: String,
    serial: i64,
}

#[derive(Restless)]
#[diesel(table_name = person, primary_key(username, serial))]
#[restless(primary_key = serial)]
struct ByRestless {
    username: String,
    #[restless(rename = "id")]
    serial: i64,
}

#[derive(Restless)]
#[diesel(table_name = person, primary_key(serial))]
struct ByColumn {
    username: String,
    #[diesel(column_name = "serial")]
    number: i64,
}

fn main() {
    let _ = (ByDiesel::api_scope(), ByRestless::api_scope(), ByColumn::api_scope());
}
