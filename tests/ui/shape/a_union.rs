//! A resource is a struct.

use restless_actix::prelude::*;

#[derive(Restless)]
union Person {
    id: i32,
    number: u32,
}

fn main() {}
