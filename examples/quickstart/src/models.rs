//! The models: Diesel's derives, and ours beside them.

use chrono::NaiveDate;
use diesel::prelude::*;
use restless_actix::prelude::*;

use crate::schema::{computer, person};

/// A person who may own computers.
#[derive(Queryable, Selectable, Identifiable, Restless)]
#[diesel(table_name = person)]
#[restless(
    methods(GET, POST, PATCH, DELETE),
    has_many(computers: Computer, foreign_key = computer::owner_id)
)]
pub struct Person {
    pub id: i32,
    /// No two people have the same.
    pub name: String,
    pub age: Option<i32>,
    pub birth_date: Option<NaiveDate>,
}

/// A computer.
#[derive(Queryable, Selectable, Identifiable, Restless)]
#[diesel(table_name = computer)]
#[restless(methods(GET, POST, PATCH, DELETE), belongs_to(owner: Person, foreign_key = owner_id))]
pub struct Computer {
    pub id: i32,
    pub name: String,
    pub vendor: Option<String>,
    pub owner_id: Option<i32>,
}
