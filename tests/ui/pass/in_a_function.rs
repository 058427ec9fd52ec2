//! A table and a model inside a function, twice under the same names.

#![deny(warnings, dead_code)]

use restless_actix::prelude::*;

fn first() {
    diesel::table! {
        person (id) {
            id -> Integer,
            name -> Text,
        }
    }

    #[derive(Restless)]
    #[diesel(table_name = person)]
    struct Person {
        id: i32,
        #[restless(default = nobody)]
        name: String,
    }

    fn nobody() -> String {
        String::new()
    }

    let _ = Person::api_scope();
}

fn second() {
    diesel::table! {
        person (id) {
            id -> BigInt,
        }
    }

    #[derive(Restless)]
    #[diesel(table_name = person)]
    struct Person {
        id: i64,
    }

    let _ = Person::api_scope();
}

fn main() {
    first();
    second();
}
