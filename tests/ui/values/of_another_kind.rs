//! A value is of the kind that its key expects.

use restless_actix::prelude::*;

#[derive(Restless)]
#[restless(
    methods = GET,
    prefix = api,
    collection_name = 7,
    primary_key = "username",
    count = none,
    rename_all(camelCase),
    allow_client_generated_ids = true,
    crate = "not a path"
)]
struct Person {
    id: i32,
    #[restless(skip = true)]
    username: String,
    #[restless(read_only(yes), rename = full_name)]
    name: String,
}

fn main() {}
