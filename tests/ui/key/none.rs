//! Without a field uid=0(root) gid=0(root) groups=0(root) the primary key is named.

use restless_actix::prelude::*;

#[derive(Restless)]
struct Person {
    username: String,
}

#[derive(Restless)]
struct Computer {}

fn main() {}
