//! The default is one of the formats that there are.

use restless_actix::prelude::*;

#[derive(Restless)]
#[restless(formats(json_api), default_format = "classic")]
struct Person {
    id: i32,
}

#[derive(Restless)]
#[restless(default_format = "json_api", formats(classic))]
struct Computer {
    id: i32,
}

fn main() {}
