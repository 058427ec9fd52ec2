//! A field is compared with values of its own type.

use diesel::prelude::*;
use restless_actix::prelude::*;

diesel::table! {
    person (id) {
        id -> Integer,
        name -> Text,
        age -> Nullable<Double>,
        floor -> SmallInt,
    }
}

#[derive(Queryable, Selectable, Restless)]
#[diesel(table_name = person)]
struct Person {
    id: i32,
    name: String,
    age: Option<f64>,
    floor: i16,
}

fn main() {
    let _ = PersonFilter::NAME.eq(1);
    let _ = PersonFilter::AGE.gt("old");
    let _ = PersonFilter::AGE.eq(Some(1.0));
    let _ = PersonFilter::AGE.between(1, 2);
    let _ = PersonFilter::FLOOR.in_([1_i64]);
    let _ = PersonFilter::FLOOR.eq_field(PersonFilter::ID);
    let _ = Person::find(database(), "1");
}

fn database() -> &'static Database {
    unreachable!()
}
