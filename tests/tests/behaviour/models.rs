//! The models that many tests share.

use actix_web::web::ServiceConfig;
use chrono::NaiveDate;
use diesel::prelude::*;
use restless_actix::prelude::*;

use crate::server::Server;

diesel::table! {
    person (id) {
        id -> Integer,
        name -> Text,
        age -> Nullable<Integer>,
        birth_date -> Nullable<Date>,
    }
}

diesel::table! {
    computer (id) {
        id -> Integer,
        name -> Text,
        vendor -> Nullable<Text>,
        owner_id -> Nullable<Integer>,
    }
}

/// A person.
#[derive(Queryable, Selectable, Identifiable, Insertable, AsChangeset, Restless)]
#[diesel(table_name = person)]
#[restless(methods(GET, POST, PATCH, DELETE))]
pub struct Person {
    pub id: i32,
    /// No two people have the same.
    pub name: String,
    pub age: Option<i32>,
    pub birth_date: Option<NaiveDate>,
}

/// A computer, which may have an owner.
#[derive(Restless)]
#[diesel(table_name = computer)]
#[restless(methods(GET, POST, PATCH, DELETE))]
pub struct Computer {
    pub id: i32,
    pub name: String,
    pub vendor: Option<String>,
    pub owner_id: Option<i32>,
}

/// The tables.
pub const TABLES: &str = "
    CREATE TABLE person (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, age INTEGER, birth_date DATE);
    CREATE TABLE computer (
        id INTEGER PRIMARY KEY, name TEXT NOT NULL, vendor TEXT, owner_id INTEGER REFERENCES person (id)
    );
";

/// Five people, one without an age.
pub const FIVE: &str = "
    INSERT INTO person (id, name, age) VALUES
        (1, 'Lincoln', 23), (2, 'Mary', 19), (3, 'Lucy', 25), (4, 'Katy', NULL), (5, 'John', 19);
";

/// Mounts both models as their attributes say.
pub fn mount(services: &mut ServiceConfig) {
    services.service(Person::api_scope()).service(Computer::api_scope());
}

/// A server with both models and no rows.
pub fn empty() -> Server {
    Server::start(TABLES, mount)
}

/// A server with both models and five people.
pub fn five_people() -> Server {
    Server::start(&format!("{TABLES}{FIVE}"), mount)
}

/// A server with both models and these rows.
pub fn with_rows(rows: &str) -> Server {
    Server::start(&format!("{TABLES}{rows}"), mount)
}
