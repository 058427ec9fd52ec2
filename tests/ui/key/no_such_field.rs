//! A primary key is a field of the struct.

use restless_actix::prelude::*;

#[derive(Restless)]
#[restless(primary_key = usrname)]
struct Person {
    id: i32,
    username: String,
}

#[derive(Restless)]
#[diesel(primary_key(serial))]
struct Computer {
    vendor: String,
}

fn main() {}
