//! Diesel's attributes serve both, also those that restless does not read.

#![deny(warnings, dead_code)]

use diesel::prelude::*;
use restless_actix::prelude::*;

diesel::table! {
    person (id) {
        id -> Integer,
        name -> Text,
        birth -> Nullable<Date>,
    }
}

#[derive(Queryable, Selectable, Identifiable, Insertable, AsChangeset, Restless)]
#[diesel(table_name = person, check_for_backend(diesel::sqlite::Sqlite), treat_none_as_null = true)]
#[restless(methods(GET, POST, PATCH, DELETE))]
pub struct Person {
    id: i32,
    name: String,
    #[diesel(column_name = birth)]
    #[diesel(skip_update)]
    birth_date: Option<chrono::NaiveDate>,
}

fn main() {
    let _ = Person::api_scope();
}
