//! A model that is asked for attributes is one that Diesel reads from rows.

use restless_actix::prelude::*;

diesel::table! {
    person (id) {
        id -> Integer,
    }
}

#[derive(Restless)]
#[diesel(table_name = person, check_for_backend(diesel::sqlite::Sqlite))]
#[restless(computed(initials))]
struct Person {
    id: i32,
}

impl Person {
    fn initials(&self) -> String {
        self.id.to_string()
    }
}

fn main() {}
