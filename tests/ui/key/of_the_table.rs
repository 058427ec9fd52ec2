//! The key is the whole primary key of the table, or a column that is unique by itself.

use restless_actix::prelude::*;

diesel::table! {
    person (username) {
        username -> Text,
        id -> Integer,
        number -> Integer,
    }
}

diesel::table! {
    stock (warehouse_id, sku) {
        warehouse_id -> Integer,
        sku -> Integer,
        id -> Integer,
    }
}

#[derive(Restless)]
#[diesel(table_name = person)]
struct OfTheUsualName {
    id: i32,
}

#[derive(Restless)]
#[diesel(table_name = person, primary_key(number))]
struct OfDiesel {
    number: i32,
}

#[derive(Restless)]
#[diesel(table_name = stock, primary_key(warehouse_id))]
struct PartByDiesel {
    warehouse_id: i32,
}

#[derive(Restless)]
#[diesel(table_name = stock)]
#[restless(primary_key = sku)]
struct PartByRestless {
    sku: i32,
}

#[derive(Restless)]
#[diesel(table_name = stock)]
#[restless(primary_key = number)]
struct PartOfAnotherName {
    #[diesel(column_name = sku)]
    number: i32,
}

#[derive(Restless)]
#[diesel(table_name = stock, primary_key(warehouse_id, sku))]
#[restless(primary_key = warehouse_id)]
struct PartOfBoth {
    warehouse_id: i32,
}

#[derive(Restless)]
#[diesel(table_name = stock)]
struct BesideSeveral {
    id: i32,
}

#[derive(Restless)]
#[diesel(table_name = person)]
struct WithoutKey {
    username: String,
}

#[derive(Restless)]
#[diesel(table_name = stock)]
struct WithoutKeys {
    warehouse_id: i32,
}

fn main() {}
