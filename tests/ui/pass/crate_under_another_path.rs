//! The core is found where the user says.

#![deny(warnings, dead_code)]

mod web {
    pub use restless_actix as rest;
}

use web::rest::prelude::*;

diesel::table! {
    person (id) {
        id -> Integer,
    }
}

#[derive(Restless)]
#[diesel(table_name = person)]
#[restless(crate = "crate::web::rest")]
struct Person {
    id: i32,
}

fn main() {
    let _ = Person::api_scope();
}
