//! A key whose type only rustc knows.

use restless_actix::prelude::*;

diesel::table! {
    reading (taken) {
        taken -> Timestamp,
        value -> Double,
    }
}

type Moment = chrono::NaiveDateTime;

#[derive(Restless)]
#[diesel(table_name = reading, primary_key(taken))]
struct Reading {
    taken: Moment,
    value: f64,
}

fn main() {}
