//! A relation leads to a model with `#[derive(Restless)]`.

use restless_actix::prelude::*;

diesel::table! {
    computer (id) {
        id -> Integer,
        owner_id -> Integer,
    }
}

diesel::table! {
    part (id) {
        id -> Integer,
        computer_id -> Integer,
    }
}

struct Person {}

struct Part {}

#[derive(Restless)]
#[diesel(table_name = computer)]
#[restless(belongs_to(owner: Person, foreign_key = owner_id), belongs_to(user: People, foreign_key = owner_id))]
#[restless(has_many(parts: Part, foreign_key = part::computer_id))]
struct Computer {
    id: i32,
}

fn main() {
    let _ = (Person {}, Part {});
}
