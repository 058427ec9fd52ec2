//! Functions that serde names have the form that serde wants.

use restless_actix::prelude::*;

diesel::table! {
    person (id) {
        id -> Integer,
        name -> Text,
        colour -> Integer,
        kind -> Integer,
    }
}

#[derive(Restless)]
#[diesel(table_name = person)]
struct Person {
    id: i32,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: String,
    #[serde(default = "colour")]
    colour: i32,
    #[serde(with = "missing")]
    kind: i32,
}

fn colour() -> String {
    String::new()
}

fn main() {}
