//! The foreign key of the other side is a column of the related model's table.

use restless_actix::prelude::*;

diesel::table! {
    person (id) {
        id -> Integer,
        boss_id -> Nullable<Integer>,
    }
}

diesel::table! {
    computer (id) {
        id -> Integer,
        owner_id -> Integer,
    }
}

diesel::table! {
    phone (id) {
        id -> Integer,
        owner_id -> Integer,
    }
}

diesel::allow_tables_to_appear_in_same_query!(person, computer, phone);

#[derive(Restless)]
#[diesel(table_name = person, check_for_backend(diesel::sqlite::Sqlite))]
#[restless(has_many(computers: Computer, foreign_key = phone::owner_id))]
#[restless(has_one(phone: Phone, foreign_key = computer::owner_id))]
#[restless(has_many(staff: Self, foreign_key = phone::owner_id))]
#[restless(has_many(broken: Broken, foreign_key = phone::owner_id))]
struct Person {
    id: i32,
}

#[derive(Restless)]
#[diesel(table_name = computer, check_for_backend(diesel::sqlite::Sqlite))]
struct Computer {
    id: i32,
}

#[derive(Restless)]
#[diesel(table_name = phone, check_for_backend(diesel::sqlite::Sqlite))]
struct Phone {
    id: i32,
}

/// Its own mistake is told, and nothing that follows from it.
#[derive(Restless)]
#[diesel(table_name = phone, check_for_backend(diesel::sqlite::Sqlite))]
#[restless(pagesize = 3)]
struct Broken {
    id: i32,
}

fn main() {}
