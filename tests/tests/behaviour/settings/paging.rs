//! `page_size`, `max_page_size` and `count`.

use actix_web::web::ServiceConfig;
use restless_actix::prelude::*;
use serde_json::{Value, json};

use crate::expected::at_parameter;
use crate::models::{FIVE, Person, TABLES};
use crate::server::Server;

diesel::table! {
    person (id) {
        id -> Integer,
        name -> Text,
    }
}

#[derive(Restless)]
#[diesel(table_name = person)]
#[restless(page_size = 2, max_page_size = 3, count(none), collection_name = "uncounted")]
struct Uncounted {
    id: i32,
    name: String,
}

fn server() -> Server {
    fn mount(services: &mut ServiceConfig) {
        services.service(Uncounted::api_scope());
        services.service(Person::api().collection_name("unpaged").page_size(0).scope());
        services.service(Person::api().collection_name("unbounded").page_size(2).max_page_size(0).scope());
        services.service(Person::api().collection_name("quiet").page_size(0).count(Count::None).scope());
    }
    Server::start(&format!("{TABLES}{FIVE}"), mount)
}

fn ids(document: &Value) -> Vec<&str> {
    document["data"].as_array().into_iter().flatten().filter_map(|one| one["id"].as_str()).collect()
}

#[test]
fn give_the_size_of_a_page() {
    let server = server();
    assert_eq!(server.get("/api/uncounted").ids(), "1 2");
    assert_eq!(server.get("/api/uncounted?page[size]=3").ids(), "1 2 3");
    let detail = "page[size]: a page has 3 resources at most, found 4";
    server.get("/api/uncounted?page[size]=4").refuses(400, &[at_parameter("page[size]", detail)]);
}

#[test]
fn of_none_tell_no_total_and_no_last_page() {
    let server = server();
    let page = |number: u32| format!("/api/uncounted?page%5Bnumber%5D={number}&page%5Bsize%5D=2");
    let cases = [
        (1, vec!["1", "2"], Value::Null, json!(page(2))),
        (2, vec!["3", "4"], json!(page(1)), json!(page(3))),
        (3, vec!["5"], json!(page(2)), Value::Null),
    ];
    for (number, expected, prev, next) in cases {
        let answer = server.get(&format!("/api/uncounted?page[number]={number}"));
        let document = answer.json();
        let itself = format!("/api/uncounted?page%5Bnumber%5D={number}");
        assert_eq!(document["links"], json!({"self": itself, "first": page(1), "prev": prev, "next": next}));
        assert_eq!((ids(&document), document.get("meta")), (expected, None));
        assert!(!answer.header("link").expect("a header").contains("rel=\"last\""));
    }
}

#[test]
fn of_none_end_where_the_rows_end() {
    let server = server();
    server.execute("DELETE FROM person WHERE id = 5");
    let document = server.get("/api/uncounted?page[number]=2").json();
    assert_eq!((ids(&document), &document["links"]["next"]), (vec!["3", "4"], &Value::Null));
    let document = server.get("/api/uncounted?page[number]=7").json();
    assert_eq!((ids(&document), &document["links"]["next"]), (vec![], &Value::Null));
}

#[test]
fn of_zero_paginate_only_when_the_client_asks() {
    let server = server();
    let answer = server.get("/api/unpaged");
    let document = answer.json();
    assert_eq!((answer.ids().as_str(), &document["links"]), ("1 2 3 4 5", &json!({"self": "/api/unpaged"})));
    assert_eq!((&document["meta"], answer.header("link")), (&json!({"total": 5}), None));
    let document = server.get("/api/unpaged?page[size]=2&page[number]=2").json();
    assert_eq!((ids(&document), &document["meta"]), (vec!["3", "4"], &json!({"total": 5})));
    let document = server.get("/api/quiet").json();
    assert_eq!((ids(&document), document.get("meta")), (vec!["1", "2", "3", "4", "5"], None));
}

#[test]
fn of_zero_at_most_have_no_maximum() {
    let server = server();
    assert_eq!(server.get("/api/unbounded").ids(), "1 2");
    assert_eq!(server.get("/api/unbounded?page[size]=1000000").ids(), "1 2 3 4 5");
    assert_eq!(server.get("/api/unbounded?page[size]=9223372036854775807").ids(), "1 2 3 4 5");
    assert_eq!(server.get("/api/unbounded?page[size]=0").ids(), "1 2 3 4 5");
}

#[test]
fn refuse_the_whole_of_a_collection_that_is_too_large() {
    let server = server();
    let detail = "page[size]: the collection has more than 3 resources, ask for pages of it";
    server.get("/api/uncounted?page[size]=0").refuses(400, &[at_parameter("page[size]", detail)]);
    assert_eq!(server.get("/api/uncounted?page[size]=0&filter[id]=1,2,3").ids(), "1 2 3");
}
