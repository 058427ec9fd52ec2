//! What is read of Diesel's attribute has to be there.

use restless_actix::prelude::*;

#[derive(Restless)]
#[diesel(table_name, primary_key = id)]
struct Person {
    id: i32,
    #[diesel(column_name = 7)]
    name: String,
    #[diesel(column_name = "self")]
    vendor: String,
}

fn main() {}
