//! A join table has a column for each end.

use restless_actix::prelude::*;

#[derive(Restless)]
#[restless(many_to_many(friends: Self, through = friendship, foreign_key = person_id, target_key = person_id))]
struct Person {
    id: i32,
}

fn main() {}
