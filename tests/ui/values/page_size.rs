//! Page sizes are integers that are not negative.

use restless_actix::prelude::*;

#[derive(Restless)]
#[restless(page_size = -1, max_page_size = 2.5)]
struct Person {
    id: i32,
}

#[derive(Restless)]
#[restless(page_size = "20", max_page_size = 99999999999)]
struct Computer {
    id: i32,
}

#[derive(Restless)]
#[restless(page_size = 20u8, max_page_size = LIMIT)]
struct Article {
    id: i32,
}

fn main() {}
