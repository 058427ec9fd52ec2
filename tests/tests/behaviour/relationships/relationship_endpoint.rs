//! Relationships by their own URLs, read (F08–F12).

use serde_json::{Value, json};

use super::blog::{self, server};
use super::graph;
use super::shown::{
    ann, identifier, identifiers, including, linking, no_such_relationship, relationship, relationship_page, tag,
};
use crate::expected::{at_parameter, no_such_resource};

#[test]
fn to_one_is_an_identifier() {
    let server = server();
    let expected = relationship("/api/article/1", "author", &identifier("person", 1));
    server.get("/api/article/1/relationships/author").is(200, &expected);
    let expected = relationship("/api/person/1", "profile", &identifier("profile", 1));
    server.get("/api/person/1/relationships/profile").is(200, &expected);
}

#[test]
fn empty_to_one_is_null() {
    let server = server();
    for (resource, name) in [("/api/article/3", "author"), ("/api/person/2", "profile")] {
        let expected = relationship(resource, name, &Value::Null);
        server.get(&format!("{resource}/relationships/{name}")).is(200, &expected);
    }
}

#[test]
fn to_many_is_a_list_of_identifiers() {
    let server = server();
    let cases = [
        ("/api/person/1", "articles", identifiers("article", &[1, 2])),
        ("/api/person/2", "edited", identifiers("article", &[1])),
        ("/api/article/1", "tags", identifiers("tag", &[1, 2])),
        ("/api/tag/1", "articles", identifiers("article", &[1, 2])),
        ("/api/article/1", "comments", identifiers("comment", &[1, 2])),
    ];
    for (resource, name, data) in cases {
        let answer = server.get(&format!("{resource}/relationships/{name}"));
        answer.is(200, &relationship_page(resource, name, &data));
    }
}

#[test]
fn empty_to_many_is_an_empty_list() {
    let server = server();
    let expected = relationship_page("/api/article/3", "tags", &json!([]));
    server.get("/api/article/3/relationships/tags").is(200, &expected);
}

#[test]
fn to_many_is_paginated() {
    let rows: Vec<String> =
        (4..=25).map(|id| format!("INSERT INTO article VALUES ({id}, 'a{id}', 3, NULL);")).collect();
    let server = blog::with_rows(&format!("{}{}", blog::ROWS, rows.concat()));
    let path = "/api/person/3/relationships/articles";
    let asked = format!("{path}?page%5Bsize%5D=10");
    let answer = server.get(&asked);
    let page = |number: u32| format!("{path}?page%5Bnumber%5D={number}&page%5Bsize%5D=10");
    let links = json!({
        "self": asked, "related": "/api/person/3/articles",
        "first": page(1), "last": page(3), "prev": null, "next": page(2),
    });
    assert_eq!((&answer.json()["links"], &answer.json()["meta"]), (&links, &json!({"total": 22})));
    assert_eq!(answer.ids(), "4 5 6 7 8 9 10 11 12 13");
    assert_eq!(server.get(&page(3)).ids(), "24 25");
    assert_eq!(server.get(&page(3)).json()["links"]["related"], "/api/person/3/articles");
}

#[test]
fn to_many_is_sorted_and_filtered() {
    let server = server();
    assert_eq!(server.get("/api/person/1/relationships/articles?sort=-title").ids(), "2 1");
    assert_eq!(server.get("/api/article/1/relationships/tags?filter[name]=web").ids(), "2");
}

#[test]
fn includes_the_resources_it_names() {
    let server = server();
    let path = "/api/article/1/relationships/tags?include=tags";
    let mut expected = relationship_page("/api/article/1", "tags", &identifiers("tag", &[1, 2]));
    let page = "/api/article/1/relationships/tags?include=tags&page%5Bnumber%5D=1&page%5Bsize%5D=100";
    let links = &mut expected["links"];
    (links["self"], links["first"], links["last"]) = (path.into(), page.into(), page.into());
    server.get(path).is(200, &including(expected, &[tag(1, "rust"), tag(2, "web")]));

    let path = "/api/article/1/relationships/author?include=author";
    let mut expected = relationship("/api/article/1", "author", &identifier("person", 1));
    expected["links"]["self"] = path.into();
    server.get(path).is(200, &including(expected, &[ann()]));
}

