//! A relation is a name and a model, then keys.

use restless_actix::prelude::*;

#[derive(Restless)]
#[restless(belongs_to, has_one(), has_many = "computers", many_to_many(tags))]
#[restless(belongs_to(owner = Person), belongs_to("owner": Person), belongs_to(owner: &Person))]
#[restless(belongs_to(owner: Person foreign_key = owner_id), belongs_to(owner: Person, foreign_key owner_id))]
struct Person {
    id: i32,
}

#[derive(Restless)]
#[restless(belongs_to(owner: Person, foreign_key = computer::owner_id, rename = owner, read_only = true))]
#[restless(has_many(parts: Part, foreign_key = computer_id, on_delete = cascade))]
#[restless(has_one(screen: Screen, foreign_key = "screen::computer_id", no_include(true), on_delete = "delete"))]
#[restless(many_to_many(tags: Tag, through = "computer_tag", foreign_key = computer_tag::computer_id, target_key))]
struct Computer {
    id: i32,
}

#[derive(Restless)]
#[restless(include = "author", max_include_depth = 0)]
#[restless(allow_to_many_replacement = true, allow_delete_from_to_many_relationships(POST))]
struct Article {
    id: i32,
}

#[derive(Restless)]
#[restless(include("author"), max_include_depth = "3")]
struct Comment {
    id: i32,
}

#[derive(Restless)]
#[restless(include())]
struct Tag {
    id: i32,
}

fn main() {
    let _ = (Person::api_scope(), Computer::api_scope(), Article::api_scope(), Comment::api_scope(), Tag::api_scope());
}
