//! The valid keys are listed, and the nearest is suggested.

use restless_actix::prelude::*;

#[derive(Restless)]
#[restless(pagesize = 20, colour = "red", Prefix = "/api")]
struct Person {
    id: i32,
}

fn main() {}
