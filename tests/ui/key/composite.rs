//! A resource is identified by one column, and no part of a key is advised.

use restless_actix::prelude::*;

#[derive(Restless)]
#[diesel(primary_key(person_id, tag_id))]
struct PersonTag {
    person_id: i32,
    tag_id: i32,
}

#[derive(Restless)]
#[diesel(primary_key(person_id, tag_id))]
struct Numbered {
    id: i32,
    person_id: i32,
    tag_id: i32,
}

fn main() {}
