//! A skipped field has nothing else to say.

use restless_actix::prelude::*;

#[derive(Restless)]
struct Person {
    id: i32,
    #[restless(skip, rename = "b", default = now)]
    a: String,
    #[restless(read_only, skip)]
    b: String,
}

fn main() {}
