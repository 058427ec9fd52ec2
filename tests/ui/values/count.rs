//! A count is exact or none.

use restless_actix::prelude::*;

#[derive(Restless)]
#[restless(count(estimated))]
struct Person {
    id: i32,
}

#[derive(Restless)]
#[restless(count(exact, none))]
struct Computer {
    id: i32,
}

fn main() {}
