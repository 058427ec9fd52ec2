//! There are two formats, each with a name in quotes; what is done to many at once is a flag.

use restless_actix::prelude::*;

#[derive(Restless)]
#[restless(default_format = "clasic", allow_patch_many = true)]
struct Person {
    id: i32,
}

#[derive(Restless)]
#[restless(default_format = json_api, allow_delete_many(GET))]
struct Computer {
    id: i32,
}

#[derive(Restless)]
#[restless(default_format)]
struct Article {
    id: i32,
}

fn main() {}
