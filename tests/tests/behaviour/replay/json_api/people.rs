//! People under another name and prefix, which the model itself says.

use chrono::NaiveDate;
use diesel::prelude::*;
use restless_actix::prelude::*;

use super::models::{article, person};

#[derive(Queryable, Selectable, Restless)]
#[diesel(table_name = person)]
#[restless(prefix = "/api/v2", collection_name = "people", computed(is_minor))]
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
#[restless(belongs_to(author: Person, foreign_key = author_id))]
pub struct Article {
    pub id: i32,
    pub title: Option<String>,
    pub author_id: Option<i32>,
}
