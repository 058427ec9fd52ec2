//! What serde is told of a struct holds, or is refused where it stands.

use restless_actix::prelude::*;

#[derive(Restless)]
#[serde(tag = "kind", transparent, into = "JsonFormat", try_from = "JsonFormat", remote = "Other", content = "c", untagged)]
#[serde(from = "JsonFormat", unheard_of)]
struct Person {
    id: i32,
}

#[derive(Restless)]
#[serde(rename_all(serialize = "camelCase", deserialize = "snake_case"))]
struct Computer {
    id: i32,
}

#[derive(Restless)]
#[serde(rename_all(serialize = "camelCase"))]
struct Room {
    id: i32,
}

#[derive(Restless)]
#[serde(rename_all = "camelcase", skip)]
struct House {
    id: i32,
}

fn main() {}
