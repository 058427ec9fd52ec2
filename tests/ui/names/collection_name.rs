//! A collection's name is a JSON:API member name, the table's too.

use restless_actix::prelude::*;

#[derive(Restless)]
#[restless(collection_name = "")]
struct Person {
    id: i32,
}

#[derive(Restless)]
#[restless(collection_name = "all/people")]
struct Computer {
    id: i32,
}

#[derive(Restless)]
#[diesel(table_name = _articles)]
struct Article {
    id: i32,
}

fn main() {}
