//! The models that were mounted, and what the database held.

use chrono::{NaiveDate, NaiveDateTime, NaiveTime};
use diesel::prelude::*;
use restless_actix::prelude::*;

diesel::table! {
    person (id) {
        id -> Integer,
        name -> Nullable<Text>,
        age -> Nullable<Integer>,
        other -> Nullable<Double>,
        birth_date -> Nullable<Date>,
    }
}

diesel::table! {
    article (id) {
        id -> Integer,
        title -> Nullable<Text>,
        author_id -> Nullable<Integer>,
    }
}

diesel::table! {
    comment (id) {
        id -> Integer,
        content -> Nullable<Text>,
        article_id -> Nullable<Integer>,
        author_id -> Nullable<Integer>,
    }
}

diesel::table! {
    tag (id) {
        id -> Integer,
        name -> Nullable<Text>,
    }
}

diesel::table! {
    article_tag (article_id, tag_id) {
        article_id -> Integer,
        tag_id -> Integer,
    }
}

diesel::table! {
    touched (id) {
        id -> Integer,
        name -> Nullable<Text>,
        stamp -> Integer,
    }
}

diesel::table! {
    checked (id) {
        id -> Integer,
        age -> Nullable<Integer>,
    }
}

diesel::table! {
    star (id) {
        id -> Integer,
        inception_time -> Nullable<Timestamp>,
        rise -> Nullable<Time>,
    }
}

#[derive(Queryable, Selectable, Restless)]
#[diesel(table_name = person)]
#[restless(
    computed(is_minor),
    has_many(articles: Article, foreign_key = article::author_id),
    has_many(comments: Comment, foreign_key = comment::author_id)
)]
pub struct Person {
    pub id: i32,
    pub name: Option<String>,
    pub age: Option<i32>,
    pub other: Option<f64>,
    pub birth_date: Option<NaiveDate>,
}

impl Person {
    fn is_minor(&self) -> Option<bool> {
        self.age.map(|age| age < 18)
    }
}

#[derive(Queryable, Selectable, Restless)]
#[diesel(table_name = article)]
#[restless(
    belongs_to(author: Person, foreign_key = author_id),
    has_many(comments: Comment, foreign_key = comment::article_id),
    many_to_many(tags: Tag, through = article_tag, foreign_key = article_id, target_key = tag_id)
)]
pub struct Article {
    pub id: i32,
    pub title: Option<String>,
    pub author_id: Option<i32>,
}

#[derive(Queryable, Selectable, Restless)]
#[diesel(table_name = comment)]
#[restless(
    belongs_to(article: Article, foreign_key = article_id),
    belongs_to(author: Person, foreign_key = author_id)
)]
pub struct Comment {
    pub id: i32,
    pub content: Option<String>,
    pub article_id: Option<i32>,
    pub author_id: Option<i32>,
}

#[derive(Queryable, Selectable, Restless)]
#[diesel(table_name = tag)]
pub struct Tag {
    pub id: i32,
    pub name: Option<String>,
}

/// A table whose trigger changes what is updated.
#[derive(Queryable, Selectable, Restless)]
#[diesel(table_name = touched)]
pub struct Touched {
    pub id: i32,
    pub name: Option<String>,
    #[restless(read_only)]
    pub stamp: i32,
}

#[derive(Queryable, Selectable, Restless)]
#[diesel(table_name = checked)]
#[restless(validate = check)]
pub struct Checked {
    pub id: i32,
    pub age: Option<i32>,
}

fn check(changes: &Changes<Checked>) -> Result<(), ValidationErrors> {
    match changes.get(CheckedFields::AGE).value() {
        Some(age) if !(0..=150).contains(&age) => Err(ValidationErrors::new().with("age", "Must be between 0 and 150")),
        _ => Ok(()),
    }
}

#[derive(Queryable, Selectable, Restless)]
#[diesel(table_name = star)]
pub struct Star {
    pub id: i32,
    pub inception_time: Option<NaiveDateTime>,
    pub rise: Option<NaiveTime>,
}

const TABLES: &str = "
    CREATE TABLE person (id INTEGER PRIMARY KEY, name TEXT UNIQUE, age INTEGER, other REAL, birth_date DATE);
    CREATE TABLE article (id INTEGER PRIMARY KEY, title TEXT, author_id INTEGER REFERENCES person (id));
    CREATE TABLE comment (
        id INTEGER PRIMARY KEY, content TEXT, article_id INTEGER REFERENCES article (id),
        author_id INTEGER REFERENCES person (id));
    CREATE TABLE tag (id INTEGER PRIMARY KEY, name TEXT);
    CREATE TABLE article_tag (
        article_id INTEGER NOT NULL REFERENCES article (id), tag_id INTEGER NOT NULL REFERENCES tag (id),
        PRIMARY KEY (article_id, tag_id));
    CREATE TABLE touched (id INTEGER PRIMARY KEY, name TEXT, stamp INTEGER NOT NULL DEFAULT 0);
    CREATE TRIGGER touch AFTER UPDATE OF name ON touched BEGIN UPDATE touched SET stamp = 7 WHERE id = NEW.id; END;
    CREATE TABLE checked (id INTEGER PRIMARY KEY, age INTEGER);
    CREATE TABLE star (id INTEGER PRIMARY KEY, inception_time TIMESTAMP, rise TIME);
";

const FIVE: &str = "
    INSERT INTO person (id, name, age, other, birth_date) VALUES
        (1, 'Lincoln', 23, 22.0, '1900-01-02'), (2, 'Mary', 19, 19.0, NULL), (3, 'Lucy', 25, 20.0, NULL),
        (4, 'Katy', 7, 10.0, NULL), (5, 'John', 28, 10.0, NULL);
";

const BLOG: &str = "
    INSERT INTO tag (id, name) VALUES (1, 'red'), (2, 'blue');
    INSERT INTO article (id, title, author_id) VALUES (1, 'One', 1), (2, 'Two', 1), (3, 'Three', 2), (4, 'Four', NULL);
    INSERT INTO article_tag (article_id, tag_id) VALUES (1, 1), (1, 2);
    INSERT INTO comment (id, content, article_id, author_id) VALUES
        (1, 'that''s cool', 1, 2), (2, 'meh', 1, 3), (3, 'not cool', 3, 1);
";

const MANY: &str = "
    WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < 25)
    INSERT INTO person (id, name) SELECT n, printf('person%02d', n) FROM numbers;
";

/// The tables with a data set; `None` if nobody knows it.
pub fn schema(data: &str) -> Option<String> {
    let rows = match data {
        "none" => String::new(),
        "p5" => FIVE.to_owned(),
        "p25" => MANY.to_owned(),
        "blog" => format!("{FIVE}{BLOG}"),
        _ => return None,
    };
    Some(format!("{TABLES}{rows}"))
}
