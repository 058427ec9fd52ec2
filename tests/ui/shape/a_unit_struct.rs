//! A resource has a field per column.

use restless_actix::prelude::*;

#[derive(Restless)]
struct Person;

fn main() {}
