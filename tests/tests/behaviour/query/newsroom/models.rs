//! People with bosses, the articles that they write and edit, tags and profiles: a column of every usual type, and a
//! relationship of every kind.

use chrono::{NaiveDate, NaiveDateTime};
use restless_actix::prelude::*;

diesel::table! {
    person (id) {
        id -> Integer,
        name -> Text,
        motto -> Nullable<Text>,
        age -> Nullable<Integer>,
        height -> Nullable<Double>,
        born -> Nullable<Date>,
        seen -> Nullable<Timestamp>,
        active -> Nullable<Bool>,
        boss_id -> Nullable<Integer>,
    }
}

diesel::table! {
    profile (id) {
        id -> Integer,
        bio -> Nullable<Text>,
        person_id -> Nullable<Integer>,
    }
}

diesel::table! {
    article (id) {
        id -> Integer,
        title -> Text,
        stars -> Nullable<Integer>,
        author_id -> Nullable<Integer>,
        editor_id -> Nullable<Integer>,
    }
}

diesel::table! {
    tag (id) {
        id -> Integer,
        label -> Nullable<Text>,
    }
}

diesel::table! {
    article_tag (article_id, tag_id) {
        article_id -> Integer,
        tag_id -> Integer,
    }
}

#[derive(Restless)]
#[diesel(table_name = person)]
#[restless(methods(GET, POST), belongs_to(boss: Self, foreign_key = boss_id))]
#[restless(has_many(reports: Person, foreign_key = person::boss_id))]
#[restless(has_many(articles: Article, foreign_key = article::author_id))]
#[restless(has_one(profile: Profile, foreign_key = profile::person_id))]
pub struct Person {
    pub id: i32,
    pub name: String,
    pub motto: Option<String>,
    pub age: Option<i32>,
    pub height: Option<f64>,
    pub born: Option<NaiveDate>,
    pub seen: Option<NaiveDateTime>,
    pub active: Option<bool>,
}

#[derive(Restless)]
#[diesel(table_name = profile)]
#[restless(belongs_to(person: Person, foreign_key = person_id))]
pub struct Profile {
    pub id: i32,
    pub bio: Option<String>,
}

/// Two of its relationships lead to one model.
#[derive(Restless)]
#[diesel(table_name = article)]
#[restless(belongs_to(author: Person, foreign_key = author_id), belongs_to(editor: Person, foreign_key = editor_id))]
#[restless(many_to_many(tags: Tag, through = article_tag, foreign_key = article_id, target_key = tag_id))]
pub struct Article {
    pub id: i32,
    pub title: String,
    pub stars: Option<i32>,
}

#[derive(Restless)]
#[diesel(table_name = tag)]
#[restless(many_to_many(articles: Article, through = article_tag, foreign_key = tag_id, target_key = article_id))]
pub struct Tag {
    pub id: i32,
    pub label: Option<String>,
}

/// The tables. Nothing but the keys is unique, and no reference is checked, so that rows may be anything.
pub const TABLES: &str = "
    CREATE TABLE person (
        id INTEGER PRIMARY KEY, name TEXT NOT NULL, motto TEXT, age INTEGER, height DOUBLE, born DATE, seen TIMESTAMP,
        active BOOLEAN, boss_id INTEGER
    );
    CREATE TABLE profile (id INTEGER PRIMARY KEY, bio TEXT, person_id INTEGER);
    CREATE TABLE article (
        id INTEGER PRIMARY KEY, title TEXT NOT NULL, stars INTEGER, author_id INTEGER, editor_id INTEGER
    );
    CREATE TABLE tag (id INTEGER PRIMARY KEY, label TEXT);
    CREATE TABLE article_tag (article_id INTEGER NOT NULL, tag_id INTEGER NOT NULL, PRIMARY KEY (article_id, tag_id));
";

/// Ann is the boss of Bob and Cleo, Bob of Dee, Dee of Eve. Ann and Bob write; Dee edits. Fay is alone.
pub const ROWS: &str = "
    INSERT INTO person (id, name, motto, age, height, born, seen, active, boss_id) VALUES
        (1, 'Ann', 'Ann', 30, 1.75, '1990-02-28', '2024-02-29 13:37:00', TRUE, NULL),
        (2, 'Bob', NULL, NULL, 1.5, NULL, NULL, FALSE, 1),
        (3, 'Cleo', 'cleo', 20, NULL, '2004-12-31', '2024-01-01 00:00:00', NULL, 1),
        (4, 'Dee', 'zzz', 30, 1.75, '1990-03-01', '2024-02-29 13:37:01', TRUE, 2),
        (5, 'Eve', 'Eve', 41, 2, '1983-07-04', NULL, FALSE, 4),
        (6, 'Fay', NULL, 25, NULL, NULL, NULL, NULL, NULL);
    INSERT INTO profile (id, bio, person_id) VALUES (1, 'writes', 1), (2, 'edits', 4), (3, NULL, 5), (4, 'lost', NULL);
    INSERT INTO article (id, title, stars, author_id, editor_id) VALUES
        (1, 'One', 5, 1, 4), (2, 'Two', 3, 1, 1), (3, 'Three', NULL, 2, NULL), (4, 'Four', 4, NULL, 4);
    INSERT INTO tag (id, label) VALUES (1, 'rust'), (2, 'web'), (3, NULL), (4, 'sql');
    INSERT INTO article_tag (article_id, tag_id) VALUES (1, 1), (1, 2), (2, 1), (3, 3);
";
