//! A function is named by its path and not called.

use restless_actix::prelude::*;

#[derive(Restless)]
struct Person {
    id: i32,
    #[restless(default = now())]
    created: i64,
    #[restless(default = || 7)]
    age: i32,
    #[restless(serialize_with = "not a path", deserialize_with = 7)]
    name: String,
}

fn main() {}
