//! Functions that serde names have the form that serde wants.

use restless_actix::prelude::*;

diesel::table! {
    person (id) {
        id -> Integer,
        level -> Integer,
        colour -> Integer,
    }
}

#[derive(Restless)]
#[diesel(table_name = person)]
struct Person {
    id: i32,
    #[serde(skip_serializing_if = "is_zero")]
    level: i32,
    #[serde(default = "colour")]
    colour: i32,
}

fn is_zero(number: &i64) -> bool {
    *number == 0
}

fn colour() -> String {
    String::new()
}

fn main() {}
