//! A key is given once, whether in one attribute or in several.

use restless_actix::prelude::*;

#[derive(Restless)]
#[restless(page_size = 20, page_size = 30)]
#[restless(prefix = "/a")]
#[restless(prefix = "/b")]
#[restless(allow_functions, allow_functions)]
struct Person {
    id: i32,
    #[restless(read_only, read_only, no_filter, no_filter, no_sort, no_sort)]
    name: String,
}

fn main() {}
