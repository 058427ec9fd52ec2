//! A field is a column of the table.

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
    nam: String,
    #[diesel(column_name = years)]
    age: Option<i32>,
}

fn main() {}
