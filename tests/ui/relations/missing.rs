//! A relation says where its foreign key is, unless Diesel does.

use restless_actix::prelude::*;

#[derive(Restless)]
#[diesel(belongs_to(Person, foreign_key = author_id), belongs_to(Person, foreign_key = editor_id))]
#[restless(belongs_to(author: Person), belongs_to(section: crate::models::Section, read_only))]
#[restless(has_one(cover: CoverImage), has_many(comments: Comment))]
#[restless(many_to_many(tags: Tag), many_to_many(readers: Person, through = reader, target_key = person_id))]
struct Article {
    id: i32,
}

fn main() {}
