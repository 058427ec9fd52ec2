//! Without `table_name` the table is Diesel's default.

use restless_actix::prelude::*;

#[derive(Restless)]
struct Person {
    id: i32,
    name: String,
}

fn main() {}
