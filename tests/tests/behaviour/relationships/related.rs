//! What is at the other end of a relationship, as primary data (D23, F04).

use serde_json::{Value, json};

use super::blog::server;
use super::graph;
use super::shown::{ann, comment, first, including, linking, no_such_relationship, profile, second, tag};
use crate::expected::{at_parameter, document, error, no_such_resource, related_collection};

#[test]
fn to_one_is_a_resource() {
    let server = server();
    server.get("/api/article/1/author").is(200, &document("/api/article/1/author", &ann()));
    server.get("/api/comment/3/article").is(200, &document("/api/comment/3/article", &second()));
    let about = profile(1, "about Ann", Some(1));
    server.get("/api/person/1/profile").is(200, &document("/api/person/1/profile", &about));
}

#[test]
fn empty_to_one_is_null() {
    let server = server();
    for path in ["/api/article/3/author", "/api/person/2/profile", "/api/profile/2/person", "/api/comment/2/author"] {
        server.get(path).is(200, &document(path, &Value::Null));
    }
}

#[test]
fn empty_to_one_that_includes_is_a_compound_document() {
    let server = server();
    let path = "/api/article/3/author?include=articles";
    let expected = including(document(path, &Value::Null), &[]);
    server.get(path).is(200, &expected);
}

#[test]
fn to_many_is_a_collection() {
    let server = server();
    let path = "/api/person/1/articles";
    server.get(path).is(200, &related_collection(path, "", &[first(), second()]));
    let path = "/api/article/1/comments";
    let comments = [comment(1, "Nice", (1, Some(2))), comment(2, "Hm", (1, None))];
    server.get(path).is(200, &related_collection(path, "", &comments));
    let path = "/api/article/1/tags";
    server.get(path).is(200, &related_collection(path, "", &[tag(1, "rust"), tag(2, "web")]));
    let path = "/api/tag/1/articles";
    server.get(path).is(200, &related_collection(path, "", &[first(), second()]));
}

#[test]
fn empty_to_many_is_an_empty_collection() {
    let server = server();
    for path in ["/api/person/3/articles", "/api/article/3/comments", "/api/tag/3/articles"] {
        server.get(path).is(200, &related_collection(path, "", &[]));
    }
}

#[test]
fn to_many_is_filtered_and_sorted() {
    let server = server();
    let path = "/api/person/1/articles";
    let answer = server.get(&format!("{path}?filter[title]=Second"));
    answer.is(200, &related_collection(path, "filter%5Btitle%5D=Second", &[second()]));
    assert_eq!(server.get(&format!("{path}?sort=-title")).ids(), "2 1");
    assert_eq!(server.get(&format!("{path}?filter[title]=Third")).ids(), "");
    assert_eq!(server.get("/api/article/1/tags?sort=-name").ids(), "2 1");
    assert_eq!(server.get("/api/article/1/tags?filter[name]=web,sql").ids(), "2");
}

#[test]
fn to_many_is_paginated() {
    let server = server();
    let answer = server.get("/api/person/1/articles?page[size]=1&sort=-id");
    assert_eq!(answer.ids(), "2");
    let page = |number: u32| format!("/api/person/1/articles?sort=-id&page%5Bnumber%5D={number}&page%5Bsize%5D=1");
    let expected = json!({
        "self": "/api/person/1/articles?page%5Bsize%5D=1&sort=-id",
        "first": page(1), "last": page(2), "prev": null, "next": page(2),
    });
    assert_eq!((&answer.json()["links"], &answer.json()["meta"]), (&expected, &json!({"total": 2})));
    assert!(answer.header("link").is_some_and(|link| link.contains(&format!("<{}>; rel=\"next\"", page(2)))));
    assert_eq!(server.get(&page(2)).ids(), "1");
}

#[test]
fn to_many_includes_and_narrows() {
    let server = server();
    let path = "/api/person/1/articles?include=tags&fields[tag]=name&fields[article]=title,tags";
    let document = server.get(path).json();
    graph::check(&document);
    assert_eq!(graph::included(&document), "tag/1 tag/2");
    assert_eq!(graph::members(&document["data"][0], "tags"), "tag/1 tag/2");
    assert!(document["data"][0]["relationships"].get("author").is_none(), "{document:#}");
}

#[test]
fn to_one_includes() {
    let server = server();
    let path = "/api/article/1/author?include=articles";
    let data = linking(ann(), "articles", json!([{"type": "article", "id": "1"}, {"type": "article", "id": "2"}]));
    server.get(path).is(200, &including(document(path, &data), &[first(), second()]));
    let path = "/api/comment/1/article?include=author";
    server.get(path).is(200, &including(document(path, &first()), &[ann()]));
}

#[test]
fn of_a_missing_parent_is_missing() {
    let server = server();
    for name in ["author", "editor", "comments", "tags"] {
        server.get(&format!("/api/article/9/{name}")).refuses(404, &[no_such_resource("article", "9")]);
        server.get(&format!("/api/article/x/{name}")).refuses(404, &[no_such_resource("article", "x")]);
    }
    server.get("/api/person/9/profile").refuses(404, &[no_such_resource("person", "9")]);
}

#[test]
fn of_an_unknown_relationship_is_missing() {
    let server = server();
    server.get("/api/article/1/title").refuses(404, &[no_such_relationship("article", "title")]);
    server.get("/api/article/1/author_id").refuses(404, &[no_such_relationship("article", "author_id")]);
    server.get("/api/article/1/").refuses(404, &[error(404, "Not Found", "there is nothing at this URL")]);
    server.get("/api/article/1/author/").refuses(404, &[error(404, "Not Found", "there is nothing at this URL")]);
}

#[test]
fn to_one_knows_no_filter_sort_or_page() {
    let server = server();
    for parameter in ["filter[name]", "sort", "page[size]"] {
        let detail = format!("this URL knows no query parameter {parameter:?}");
        let answer = server.get(&format!("/api/article/1/author?{parameter}=1"));
        answer.refuses(400, &[at_parameter(parameter, &detail)]);
    }
}

#[test]
fn answers_nothing_but_get() {
    let server = server();
    for path in ["/api/article/1/author", "/api/article/1/tags", "/api/article/1/tags/1"] {
        for method in ["POST", "PATCH", "DELETE"] {
            let answer = server.request(method, path).document(&json!({"data": null})).send();
            assert_eq!((answer.status, answer.header("allow")), (405, Some("GET, HEAD, OPTIONS")), "{method} {path}");
        }
        let head = server.request("HEAD", path).send();
        assert_eq!((head.status, head.body.as_str()), (200, ""), "{path}");
    }
}
