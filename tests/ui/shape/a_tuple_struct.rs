//! The fields of a resource have names.

use restless_actix::prelude::*;

#[derive(Restless)]
struct Person(i32, String);

fn main() {}
