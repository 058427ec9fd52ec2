//! The application's functions and processors are named by their paths.

use restless_actix::prelude::*;

#[derive(Restless)]
#[restless(query = rule(), validate = |_| Ok(()), processors = Audit)]
struct Person {
    id: i32,
}

#[derive(Restless)]
#[restless(query, validate, processors())]
struct Animal {
    id: i32,
}

#[derive(Restless)]
#[restless(query = a, query = b, validate = a, validate = b, processors(A), processors(B))]
struct Plant {
    id: i32,
}

fn main() {}
