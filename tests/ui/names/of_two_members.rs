//! Two members do not share a name; one that is skipped has none.

use restless_actix::prelude::*;

#[derive(Restless)]
#[restless(rename_all = "camelCase")]
struct Person {
    id: i32,
    full_name: String,
    #[restless(rename = "fullName")]
    name: String,
    #[restless(skip, )]
    fullname: String,
}

#[derive(Restless)]
#[restless(computed(name, initials, initials, has__two, r#type, shortName), rename_all = "camelCase")]
#[restless(has_many(short_name: Person, foreign_key = person::id))]
struct Animal {
    id: i32,
    name: String,
}

fn main() {}
