//! A foreign key has a type that a key can have.

use restless_actix::prelude::*;

diesel::table! {
    person (id) {
        id -> Integer,
    }
}

diesel::table! {
    computer (id) {
        id -> Integer,
        owner_weight -> Nullable<Double>,
    }
}

#[derive(Restless)]
#[diesel(table_name = person)]
#[restless(has_many(computers: Computer, foreign_key = computer::owner_weight))]
struct Person {
    id: i32,
}

#[derive(Restless)]
#[diesel(table_name = computer)]
#[restless(belongs_to(owner: Person, foreign_key = owner_weight))]
struct Computer {
    id: i32,
}

fn main() {}
