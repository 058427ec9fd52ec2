//! What becomes of rows is said where the resource is deleted, and can be done there.

use restless_actix::prelude::*;

#[derive(Restless)]
#[restless(belongs_to(author: Person, foreign_key = author_id, on_delete = "cascade"))]
#[restless(many_to_many(tags: Tag, through = article_tag, foreign_key = article_id, target_key = tag_id, on_delete = "set_null"))]
struct Article {
    id: i32,
    author_id: i32,
}

fn main() {}
