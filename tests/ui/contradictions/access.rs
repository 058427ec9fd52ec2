//! Keys that forbid what another key is about.

use restless_actix::prelude::*;

#[derive(Restless)]
struct Person {
    id: i32,
    #[restless(read_only, write_only)]
    a: String,
    #[restless(create_only, read_only)]
    b: String,
    #[restless(read_only, deserialize_with = read)]
    c: String,
    #[restless(write_only, serialize_with = write)]
    d: String,
}

fn main() {}
