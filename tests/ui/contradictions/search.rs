//! Keys about filters and sort keys, where there is nothing to filter or sort by.

use restless_actix::prelude::*;

#[derive(Restless)]
struct Person {
    #[restless(no_filter, no_sort)]
    id: i32,
    #[restless(skip, no_filter, no_sort)]
    a: String,
    #[restless(write_only, no_filter)]
    b: String,
    #[restless(no_sort, write_only)]
    c: String,
}

fn main() {}
