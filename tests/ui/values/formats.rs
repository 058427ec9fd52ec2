//! Formats are listed as words, each once, and there is at least one; what goes with them is a flag.

use restless_actix::prelude::*;

#[derive(Restless)]
#[restless(formats(json, jsonapi, classic, classic), jsonp = true)]
struct Person {
    id: i32,
}

#[derive(Restless)]
#[restless(formats(), ignore_read_only(id))]
struct Computer {
    id: i32,
}

#[derive(Restless)]
#[restless(formats = "json_api")]
struct Article {
    id: i32,
}

#[derive(Restless)]
#[restless(formats("json_api"))]
struct Comment {
    id: i32,
}

fn main() {}
