//! The order of a collection.

use crate::backends::by_backend;
use crate::expected::{at_parameter, collection, person};
use crate::models;

#[test]
fn is_that_of_the_keys_when_the_client_asks_for_none() {
    assert_eq!(models::five_people().get("/api/person").ids(), "1 2 3 4 5");
}

#[test]
fn follows_the_sort_keys_and_ends_with_the_id() {
    // F23, F25, F26; nulls come first in ascending order, as SQLite has it.
    let cases = [
        ("name", "5 4 1 3 2"),
        ("-name", "2 3 1 4 5"),
        ("age", nulls("4 2 5 1 3", "2 5 1 3 4")),
        ("-age", nulls("3 1 2 5 4", "4 3 1 2 5")),
        ("age,name", nulls("4 5 2 1 3", "5 2 1 3 4")),
        ("age,-name", nulls("4 2 5 1 3", "2 5 1 3 4")),
        ("-age,-id", nulls("3 1 5 2 4", "4 3 1 5 2")),
        ("id", "1 2 3 4 5"),
        ("-id", "5 4 3 2 1"),
        ("birth_date,-id", "5 4 3 2 1"),
    ];
    let server = models::five_people();
    for (sort, ids) in cases {
        assert_eq!(server.get(&format!("/api/person?sort={sort}")).ids(), ids, "sort={sort}");
    }
}

#[test]
fn shows_the_whole_document_in_that_order() {
    let server = models::with_rows("INSERT INTO person (id, name, age) VALUES (1, 'Ann', 1), (2, 'Bob', 2)");
    let people = [person(2, "Bob", Some(2)), person(1, "Ann", Some(1))];
    server.get("/api/person?sort=-age").is(200, &collection("/api/person", "sort=-age", &people));
}

#[test]
fn may_be_by_an_attribute_that_is_not_shown() {
    let answer = models::five_people().get("/api/person?sort=-age&fields[person]=name");
    assert_eq!(answer.ids(), nulls("3 1 2 5 4", "4 3 1 2 5"));
}

#[test]
fn refuses_keys_that_are_none() {
    // F24
    let cases = [
        ("sort=name,,age", "sort", "sort: expected names with commas between them"),
        ("sort=name,", "sort", "sort: expected names with commas between them"),
        ("sort=colour", "sort", "sort: there is no attribute \"colour\""),
        ("sort=-colour", "sort", "sort: there is no attribute \"colour\""),
        ("sort=--name", "sort", "sort: there is no attribute \"-name\""),
        ("sort=-", "sort", "sort: there is no attribute \"\""),
        ("sort=+name", "sort", "sort: there is no attribute \" name\""),
        ("sort=Name", "sort", "sort: there is no attribute \"Name\""),
        ("sort=owner.name", "sort", "sort: there is no relationship \"owner\""),
        ("sort=name;DROP%20TABLE%20person", "sort", "sort: there is no attribute \"name;DROP TABLE person\""),
        ("sort=name,-name", "sort", "sort: \"-name\" stands more than once"),
        ("sort[name]=1", "sort[name]", "sort has no members: expected sort=…"),
        ("sort=name&sort=-name", "sort", "sort: \"-name\" stands more than once"),
    ];
    let server = models::five_people();
    for (query, parameter, detail) in cases {
        server.get(&format!("/api/person?{query}")).refuses(400, &[at_parameter(parameter, detail)]);
    }
}

#[test]
fn names_every_key_that_is_none() {
    let error = |name: &str| at_parameter("sort", &format!("sort: there is no attribute \"{name}\""));
    models::five_people().get("/api/person?sort=a,name,b").refuses(400, &[error("a"), error("b")]);
}

/// Nulls are less than everything else, in PostgreSQL greater.
fn nulls(least: &'static str, greatest: &'static str) -> &'static str {
    by_backend(least, greatest, least)
}
