//! Compound documents (D25–D27, F13–F17).

use serde_json::json;

use super::blog::{self, server};
use super::graph;
use super::shown::{ann, bob, comment, first, identifiers, including, linking, second, tag};
use crate::expected::{collection, document};

#[test]
fn of_a_to_one_relationship_adds_its_resource() {
    let server = server();
    let path = "/api/article/1?include=author";
    server.get(path).is(200, &including(document(path, &first()), &[ann()]));
}

#[test]
fn of_a_to_many_relationship_adds_its_resources_and_the_linkage() {
    let server = server();
    let path = "/api/article/1?include=tags";
    let data = linking(first(), "tags", identifiers("tag", &[1, 2]));
    server.get(path).is(200, &including(document(path, &data), &[tag(1, "rust"), tag(2, "web")]));
    let path = "/api/article/3?include=tags";
    let data = linking(super::shown::third(), "tags", json!([]));
    server.get(path).is(200, &including(document(path, &data), &[]));
}

#[test]
fn of_several_relationships_adds_all() {
    let server = server();
    let answer = server.get("/api/article/1?include=author,editor,comments,tags").json();
    graph::check(&answer);
    assert_eq!(graph::included(&answer), "comment/1 comment/2 person/1 person/2 tag/1 tag/2");
    assert_eq!(graph::find(&answer, "person", "2"), &bob());
    assert_eq!(graph::find(&answer, "comment", "1"), &comment(1, "Nice", (1, Some(2))));
    assert_eq!(graph::members(&answer["data"], "comments"), "comment/1 comment/2");
}

#[test]
fn of_a_dotted_path_adds_what_lies_between() {
    let server = server();
    let answer = server.get("/api/person/2?include=edited.comments.author").json();
    graph::check(&answer);
    assert_eq!(graph::included(&answer), "article/1 comment/1 comment/2");
    assert_eq!(graph::members(&answer["data"], "edited"), "article/1");
    assert_eq!(graph::members(graph::find(&answer, "article", "1"), "comments"), "comment/1 comment/2");
}

#[test]
fn of_paths_that_share_their_beginning_follows_it_once() {
    let server = server();
    let answer = server.get("/api/person/1?include=articles.tags,articles,articles.author,articles.tags").json();
    graph::check(&answer);
    assert_eq!(graph::included(&answer), "article/1 article/2 tag/1 tag/2");
}

#[test]
fn never_repeats_primary_data() {
    let server = server();
    let answer = server.get("/api/article/1?include=author.articles").json();
    graph::check(&answer);
    assert_eq!(graph::included(&answer), "article/2 person/1");
    let answer = server.get("/api/article?include=author.articles").json();
    graph::check(&answer);
    assert_eq!(graph::included(&answer), "person/1");
    assert_eq!(graph::members(graph::find(&answer, "person", "1"), "articles"), "article/1 article/2");
}

#[test]
fn of_one_resource_by_two_ways_shows_the_linkage_of_both() {
    let server = server();
    let answer = server.get("/api/article/1?include=author.articles,comments.author.comments,editor.edited").json();
    graph::check(&answer);
    assert_eq!(graph::members(graph::find(&answer, "person", "1"), "articles"), "article/1 article/2");
    let bob = graph::find(&answer, "person", "2");
    assert_eq!(
        (graph::members(bob, "comments"), graph::members(bob, "edited")),
        ("comment/1".into(), "article/1".into())
    );
}

#[test]
fn of_primary_data_found_again_shows_the_linkage_below() {
    let server = server();
    let answer = server.get("/api/article/1?include=author.articles.tags").json();
    graph::check(&answer);
    assert_eq!(graph::included(&answer), "article/2 person/1 tag/1 tag/2");
    assert_eq!(graph::members(&answer["data"], "tags"), "tag/1 tag/2");
    assert_eq!(graph::members(graph::find(&answer, "article", "2"), "tags"), "tag/1");
}

#[test]
fn of_a_collection_adds_each_resource_once() {
    let server = server();
    let path = "/api/article?include=author";
    let mut expected = collection("/api/article", "include=author", &[first(), second(), super::shown::third()]);
    expected["included"] = json!([ann()]);
    server.get(path).is(200, &expected);
    let answer = server.get("/api/article?include=comments,tags").json();
    graph::check(&answer);
    assert_eq!(graph::included(&answer), "comment/1 comment/2 comment/3 tag/1 tag/2");
    assert_eq!(graph::members(&answer["data"][2], "comments"), "");
}

#[test]
fn of_nothing_is_an_empty_list() {
    let server = server();
    let path = "/api/article/1?include=";
    server.get(path).is(200, &including(document(path, &first()), &[]));
    let mut expected = collection("/api/article", "include=", &[first(), second(), super::shown::third()]);
    expected["included"] = json!([]);
    server.get("/api/article?include=").is(200, &expected);
}

#[test]
fn of_an_empty_collection_is_an_empty_list() {
    let server = blog::with_rows("");
    let found = server.get("/api/article?include=author,tags");
    assert_eq!((&found.json()["data"], &found.json()["included"]), (&json!([]), &json!([])));
    let followed = found.json()["links"]["self"].as_str().expect("a link").to_owned();
    assert_eq!(server.get(&followed).json(), found.json());
}

#[test]
fn is_kept_by_the_links_of_pages() {
    let server = server();
    let answer = server.get("/api/article?include=author,tags&page[size]=1").json();
    let next = answer["links"]["next"].as_str().expect("a next page").to_owned();
    let next = server.get(&next).json();
    graph::check(&next);
    assert_eq!(graph::included(&next), "person/1 tag/1");
}

#[test]
fn works_for_what_is_created_and_updated() {
    let server = server();
    let sent = json!({"data": {"type": "article", "attributes": {"title": "New"}, "relationships": {
        "author": {"data": {"type": "person", "id": "1"}}, "tags": {"data": [{"type": "tag", "id": "3"}]},
    }}});
    let answer = server.post("/api/article?include=author,tags", &sent);
    assert_eq!(answer.status, 201, "{answer:#?}");
    graph::check(&answer.json());
    assert_eq!(graph::included(&answer.json()), "person/1 tag/3");
    let sent = json!({"data": {"type": "article", "id": "1", "attributes": {"title": "Old"}}});
    let request = server.request("PATCH", "/api/article/1?include=tags").document(&sent);
    let answer = request.header("Prefer", "return=representation").send();
    assert_eq!(answer.status, 200, "{answer:#?}");
    graph::check(&answer.json());
    assert_eq!(graph::included(&answer.json()), "tag/1 tag/2");
}
