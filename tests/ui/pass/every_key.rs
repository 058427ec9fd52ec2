//! Every key that there is.

#![deny(warnings, dead_code)]

use restless_actix::prelude::*;

diesel::table! {
    person (id) {
        id -> Integer,
        name -> Text,
        password -> Text,
        created -> BigInt,
        hash -> Binary,
    }
}

#[derive(Restless)]
#[diesel(table_name = person)]
#[restless(methods(GET, POST, PATCH, DELETE), prefix = "", collection_name = "people", primary_key = id)]
#[restless(page_size = 200, max_page_size = 0, related_page_size = 500, count(none), rename_all = "kebab-case")]
#[restless(validation_status = 422, formats(json_api, classic), default_format = "json_api")]
#[restless(allow_client_generated_ids, ignore_read_only, jsonp, crate = "::restless_actix")]
struct Person {
    id: i32,
    #[restless(rename = "full name", create_only)]
    name: String,
    #[restless(write_only, create_only)]
    password: String,
    #[restless(read_only, default = now)]
    created: i64,
    #[restless(skip)]
    hash: Vec<u8>,
}

fn now() -> i64 {
    0
}

impl Person {
    fn hash(&self) -> &[u8] {
        &self.hash
    }
}

fn main() {
    let _ = (Person::api_scope(), Person::hash);
}
