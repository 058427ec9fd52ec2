//! A relation has its own keys, each once.

use restless_actix::prelude::*;

#[derive(Restless)]
#[restless(belongs_to(owner: Person, foreignkey = owner_id, Rename = "owned by", colour))]
#[restless(belongs_to(room: Room, foreign_key = room_id, foreign_key = place_id, read_only, read_only))]
#[restless(has_many(parts: Part, foreign_key = part::computer_id, through = computer_part))]
#[restless(has_one(screen: Screen, foreign_key = screen::computer_id, target_key = screen_id))]
#[restless(many_to_many(tags: Tag, throu = computer_tag, foreign_key = computer_id, target_key = tag_id))]
struct Computer {
    id: i32,
    #[restless(belongs_to(maker: Person, foreign_key = maker_id))]
    maker_id: i32,
}

fn main() {}
