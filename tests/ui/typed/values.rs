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
    let _ = PersonFields::NAME.eq(1);
    let _ = PersonFields::AGE.gt("old");
    let _ = PersonFields::AGE.eq(Some(1.0));
    let _ = PersonFields::AGE.between(1, 2);
    let _ = PersonFields::FLOOR.in_([1_i64]);
    let _ = PersonFields::FLOOR.eq_field(PersonFields::ID);
    let _ = Person::find(database(), "1");
}

fn database() -> &'static Database {
    unreachable!()
}
