//! A foreign key is a column of the table that has it.

use restless_actix::prelude::*;

diesel::table! {
    person (id) {
        id -> Integer,
    }
}

diesel::table! {
    computer (id) {
        id -> Integer,
        owner_id -> Integer,
    }
}

diesel::table! {
    person_computer (person_id, computer_id) {
        person_id -> Integer,
        computer_id -> Integer,
    }
}

#[derive(Restless)]
#[diesel(table_name = person)]
#[restless(has_many(computers: Computer, foreign_key = computer::owner))]
#[restless(many_to_many(shared: Computer, through = person_computer, foreign_key = person, target_key = computer_id))]
struct Person {
    id: i32,
}

#[derive(Restless)]
#[diesel(table_name = computer)]
#[restless(belongs_to(owner: Person, foreign_key = owners_id))]
struct Computer {
    id: i32,
}

fn main() {}
