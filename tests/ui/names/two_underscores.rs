//! Two underscores separate a relation from its field.

use restless_actix::prelude::*;

#[derive(Restless)]
struct Person {
    id: i32,
    owner__name: String,
    #[restless(rename = "full__name")]
    name: String,
}

fn main() {}
