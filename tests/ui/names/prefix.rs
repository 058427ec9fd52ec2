//! A prefix is empty or the path of a URL without a slash at its end.

use restless_actix::prelude::*;

#[derive(Restless)]
#[restless(prefix = "api")]
struct Person {
    id: i32,
}

#[derive(Restless)]
#[restless(prefix = "/api/")]
struct Computer {
    id: i32,
}

#[derive(Restless)]
#[restless(prefix = "/{tenant}/api")]
struct Article {
    id: i32,
}

#[derive(Restless)]
#[restless(prefix = "/api?version=2")]
struct Comment {
    id: i32,
}

#[derive(Restless)]
#[restless(prefix = "/api#top")]
struct Tag {
    id: i32,
}

#[derive(Restless)]
#[restless(prefix = "/")]
struct Owner {
    id: i32,
}

fn main() {}
