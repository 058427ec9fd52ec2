//! What is included by default is a relation that a client could include.

use restless_actix::prelude::*;

#[derive(Restless)]
#[restless(belongs_to(author: Person, foreign_key = author_id, rename = "writer"))]
#[restless(has_many(comments: Comment, foreign_key = comment::article_id, no_include))]
#[restless(include(autor, writer, title, comments.author, author, author.boss, author.boss))]
struct Article {
    id: i32,
    title: String,
    author_id: i32,
}

#[derive(Restless)]
#[restless(belongs_to(boss: Self, foreign_key = boss_id), include(boss.boss.boss.boss))]
struct Person {
    id: i32,
    boss_id: i32,
}

#[derive(Restless)]
#[restless(belongs_to(parent: Self, foreign_key = parent_id), include(parent.parent), max_include_depth = 1)]
struct Comment {
    id: i32,
    parent_id: i32,
}

fn main() {}
