//! A key of the struct does not belong on a field, and the reverse.

use restless_actix::prelude::*;

#[derive(Restless)]
#[restless(skip)]
struct Person {
    id: i32,
    #[restless(page_size = 20)]
    name: String,
}

fn main() {}
