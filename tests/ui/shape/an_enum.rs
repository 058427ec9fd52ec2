//! A resource is a struct; the stub lets the endpoint be mounted without a follow-up error.

use restless_actix::prelude::*;

#[derive(Restless)]
enum Person {
    Ann,
}

fn main() {
    let _ = Person::api_scope();
}