#[test]
fn includes_what_they_lead_to() {
    let server = server();
    let document = server.get("/api/article/1/relationships/author?include=author.articles").json();
    graph::check(&document);
    assert_eq!(graph::included(&document), "article/1 article/2 person/1");
    let expected = linking(ann(), "articles", identifiers("article", &[1, 2]));
    assert_eq!(graph::find(&document, "person", "1"), &expected);
}

#[test]
fn includes_nothing_where_nothing_is() {
    let server = server();
    let document = server.get("/api/article/3/relationships/author?include=author").json();
    assert_eq!((&document["data"], &document["included"]), (&Value::Null, &json!([])));
    let document = server.get("/api/article/3/relationships/tags?include=tags").json();
    assert_eq!((&document["data"], &document["included"]), (&json!([]), &json!([])));
}

#[test]
fn includes_nothing_where_nothing_is_wanted() {
    let server = server();
    for name in ["tags", "author"] {
        let document = server.get(&format!("/api/article/1/relationships/{name}?include=")).json();
        assert_eq!(document["included"], json!([]), "{name}");
    }
}

#[test]
fn refuses_paths_that_begin_elsewhere() {
    let server = server();
    let detail = "include: the paths of this URL begin with \"tags\"";
    let answer = server.get("/api/article/1/relationships/tags?include=author");
    answer.refuses(400, &[at_parameter("include", detail)]);
}

#[test]
fn of_a_missing_parent_is_missing() {
    let server = server();
    for (name, id) in [("author", "9"), ("tags", "9"), ("comments", "x")] {
        let answer = server.get(&format!("/api/article/{id}/relationships/{name}"));
        answer.refuses(404, &[no_such_resource("article", id)]);
    }
}

#[test]
fn of_an_unknown_name_is_missing() {
    let server = server();
    server.get("/api/article/1/relationships/title").refuses(404, &[no_such_relationship("article", "title")]);
    for method in ["POST", "PATCH", "DELETE"] {
        let answer = server.request(method, "/api/article/1/relationships/x").document(&json!({"data": []})).send();
        answer.refuses(404, &[no_such_relationship("article", "x")]);
    }
    assert_eq!(server.get("/api/article/1/relationships").status, 404);
}

#[test]
fn tells_the_methods_that_its_settings_allow() {
    let server = server();
    let relationships = [
        ("/api/article/1/relationships/tags", "GET, HEAD, POST, PATCH, DELETE, OPTIONS"),
        // Its members are neither replaced nor removed.
        ("/api/tag/1/relationships/articles", "GET, HEAD, POST, OPTIONS"),
        ("/api/article/1/relationships/author", "GET, HEAD, PATCH, OPTIONS"),
        ("/api/person/1/relationships/profile", "GET, HEAD, PATCH, OPTIONS"),
    ];
    for (path, allowed) in relationships {
        let options = server.request("OPTIONS", path).send();
        assert_eq!((options.status, options.header("allow")), (200, Some(allowed)), "{path}");
        let refused = server.request("PURGE", path).send();
        assert_eq!((refused.status, refused.header("allow")), (405, Some(allowed)), "{path}");
        assert!(refused.body.contains(&format!("allowed are {allowed}")), "{refused:#?}");
    }
    // What is not listed has a reason.
    let none = json!({"data": []});
    assert_eq!(server.patch("/api/tag/1/relationships/articles", &none).status, 403);
    let removed = server.request("DELETE", "/api/tag/1/relationships/articles").document(&none).send();
    assert_eq!(removed.status, 403);
    assert_eq!(server.post("/api/article/1/relationships/author", &none).status, 403);
}
