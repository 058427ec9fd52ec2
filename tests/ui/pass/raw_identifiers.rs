//! Tables, columns and fields called like keywords.

#![deny(warnings, dead_code)]

use restless_actix::prelude::*;

diesel::table! {
    r#struct (id) {
        id -> Integer,
        r#type -> Text,
        r#match -> Text,
    }
}

#[derive(Restless)]
#[diesel(table_name = r#struct)]
struct Type {
    id: i32,
    #[restless(rename = "kind")]
    r#type: String,
    r#match: String,
}

fn main() {
    let _ = Type::api_scope();
}
