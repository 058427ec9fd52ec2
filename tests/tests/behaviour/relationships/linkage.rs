//! Linkage and links within resource objects (D18, D21–D23).

use restless_actix::prelude::*;
use serde_json::json;

use super::blog::{Article, Person, Profile, server};
use super::shown::{ann, bob, comment, first, person, profile, second, tag, third};
use super::{blog, graph};
use crate::expected::{collection, document};
use crate::server::Server;

#[test]
fn of_to_one_relationships_is_in_every_resource_object() {
    let server = server();
    server.get("/api/article/1").is(200, &document("/api/article/1", &first()));
    server.get("/api/article").is(200, &collection("/api/article", "", &[first(), second(), third()]));
    server.get("/api/comment/2").is(200, &document("/api/comment/2", &comment(2, "Hm", (1, None))));
}

#[test]
fn of_a_has_one_is_the_resource_that_refers_here() {
    let server = server();
    let people = [ann(), bob(), person(3, ("Cleo", Some(20)), None)];
    server.get("/api/person").is(200, &collection("/api/person", "", &people));
    let profiles = [profile(1, "about Ann", Some(1)), profile(2, "about nobody", None)];
    server.get("/api/profile").is(200, &collection("/api/profile", "", &profiles));
}

#[test]
fn of_to_many_relationships_is_left_to_their_links() {
    let server = server();
    server.get("/api/tag/1").is(200, &document("/api/tag/1", &tag(1, "rust")));
    server.get("/api/tag/3").is(200, &document("/api/tag/3", &tag(3, "sql")));
}

#[test]
fn does_not_change_the_related_link() {
    let server = server();
    let related = || server.get("/api/article/1").data()["relationships"]["author"]["links"].clone();
    let before = related();
    let sent = json!({"data": null});
    server.patch("/api/article/1/relationships/author", &sent).is_empty(204);
    assert_eq!(related(), before, "D23");
    assert_eq!(before["related"], "/api/article/1/author");
}

#[test]
fn leaves_foreign_keys_out_of_the_attributes() {
    let server = server();
    assert_eq!(server.get("/api/article/1").attributes(), json!({"title": "First"}));
    let sent = json!({"data": {"type": "article", "attributes": {"title": "T", "author_id": 1}}});
    assert_eq!(server.post("/api/article", &sent).status, 400);
    assert_eq!(server.get("/api/article?filter[author_id]=1").status, 400);
    assert_eq!(server.get("/api/article?sort=author_id").status, 400);
    assert_eq!(server.get("/api/article?fields[article]=author_id").status, 400);
}

#[test]
fn is_the_same_where_every_model_is_mounted_alone() {
    let rows = format!("{}{}", blog::TABLES, blog::ROWS);
    let server = Server::start(&rows, blog::mount_alone);
    server.get("/api/article/1").is(200, &document("/api/article/1", &first()));
    let answer = server.get("/api/article/1?include=author,tags");
    graph::check(&answer.json());
    assert_eq!(graph::included(&answer.json()), "person/1 tag/1 tag/2");
}

#[test]
fn is_encoded_in_links_alone() {
    let rows = format!("{}{}", blog::TABLES, blog::ROWS);
    let server = Server::start(&rows, |services| {
        let api = Api::new("/api").resource(Person::api().collection_name("wise people"));
        services.service(api.resource(Article::api()).resource(Profile::api()).scope());
    });
    let answer = server.get("/api/wise%20people/1");
    let relationships = &answer.data()["relationships"];
    assert_eq!(relationships["articles"]["links"]["related"], "/api/wise%20people/1/articles");
    assert_eq!(relationships["profile"]["data"], json!({"type": "profile", "id": "1"}));
}
