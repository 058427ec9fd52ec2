//! A member's name has the characters that JSON:API allows, where it allows them.

use restless_actix::prelude::*;

#[derive(Restless)]
struct Person {
    id: i32,
    #[restless(rename = "full.name")]
    name: String,
    #[restless(rename = "")]
    vendor: String,
    #[restless(rename = "@context")]
    context: String,
    #[restless(rename = "-age-")]
    age: i32,
    _hash: String,
    type_: String,
}

fn main() {}
