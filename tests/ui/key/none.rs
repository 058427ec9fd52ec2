//! Without a field `id` the primary key is named.

use restless_actix::prelude::*;

#[derive(Restless)]
struct Person {
    username: String,
}

#[derive(Restless)]
struct Computer {}

fn main() {}
