//! A model that the user's own macro writes.

#![deny(warnings, dead_code)]

use restless_actix::prelude::*;

diesel::table! {
    person (id) {
        id -> Integer,
        name -> Text,
        age -> Nullable<Integer>,
    }
}

fn anonymous() -> String {
    "anonymous".to_owned()
}

macro_rules! model {
    ($name:ident, $table:ident, $size:expr, $field:ident: $type:ty, $default:path) => {
        #[derive(Restless)]
        #[diesel(table_name = $table)]
        #[restless(page_size = $size, prefix = "/api")]
        struct $name {
            id: i32,
            #[restless(default = $default)]
            $field: $type,
            #[restless(serialize_with = write)]
            age: Option<i32>,
        }

        fn write<S: serde::Serializer>(value: &Option<i32>, serializer: S) -> Result<S::Ok, S::Error> {
            serde::Serialize::serialize(value, serializer)
        }
    };
}

model!(Person, person, 20, name: String, anonymous);

fn main() {
    let _ = Person::api_scope();
}
