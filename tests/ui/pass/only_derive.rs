//! No other derive, and Diesel's default for the table.

#![deny(warnings, dead_code)]

use restless_actix::prelude::*;

diesel::table! {
    persons (id) {
        id -> Integer,
        name -> Text,
    }
}

/// A person.
#[derive(Restless)]
struct Person {
    id: i32,
    /// Full name.
    name: String,
}

fn main() {
    let _ = Person::api_scope();
}
