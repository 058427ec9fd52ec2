//! A default is a function that gives the field's type.

use restless_actix::prelude::*;

diesel::table! {
    person (id) {
        id -> Integer,
        name -> Text,
        age -> Nullable<Integer>,
    }
}

fn seven() -> i32 {
    7
}

#[derive(Restless)]
#[diesel(table_name = person)]
struct Person {
    id: i32,
    #[restless(default = seven)]
    name: String,
    #[restless(default = eight)]
    age: Option<i32>,
}

fn main() {}
