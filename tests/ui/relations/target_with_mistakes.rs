//! The mistakes of a model are told there, not at the relations that lead to it.

use restless_actix::prelude::*;

diesel::table! {
    computer (id) {
        id -> Integer,
        owner_id -> Integer,
    }
}

#[derive(Restless)]
#[restless(pagesize = 10)]
struct Person {
    id: i32,
}

#[derive(Restless)]
#[diesel(table_name = computer)]
#[restless(belongs_to(owner: Person, foreign_key = owner_id))]
struct Computer {
    id: i32,
}

fn main() {}
