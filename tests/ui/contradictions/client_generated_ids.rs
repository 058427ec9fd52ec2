//! A client cannot choose an id that it may not send.

use restless_actix::prelude::*;

#[derive(Restless)]
#[restless(allow_client_generated_ids)]
struct Person {
    #[restless(read_only)]
    id: i32,
}

fn main() {}
