//! Every resource shows its primary key.

use restless_actix::prelude::*;

#[derive(Restless)]
struct Person {
    #[restless(skip)]
    id: i32,
}

#[derive(Restless)]
struct Computer {
    #[restless(write_only)]
    id: i32,
}

fn main() {}
