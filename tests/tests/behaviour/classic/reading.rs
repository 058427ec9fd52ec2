//! Single objects, lists, relations and their members.

use restless_actix::prelude::*;
use serde_json::json;

use super::shop::{self, computer, get, ids};
use crate::statements::{statements, watch};

#[test]
fn shows_one_object_with_its_relations() {
    let server = shop::shop();
    let computers = [computer(1, Some("foo"), Some(1)), computer(2, Some("bar"), Some(1))];
    let ada = json!({"id": 1, "name": "Ada", "age": 36, "is_minor": false, "computers": computers});
    get(&server, "/api/person/1").is(200, &ada);
    let cyd = json!({"id": 3, "name": "Cyd", "age": null, "is_minor": null, "computers": []});
    get(&server, "/api/person/3").is(200, &cyd);
    let owner = json!({"id": 2, "name": "Bob", "age": 12, "is_minor": true});
    let mut c3 = computer(3, Some("bar"), Some(2));
    (c3["owner"], c3["tags"]) = (owner, json!([]));
    get(&server, "/api/computer/3").is(200, &c3);
    let mut c4 = computer(4, None, None);
    (c4["owner"], c4["tags"]) = (json!(null), json!([]));
    get(&server, "/api/computer/4").is(200, &c4);
}

#[test]
fn inlines_many_to_many_relations() {
    let server = shop::shop();
    let found = get(&server, "/api/computer/1").json();
    assert_eq!(found["tags"], json!([{"name": "new", "color": null}, {"name": "old", "color": "grey"}]));
}

#[test]
fn answers_with_nothing_for_what_does_not_exist() {
    let server = shop::shop();
    for path in ["/api/person/99", "/api/person/abc", "/api/person/99/computers", "/api/computer/4/owner"] {
        get(&server, path).is(404, &json!({}));
    }
    for path in ["/api/person/1/computers/3", "/api/person/1/computers/99"] {
        get(&server, path).is(404, &json!({}));
    }
    for path in
        ["/api/person/1/bogus", "/api/person/1/name", "/api/person/1/computers/1/tags", "/api/computer/1/owner/1"]
    {
        shop::message(&get(&server, path), 404);
    }
}

#[test]
fn divides_lists_into_pages() {
    let server = shop::shop();
    let first = get(&server, "/api/person?results_per_page=2");
    let list = first.json();
    assert_eq!(ids(&first), "1 2");
    assert_eq!((&list["num_results"], &list["page"], &list["total_pages"]), (&json!(3), &json!(1), &json!(2)));
    let next =
        "</api/person?page=2&results_per_page=2>; rel=\"next\", </api/person?page=2&results_per_page=2>; rel=\"last\"";
    assert_eq!(first.header("link"), Some(next));
    let last = get(&server, "/api/person?results_per_page=2&page=2");
    assert_eq!(
        (ids(&last).as_str(), last.header("link")),
        ("3", Some("</api/person?page=2&results_per_page=2>; rel=\"last\""))
    );
    let behind = get(&server, "/api/person?results_per_page=2&page=9");
    behind.is(200, &json!({"num_results": 3, "objects": [], "page": 9, "total_pages": 2}));
}

#[test]
fn takes_as_many_results_as_the_mount_allows() {
    let server = shop::with(|api| api.results_per_page(1).max_results_per_page(2));
    for (asked, found) in [
        ("", "1"),
        ("?results_per_page=100", "1 2"),
        ("?results_per_page=0", "1"),
        ("?results_per_page=abc", "1"),
        ("?results_per_page=-3", "1"),
    ] {
        assert_eq!(ids(&get(&server, &format!("/api/person{asked}"))), found, "{asked}");
    }
}

#[test]
fn refuses_pages_that_there_cannot_be() {
    let server = shop::shop();
    for page in ["0", "-1", "abc", "", "1.5", "99999999999999999999"] {
        let message = shop::message(&get(&server, &format!("/api/person?page={page}")), 400);
        assert!(message.starts_with("page: expected a number from 1 on"), "{message}");
    }
}

