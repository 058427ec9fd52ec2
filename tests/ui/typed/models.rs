//! A filter is about one model, and a relationship has the test of its kind.

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

#[derive(Restless)]
#[diesel(table_name = person)]
#[restless(has_many(computers: Computer, foreign_key = computer::owner_id))]
struct Person {
    id: i32,
}

#[derive(Restless)]
#[diesel(table_name = computer)]
#[restless(belongs_to(owner: Person, foreign_key = owner_id))]
struct Computer {
    id: i32,
}

fn main() {
    let _ = PersonFields::ID.eq(1).and(ComputerFields::ID.eq(1));
    let _ = PersonFields::COMPUTERS.any(PersonFields::ID.eq(1));
    let _ = PersonFields::COMPUTERS.has(ComputerFields::ID.eq(1));
    let _ = ComputerFields::OWNER.any(PersonFields::ID.eq(1));
    let _ = Person::fetch().filter(ComputerFields::ID.eq(1));
}
