//! A blog: people write articles, comment on them and give them tags.

use std::ops::RangeInclusive;

use actix_web::web::ServiceConfig;
use restless_actix::prelude::*;

use crate::server::Server;

diesel::table! {
    person (id) {
        id -> Integer,
        name -> Text,
        age -> Nullable<Integer>,
    }
}

diesel::table! {
    article (id) {
        id -> Integer,
        title -> Text,
        author_id -> Nullable<Integer>,
        editor_id -> Nullable<Integer>,
    }
}

diesel::table! {
    comment (id) {
        id -> Integer,
        content -> Text,
        article_id -> Integer,
        author_id -> Nullable<Integer>,
    }
}

diesel::table! {
    tag (id) {
        id -> Integer,
        name -> Text,
    }
}

diesel::table! {
    article_tag (article_id, tag_id) {
        article_id -> Integer,
        tag_id -> Integer,
    }
}

diesel::table! {
    profile (id) {
        id -> Integer,
        bio -> Text,
        person_id -> Nullable<Integer>,
    }
}

/// Two of its relations lead to one model.
#[derive(Restless)]
#[diesel(table_name = person)]
#[restless(methods(GET, POST, PATCH, DELETE))]
#[restless(has_many(articles: Article, foreign_key = article::author_id))]
#[restless(has_many(edited: Article, foreign_key = article::editor_id))]
#[restless(has_many(comments: Comment, foreign_key = comment::author_id))]
#[restless(has_one(profile: Profile, foreign_key = profile::person_id))]
#[restless(allow_to_many_replacement, allow_delete_from_to_many_relationships)]
pub struct Person {
    pub id: i32,
    pub name: String,
    pub age: Option<i32>,
}

/// It may be without an author, and without an editor.
#[derive(Restless)]
#[diesel(table_name = article)]
#[restless(methods(GET, POST, PATCH, DELETE))]
#[restless(belongs_to(author: Person, foreign_key = author_id), belongs_to(editor: Person, foreign_key = editor_id))]
#[restless(has_many(comments: Comment, foreign_key = comment::article_id))]
#[restless(many_to_many(tags: Tag, through = article_tag, foreign_key = article_id, target_key = tag_id))]
#[restless(allow_to_many_replacement, allow_delete_from_to_many_relationships)]
pub struct Article {
    pub id: i32,
    pub title: String,
    pub author_id: Option<i32>,
}

/// It cannot be without its article.
#[derive(Restless)]
#[diesel(table_name = comment)]
#[restless(methods(GET, POST, PATCH, DELETE))]
#[restless(belongs_to(article: Article, foreign_key = article_id), belongs_to(author: Person, foreign_key = author_id))]
pub struct Comment {
    pub id: i32,
    pub content: String,
}

/// Its articles can neither be replaced nor be removed.
#[derive(Restless)]
#[diesel(table_name = tag)]
#[restless(methods(GET, POST, PATCH, DELETE))]
#[restless(many_to_many(articles: Article, through = article_tag, foreign_key = tag_id, target_key = article_id))]
pub struct Tag {
    pub id: i32,
    pub name: String,
}

/// There is one of a person at the most.
#[derive(Restless)]
#[diesel(table_name = profile)]
#[restless(methods(GET, POST, PATCH, DELETE), belongs_to(person: Person, foreign_key = person_id))]
pub struct Profile {
    pub id: i32,
    pub bio: String,
}

/// The tables.
pub const TABLES: &str = "
    CREATE TABLE person (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, age INTEGER);
    CREATE TABLE article (
        id INTEGER PRIMARY KEY, title TEXT NOT NULL,
        author_id INTEGER REFERENCES person (id), editor_id INTEGER REFERENCES person (id)
    );
    CREATE TABLE comment (
        id INTEGER PRIMARY KEY, content TEXT NOT NULL,
        article_id INTEGER NOT NULL REFERENCES article (id), author_id INTEGER REFERENCES person (id)
    );
    CREATE TABLE tag (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
    CREATE TABLE article_tag (
        article_id INTEGER NOT NULL REFERENCES article (id), tag_id INTEGER NOT NULL REFERENCES tag (id),
        PRIMARY KEY (article_id, tag_id)
    );
    CREATE TABLE profile (id INTEGER PRIMARY KEY, bio TEXT NOT NULL, person_id INTEGER UNIQUE REFERENCES person (id));
";

/// Ann wrote two articles, Bob edited one of them; the third article, Cleo and the last tag are alone.
pub const ROWS: &str = "
    INSERT INTO person (id, name, age) VALUES (1, 'Ann', 30), (2, 'Bob', NULL), (3, 'Cleo', 20);
    INSERT INTO profile (id, bio, person_id) VALUES (1, 'about Ann', 1), (2, 'about nobody', NULL);
    INSERT INTO article (id, title, author_id, editor_id) VALUES
        (1, 'First', 1, 2), (2, 'Second', 1, NULL), (3, 'Third', NULL, NULL);
    INSERT INTO comment (id, content, article_id, author_id) VALUES
        (1, 'Nice', 1, 2), (2, 'Hm', 1, NULL), (3, 'So', 2, 1);
    INSERT INTO tag (id, name) VALUES (1, 'rust'), (2, 'web'), (3, 'sql');
    INSERT INTO article_tag (article_id, tag_id) VALUES (1, 1), (1, 2), (2, 1);
";

/// All of it, under one prefix.
pub fn api() -> Api {
    Api::new("/api")
        .resource(Person::api())
        .resource(Article::api())
        .resource(Comment::api())
        .resource(Tag::api())
        .resource(Profile::api())
}

/// Mounts all of it.
pub fn mount(services: &mut ServiceConfig) {
    services.service(api().scope());
}

/// Mounts each model by itself.
pub fn mount_alone(services: &mut ServiceConfig) {
    services.service(Person::api_scope()).service(Article::api_scope()).service(Comment::api_scope());
    services.service(Tag::api_scope()).service(Profile::api_scope());
}

/// A server with the blog.
pub fn server() -> Server {
    with_rows(ROWS)
}

/// A server with the models and these rows.
pub fn with_rows(rows: &str) -> Server {
    Server::start(&format!("{TABLES}{rows}"), mount)
}

/// The pairs of an article and a tag, as in `1-1 1-2 2-1`.
pub const TAGGED: &str = "SELECT article_id || '-' || tag_id AS value FROM article_tag ORDER BY article_id, tag_id";

/// The authors of the articles, in the order of the articles.
pub const AUTHORS: &str = "SELECT CAST(author_id AS TEXT) AS value FROM article ORDER BY id";

/// One statement for each of the ids.
pub fn each(ids: RangeInclusive<u32>, row: impl Fn(u32) -> String) -> String {
    ids.map(row).collect::<Vec<_>>().concat()
}
