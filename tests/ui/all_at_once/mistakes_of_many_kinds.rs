//! All mistakes of a struct are reported together, and nothing that follows from them.

use restless_actix::prelude::*;

#[derive(Restless)]
#[restless(pagesize = 20, max_page_size = 5, prefix = "api", methods(get))]
struct Person {
    id: f64,
    #[restless(read_only, write_only)]
    name: String,
    #[restless(rename = "name")]
    full_name: String,
    owner__id: i32,
    #[restless(skip = true)]
    hash: String,
}

fn main() {
    let _ = Person::api_scope();
}
