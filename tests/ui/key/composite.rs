//! A resource is identified by one column.

use restless_actix::prelude::*;

#[derive(Restless)]
#[diesel(primary_key(person_id, tag_id))]
struct PersonTag {
    person_id: i32,
    tag_id: i32,
}

fn main() {}
