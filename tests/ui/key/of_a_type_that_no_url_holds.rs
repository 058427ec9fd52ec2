//! Keys are integers, text or UUIDs.

use restless_actix::prelude::*;

#[derive(Restless)]
struct Real {
    id: f64,
}

#[derive(Restless)]
struct Flag {
    id: bool,
}

#[derive(Restless)]
struct Bytes {
    id: Vec<u8>,
}

#[derive(Restless)]
struct Optional {
    id: Option<i32>,
}

#[derive(Restless)]
struct Day {
    id: chrono::NaiveDate,
}

#[derive(Restless)]
struct Pair {
    id: (i32, i32),
}

fn main() {}
