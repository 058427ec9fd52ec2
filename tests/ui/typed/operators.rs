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
    let _ = PersonFilter::ID.like("1%");
    let _ = PersonFilter::NAME.is_null();
    let _ = PersonFilter::DATA.gt(serde_json::Value::Null);
}
