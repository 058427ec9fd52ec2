//! A key that has a value says so.

use restless_actix::prelude::*;

#[derive(Restless)]
#[restless(page_size, prefix, collection_name, primary_key, methods, rename_all, count, crate)]
struct Person {
    id: i32,
    #[restless(rename, default, serialize_with, deserialize_with)]
    name: String,
    #[restless(rename =)]
    vendor: String,
}

fn main() {}
