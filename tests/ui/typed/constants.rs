//! Two fields cannot have one constant.

use restless_actix::prelude::*;

#[derive(Restless)]
struct Person {
    id: i32,
    birth_date: i32,
    birthDate: i32,
}

fn main() {}
