//! The words are serde's.

use restless_actix::prelude::*;

#[derive(Restless)]
#[restless(rename_all = "camelcase")]
struct Person {
    id: i32,
}

#[derive(Restless)]
#[restless(rename_all = "Train-Case")]
struct Computer {
    id: i32,
}

fn main() {}
