//! A type of the application's may be called as a domain calls it, and stand beside the prelude by a glob.

#![deny(warnings)]

use domain::*;
use restless_actix::prelude::*;
use restless_actix::{Deserializer, FieldAccess, Serializer};

mod domain {
    #[derive(Clone, Copy)]
    pub enum Status {
        Open,
        Closed,
    }
}

diesel::table! {
    ticket (id) {
        id -> Integer,
        subject -> Text,
    }
}

#[derive(diesel::Queryable, diesel::Selectable, Restless)]
#[diesel(table_name = ticket)]
#[restless(field_access = all)]
struct Ticket {
    id: i32,
    subject: String,
}

fn all(_: &Context) -> FieldAccess<Ticket> {
    FieldAccess::all()
}

fn _is_a_serializer(_: impl Serializer<Ticket>) {}

fn _is_a_deserializer(_: impl Deserializer<Ticket>) {}

fn main() {
    let _ = [Status::Open, Status::Closed];
    let _ = restless_actix::Status::NOT_FOUND;
    let _ = Ticket::api_scope();
}
