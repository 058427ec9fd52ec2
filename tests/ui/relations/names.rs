//! Relations and attributes share one space of names.

use restless_actix::prelude::*;

#[derive(Restless)]
#[restless(belongs_to(name: Person, foreign_key = owner_id), belongs_to(room__1: Room, foreign_key = room_id))]
#[restless(has_many(parts: Part, foreign_key = part::computer_id))]
#[restless(has_many(screens: Screen, foreign_key = screen::computer_id, rename = "parts"))]
#[restless(has_one(id: Number, foreign_key = number::computer_id), has_one(r#type: Kind, foreign_key = kind::computer_id))]
#[restless(has_one(licence: Licence, foreign_key = licence::computer_id, rename = "licence/key"))]
struct Computer {
    id: i32,
    name: String,
    owner_id: i32,
    #[restless(rename = "name")]
    vendor: String,
}

fn main() {}
