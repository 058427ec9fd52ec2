//! Methods are written as on the wire, each once, and there is at least one.

use restless_actix::prelude::*;

#[derive(Restless)]
#[restless(methods(get, TRACE, GET, PATHC, GET))]
struct Person {
    id: i32,
}

#[derive(Restless)]
#[restless(methods())]
struct Computer {
    id: i32,
}

#[derive(Restless)]
#[restless(methods("GET"))]
struct Article {
    id: i32,
}

fn main() {}
