//! The valid keys are listed, and the nearest is suggested.

use restless_actix::prelude::*;

#[derive(Restless)]
struct Person {
    id: i32,
    #[restless(readonly)]
    created: i64,
    #[restless(hidden)]
    hash: String,
}

fn main() {}
