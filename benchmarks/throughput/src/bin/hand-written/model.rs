//! The rows.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;
use serde::{Deserialize, Serialize};
use throughput::schema::{article, author};

/// An article; what serde writes of it are its attributes.
#[derive(Queryable, Selectable, Identifiable, Serialize)]
#[diesel(table_name = article)]
pub struct Article {
    #[serde(skip)]
    pub id: i32,
    pub title: String,
    pub body: String,
    pub section: String,
    pub words: i32,
    pub created_at: NaiveDateTime,
    #[serde(skip)]
    pub author_id: i32,
}

/// An author; what serde writes of it are its attributes.
#[derive(Queryable, Selectable, Identifiable, Serialize)]
#[diesel(table_name = author)]
pub struct Author {
    #[serde(skip)]
    pub id: i32,
    pub name: String,
    pub email: String,
    pub born: Option<NaiveDate>,
}

/// An article that is about to be created.
#[derive(Insertable)]
#[diesel(table_name = article)]
pub struct NewArticle {
    #[diesel(embed)]
    pub attributes: NewAttributes,
    pub author_id: i32,
}

/// The attributes that an article has to have.
#[derive(Insertable, Deserialize)]
#[diesel(table_name = article)]
pub struct NewAttributes {
    pub title: String,
    pub body: String,
    pub section: String,
    pub words: i32,
    pub created_at: NaiveDateTime,
}

/// The attributes that change.
#[derive(AsChangeset, Deserialize)]
#[diesel(table_name = article)]
pub struct Changes {
    pub title: Option<String>,
    pub body: Option<String>,
    pub section: Option<String>,
    pub words: Option<i32>,
    pub created_at: Option<NaiveDateTime>,
}