#[test]
fn gives_everything_where_pages_are_switched_off() {
    for change in [|api: Api| api.results_per_page(0), |api: Api| api.results_per_page(0).max_results_per_page(0)] {
        let server = shop::with(change);
        let answer = get(&server, "/api/person?page=7");
        assert_eq!((ids(&answer).as_str(), answer.json()["total_pages"].clone()), ("1 2 3", json!(1)));
    }
}

#[test]
fn lists_relations_as_it_lists_collections() {
    let server = shop::shop();
    let answer = get(&server, "/api/person/1/computers");
    assert_eq!((ids(&answer).as_str(), answer.header("link")), ("1 2", None));
    let list = answer.json();
    assert_eq!(list["objects"][0]["owner"], json!({"id": 1, "name": "Ada", "age": 36, "is_minor": false}));
    assert_eq!((&list["num_results"], &list["page"], &list["total_pages"]), (&json!(2), &json!(1), &json!(1)));
    let member = get(&server, "/api/person/1/computers/2").json();
    assert_eq!((&member["id"], &member["owner"]["name"]), (&json!(2), &json!("Ada")));
    assert_eq!(get(&server, "/api/computer/1/owner").json()["computers"].as_array().map(Vec::len), Some(2));
}

#[test]
fn lists_relations_in_pages_of_the_collection_before_them() {
    let server = shop::with(|api| api.results_per_page(1));
    let second = get(&server, "/api/person/1/computers?page=2");
    assert_eq!((ids(&second).as_str(), second.json()["total_pages"].clone()), ("2", json!(2)));
    let server = shop::with(|api| api.results_per_page(1).related_page_size(2));
    let all = get(&server, "/api/person/1/computers");
    assert_eq!((ids(&all).as_str(), all.json()["total_pages"].clone()), ("1 2", json!(1)));
    assert_eq!(ids(&get(&server, "/api/person")), "1");
}

#[test]
fn asks_once_for_each_relation_of_a_page() {
    let server = watch(&format!("{}{}", shop::TABLES, shop::ROWS), |services| {
        services.service(Api::new("/api").resource(shop::Person::api()).resource(shop::Computer::api()).scope());
    });
    for (path, expected) in
        [("/api/person", 2), ("/api/computer", 3), ("/api/person/1", 2), ("/api/person/1/computers", 3)]
    {
        statements(&server);
        assert_eq!(get(&server, path).status, 200);
        let found = statements(&server);
        assert_eq!(found.len(), expected, "{path}: {found:#?}");
    }
}

#[test]
fn answers_head_and_options() {
    let server = shop::shop();
    let head = server.request("HEAD", "/api/person/1").send_to_anyone();
    assert_eq!((head.status, head.body.as_str(), head.header("content-type")), (200, "", Some("application/json")));
    let allowed = [
        ("/api/person", "GET, HEAD, POST, PATCH, PUT, DELETE, OPTIONS"),
        ("/api/person/1", "GET, HEAD, PATCH, PUT, DELETE, OPTIONS"),
        ("/api/person/1/computers", "GET, HEAD, PATCH, PUT, DELETE, OPTIONS"),
        ("/api/computer", "GET, HEAD, POST, OPTIONS"),
        ("/api/computer/1/tags", "GET, HEAD, OPTIONS"),
        ("/api/computer/1/tags/old", "GET, HEAD, PATCH, DELETE, OPTIONS"),
    ];
    for (path, allowed) in allowed {
        let options = server.request("OPTIONS", path).send_to_anyone();
        assert_eq!((options.status, options.header("allow")), (200, Some(allowed)), "{path}");
    }
    let refused = shop::send(&server, "PUT", "/api/computer/1", &json!({}));
    assert_eq!((refused.status, refused.header("allow")), (405, Some("GET, HEAD, PATCH, DELETE, OPTIONS")));
}

#[test]
fn looks_at_no_other_parameters() {
    let server = shop::shop();
    let answer = get(&server, "/api/person?_=1732486800000&sort=bogus&page[x]=1&filter[=&a=1&a=2");
    assert_eq!(ids(&answer), "1 2 3");
}
