//! A field fits its column: its type, and whether it can be null.

use restless_actix::prelude::*;

diesel::table! {
    person (id) {
        id -> Integer,
        name -> Text,
        age -> Nullable<Integer>,
    }
}

#[derive(Restless)]
#[diesel(table_name = person)]
struct Person {
    id: i32,
    name: i32,
    age: i32,
}

fn main() {}
