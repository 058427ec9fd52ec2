//! The document of a collection.

use serde_json::json;

use crate::expected::{collection, person, resource};
use crate::models;

#[test]
fn is_an_empty_array_when_there_are_no_rows() {
    // F03, D07
    let answer = models::empty().get("/api/person");
    answer.is(200, &collection("/api/person", "", &[]));
}

#[test]
fn holds_a_resource_object_for_each_row() {
    let server = models::with_rows("INSERT INTO person VALUES (1, 'Ann', 30, '1990-02-28'), (7, 'Bob', NULL, NULL)");
    let ann = resource("person", "1", &json!({"name": "Ann", "age": 30, "birth_date": "1990-02-28"}));
    server.get("/api/person").is(200, &collection("/api/person", "", &[ann, person(7, "Bob", None)]));
}

#[test]
fn is_an_array_for_one_row_too() {
    let server = models::with_rows("INSERT INTO person (id, name) VALUES (1, 'Ann')");
    server.get("/api/person").is(200, &collection("/api/person", "", &[person(1, "Ann", None)]));
}

#[test]
fn has_the_parameters_in_its_own_link_as_the_standard_writes_them() {
    // D08, Q06: brackets and what is not ASCII percent-encoded, spaces as %20.
    let server = models::with_rows("INSERT INTO person (id, name) VALUES (1, 'Zoë Å')");
    let canonical = "filter%5Bname%5D=Zo%C3%AB%20%C3%85&sort=-name";
    let expected = collection("/api/person", canonical, &[person(1, "Zoë Å", None)]);
    for asked in ["filter[name]=Zo%C3%AB+%C3%85&sort=-name", "filter%5bname%5D=Zo%c3%ab%20%C3%85&&sort=%2Dname&"] {
        server.get(&format!("/api/person?{asked}")).is(200, &expected);
    }
}

#[test]
fn can_be_fetched_by_every_link_in_it() {
    // F01
    let server = models::five_people();
    let document = server.get("/api/person?page[size]=2&page[number]=2&sort=name").json();
    let links = document["links"].as_object().expect("links").values();
    for link in links.chain(document["data"].as_array().expect("an array").iter().map(|one| &one["links"]["self"])) {
        assert_eq!(server.get(link.as_str().expect("a link")).status, 200, "{link}");
    }
}
