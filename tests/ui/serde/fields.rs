//! What serde is told of a field holds, or is refused where it stands.

use restless_actix::prelude::*;
use serde::Serialize;

#[derive(Restless)]
struct Person {
    id: i32,
    #[serde(flatten)]
    address: Address,
    #[serde(getter = "Person::name")]
    name: String,
    #[serde(rename(serialize = "shown", deserialize = "sent"))]
    age: i32,
    #[serde(rename(serialize = "only"))]
    height: i32,
    #[serde(rename(write = "only"))]
    weight: i32,
    #[serde(with = "hex", serialize_with = "hex::write")]
    colour: i32,
    #[serde(skip, default = "hash")]
    hash: String,
    #[serde(skip_serialising)]
    password: String,
    #[serde(rename_all = "camelCase")]
    token: String,
    #[serde(default, default)]
    level: i32,
    #[serde]
    nothing: i32,
}

#[derive(Serialize, Restless)]
struct Mixed {
    id: i32,
    #[serde(flatten)]
    address: Address,
}

#[derive(Restless)]
struct Decided {
    id: i32,
    #[serde(skip)]
    #[restless(rename = "b")]
    a: i32,
    #[serde(skip_serializing)]
    #[restless(no_filter)]
    b: i32,
    #[serde(skip_deserializing)]
    #[restless(deserialize_with = read)]
    c: i32,
    #[serde(rename = "type")]
    kind: String,
    #[serde(rename = "two__parts")]
    parts: String,
}

#[derive(Serialize)]
struct Address {
    street: String,
}

fn main() {}
