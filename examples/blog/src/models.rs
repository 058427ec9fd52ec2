//! The models and how they belong together.

use diesel::prelude::*;
use restless_actix::prelude::*;

use crate::schema::{article, article_tag, comment, person, tag};

/// Somebody who writes, edits or comments.
#[derive(Queryable, Selectable, Identifiable, Restless)]
#[diesel(table_name = person)]
#[restless(
    methods(GET, POST, PATCH, DELETE),
    has_many(articles: Article, foreign_key = article::author_id),
    has_many(edited: Article, foreign_key = article::editor_id, on_delete = "set_null"),
    has_many(comments: Comment, foreign_key = comment::author_id, on_delete = "set_null")
)]
pub struct Person {
    pub id: i32,
    pub name: String,
}

/// What the blog is about.
#[derive(Queryable, Selectable, Identifiable, Restless)]
#[diesel(table_name = article)]
#[restless(
    methods(GET, POST, PATCH, DELETE),
    belongs_to(author: Person, foreign_key = author_id),
    belongs_to(editor: Person, foreign_key = editor_id),
    has_many(comments: Comment, foreign_key = comment::article_id, on_delete = "cascade"),
    many_to_many(tags: Tag, through = article_tag, foreign_key = article_id, target_key = tag_id, on_delete = "cascade"),
    allow_to_many_replacement,
    allow_delete_from_to_many_relationships
)]
pub struct Article {
    pub id: i32,
    pub title: String,
    pub author_id: i32,
    pub editor_id: Option<i32>,
}

/// What somebody says of an article.
#[derive(Queryable, Selectable, Identifiable, Restless)]
#[diesel(table_name = comment)]
#[restless(
    methods(GET, POST, PATCH, DELETE),
    belongs_to(article: Article, foreign_key = article_id),
    belongs_to(author: Person, foreign_key = author_id)
)]
pub struct Comment {
    pub id: i32,
    pub content: String,
    pub article_id: i32,
    pub author_id: Option<i32>,
}

/// A word that articles are found by.
#[derive(Queryable, Selectable, Identifiable, Restless)]
#[diesel(table_name = tag)]
#[restless(
    methods(GET, POST, PATCH, DELETE),
    many_to_many(articles: Article, through = article_tag, foreign_key = tag_id, target_key = article_id)
)]
pub struct Tag {
    pub id: i32,
    pub name: String,
}
