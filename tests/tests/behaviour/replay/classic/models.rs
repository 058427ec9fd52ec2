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
    computer (id) {
        id -> Integer,
        name -> Nullable<Text>,
        vendor -> Nullable<Text>,
        buy_date -> Nullable<Timestamp>,
        owner_id -> Nullable<Integer>,
    }
}

diesel::table! {
    program (id) {
        id -> Integer,
        name -> Nullable<Text>,
    }
}

diesel::table! {
    computer_program (computer_id, program_id) {
        id -> Integer,
        computer_id -> Integer,
        program_id -> Integer,
        licensed -> Bool,
    }
}

diesel::table! {
    star (id) {
        id -> Integer,
        inception_time -> Nullable<Timestamp>,
        born_on -> Nullable<Date>,
        rise -> Nullable<Time>,
    }
}

diesel::table! {
    satellite (name) {
        name -> Text,
        period -> Nullable<Integer>,
    }
}

#[derive(Queryable, Selectable, Restless)]
#[diesel(table_name = person)]
#[restless(computed(is_minor), has_many(computers: Computer, foreign_key = computer::owner_id))]
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
#[diesel(table_name = computer)]
#[restless(
    belongs_to(owner: Person, foreign_key = owner_id),
    has_many(programs: ComputerProgram, foreign_key = computer_program::computer_id, on_delete = "cascade")
)]
pub struct Computer {
    pub id: i32,
    pub name: Option<String>,
    pub vendor: Option<String>,
    pub buy_date: Option<NaiveDateTime>,
    pub owner_id: Option<i32>,
}

#[derive(Queryable, Selectable, Restless)]
#[diesel(table_name = program)]
pub struct Program {
    pub id: i32,
    pub name: Option<String>,
}

/// A pair; its column `id` is there because a resource has one key.
#[derive(Queryable, Selectable, Restless)]
#[diesel(table_name = computer_program, primary_key(computer_id, program_id))]
#[restless(
    primary_key = id,
    belongs_to(computer: Computer, foreign_key = computer_id),
    belongs_to(program: Program, foreign_key = program_id)
)]
pub struct ComputerProgram {
    pub id: i32,
    pub computer_id: i32,
    pub program_id: i32,
    pub licensed: bool,
}

#[derive(Queryable, Selectable, Restless)]
#[diesel(table_name = star)]
pub struct Star {
    pub id: i32,
    pub inception_time: Option<NaiveDateTime>,
    pub born_on: Option<NaiveDate>,
    pub rise: Option<NaiveTime>,
}

/// SQLite has no intervals: the period is a number of seconds.
#[derive(Queryable, Selectable, Restless)]
#[diesel(table_name = satellite, primary_key(name))]
pub struct Satellite {
    pub name: String,
    pub period: Option<i32>,
}

const TABLES: &str = "
    CREATE TABLE person (id INTEGER PRIMARY KEY, name TEXT UNIQUE, age INTEGER, other REAL, birth_date DATE);
    CREATE TABLE computer (
        id INTEGER PRIMARY KEY, name TEXT UNIQUE, vendor TEXT, buy_date TIMESTAMP,
        owner_id INTEGER REFERENCES person (id) ON DELETE SET NULL);
    CREATE TABLE program (id INTEGER PRIMARY KEY, name TEXT UNIQUE);
    CREATE TABLE computer_program (
        id INTEGER PRIMARY KEY, computer_id INTEGER NOT NULL REFERENCES computer (id),
        program_id INTEGER NOT NULL REFERENCES program (id), licensed BOOLEAN NOT NULL DEFAULT FALSE,
        UNIQUE (computer_id, program_id));
    CREATE TABLE star (id INTEGER PRIMARY KEY, inception_time TIMESTAMP, born_on DATE, rise TIME);
    CREATE TABLE satellite (name TEXT NOT NULL PRIMARY KEY, period INTEGER);
";

const FIVE: &str = "
    INSERT INTO person (id, name, age, other, birth_date) VALUES
        (1, 'Lincoln', 23, 22.0, '1900-01-02'), (2, 'Mary', 19, 19.0, NULL), (3, 'Lucy', 25, 20.0, NULL),
        (4, 'Katy', 7, 10.0, NULL), (5, 'John', 28, 10.0, NULL);
";

const COMPUTERS: &str = "
    INSERT INTO computer (id, name, vendor, owner_id) VALUES
        (1, 'c1', 'foo', 1), (2, 'c2', 'bar', 1), (3, 'c3', 'bar', 1), (4, 'c4', NULL, 2), (5, 'c5', 'foo', 3),
        (6, 'c6', 'foo', NULL);
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
        "pc" => format!("{FIVE}{COMPUTERS}"),
        _ => return None,
    };
    Some(format!("{TABLES}{rows}"))
}
