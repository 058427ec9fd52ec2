//! A foreign key has the type of the key that it refers to.

use restless_actix::prelude::*;

diesel::table! {
    person (id) {
        id -> Integer,
    }
}

diesel::table! {
    computer (id) {
        id -> Integer,
        owner_name -> Text,
    }
}

#[derive(Restless)]
#[diesel(table_name = person)]
#[restless(has_many(computers: Computer, foreign_key = computer::owner_name))]
struct Person {
    id: i32,
}

#[derive(Restless)]
#[diesel(table_name = computer)]
#[restless(belongs_to(owner: Person, foreign_key = owner_name))]
struct Computer {
    id: i32,
}

fn main() {}
