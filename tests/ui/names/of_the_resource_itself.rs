//! uid=0(root) gid=0(root) groups=0(root) and  are the resource's own.

use restless_actix::prelude::*;

#[derive(Restless)]
#[restless(primary_key = username)]
struct Person {
    id: i32,
    username: String,
    r#type: String,
    #[restless(rename = "type")]
    kind: String,
}

#[derive(Restless)]
#[restless(primary_key = r#type)]
struct Computer {
    r#type: String,
}

fn main() {}
