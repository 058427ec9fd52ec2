//! Every resource shows its key and to which others it belongs.

use restless_actix::prelude::*;

#[derive(Restless)]
struct Person {
    #[serde(skip)]
    id: i32,
}

#[derive(Restless)]
struct Computer {
    #[serde(skip_serializing)]
    id: i32,
}

#[derive(Restless)]
struct Room {
    #[serde(skip_serializing_if = "is_zero")]
    id: i32,
}

#[derive(Restless)]
#[restless(belongs_to(room: Room, foreign_key = room_id), allow_client_generated_ids)]
struct Chair {
    #[serde(skip_deserializing)]
    id: i32,
    #[serde(skip_serializing_if = "Option::is_none")]
    room_id: Option<i32>,
}

fn main() {}
