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

fn main() {}
