//! Keys stand in parentheses.

use restless_actix::prelude::*;

#[derive(Restless)]
#[restless]
struct Person {
    id: i32,
    #[restless = "skip"]
    name: String,
}

fn main() {}
