//! A page is no larger than the maximum, be one of the two the default.

use restless_actix::prelude::*;

#[derive(Restless)]
#[restless(page_size = 50, max_page_size = 20)]
struct Person {
    id: i32,
}

#[derive(Restless)]
#[restless(page_size = 200)]
struct Computer {
    id: i32,
}

#[derive(Restless)]
#[restless(max_page_size = 5)]
struct Article {
    id: i32,
}

#[derive(Restless)]
#[restless(related_page_size = 30, max_page_size = 20)]
struct Comment {
    id: i32,
}

#[derive(Restless)]
#[restless(related_page_size = 200)]
struct Tag {
    id: i32,
}

fn main() {}
