//! What cannot be read does not hide the mistakes behind it.

use restless_actix::prelude::*;

#[derive(Restless)]
#[restless("page_size", page_size 20, prefix = , colour)]
struct Person {
    id: i32,
}

fn main() {}
