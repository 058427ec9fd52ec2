//! One member of a to-many relationship, by its own URL.

use super::blog::server;
use super::shown::{ann, first, including, second, tag};
use crate::expected::{at_parameter, document, no_such_resource, nothing_there};

#[test]
fn is_a_resource() {
    let server = server();
    let path = "/api/person/1/articles/2";
    server.get(path).is(200, &document(path, &second()));
    let path = "/api/article/1/tags/2";
    server.get(path).is(200, &document(path, &tag(2, "web")));
    let path = "/api/article/1/comments/1?include=article.author";
    let comment = super::shown::comment(1, "Nice", (1, Some(2)));
    server.get(path).is(200, &including(document(path, &comment), &[first(), ann()]));
}

#[test]
fn is_missing_if_it_is_not_a_member() {
    let server = server();
    server.get("/api/person/1/articles/3").refuses(404, &[no_such_resource("article", "3")]);
    server.get("/api/person/2/articles/1").refuses(404, &[no_such_resource("article", "1")]);
    server.get("/api/article/1/tags/3").refuses(404, &[no_such_resource("tag", "3")]);
    server.get("/api/article/1/tags/x").refuses(404, &[no_such_resource("tag", "x")]);
}

#[test]
fn is_missing_with_its_parent() {
    let server = server();
    assert_eq!(server.get("/api/person/9/articles/1").status, 404);
    assert_eq!(server.get("/api/person/x/articles/1").status, 404);
}

#[test]
fn of_a_to_one_relationship_has_no_url() {
    let server = server();
    server.get("/api/article/1/author/1").refuses(404, &[nothing_there()]);
    server.get("/api/person/1/articles/1/author").refuses(404, &[nothing_there()]);
}

#[test]
fn knows_no_filter() {
    let server = server();
    let detail = "this URL knows no query parameter \"filter[title]\"";
    let answer = server.get("/api/person/1/articles/1?filter[title]=First");
    answer.refuses(400, &[at_parameter("filter[title]", detail)]);
}
