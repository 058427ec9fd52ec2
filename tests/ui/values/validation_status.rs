//! The status where a value is not valid is 400 or 422.

use restless_actix::prelude::*;

#[derive(Restless)]
#[restless(validation_status = 418)]
struct Person {
    id: i32,
}

#[derive(Restless)]
#[restless(validation_status = "422")]
struct Computer {
    id: i32,
}

#[derive(Restless)]
#[restless(validation_status)]
struct Article {
    id: i32,
}

fn main() {}
