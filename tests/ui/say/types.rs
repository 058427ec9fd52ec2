//! A rule gives a filter of the model, a processor is one of the model, and so is everything else that is named.

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

fn everything(_: &Context) -> FieldAccess<Animal> {
    FieldAccess::all()
}

fn unchecked(_: &Changes<Person>) -> bool {
    true
}

struct Nobody;

struct Animal;

#[derive(Queryable, Selectable, Restless)]
#[diesel(table_name = person, check_for_backend(diesel::sqlite::Sqlite))]
#[restless(row_filter = anybody, processors(Nobody), field_access = everything, validate = unchecked)]
#[restless(serializer = Nobody, deserializer = Nobody, computed(full_name, with_an_argument, unspeakable))]
struct Person {
    id: i32,
}

impl Person {
    fn with_an_argument(&self, _: i32) -> i32 {
        self.id
    }

    fn unspeakable(&self) -> Nobody {
        Nobody
    }
}

fn main() {}
