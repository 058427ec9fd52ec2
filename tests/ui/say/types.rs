//! A rule gives a filter of the model, a processor is one of the model.

use diesel::prelude::*;
use restless_actix::prelude::*;

diesel::table! {
    person (id) {
        id -> Integer,
    }
}

fn anybody(_: &Context) -> bool {
    true
}

struct Nobody;

#[derive(Queryable, Selectable, Restless)]
#[diesel(table_name = person, check_for_backend(diesel::sqlite::Sqlite))]
#[restless(query = anybody, processors(Nobody))]
struct Person {
    id: i32,
}

fn main() {}
