//! A field has the tests that its type allows.

use restless_actix::prelude::*;

diesel::table! {
    person (id) {
        id -> Integer,
        name -> Text,
        data -> Json,
    }
}

#[derive(Restless)]
#[diesel(table_name = person, check_for_backend(diesel::pg::Pg))]
struct Person {
    id: i32,
    name: String,
    data: serde_json::Value,
}

fn main() {
    let _ = PersonFields::ID.like("1%");
    let _ = PersonFields::NAME.is_null();
    let _ = PersonFields::DATA.gt(serde_json::Value::Null);
}
