//! What is included when the client does not say (F14).

use restless_actix::prelude::*;
use serde_json::json;

use super::blog::{self, Article, Comment, Person, article, comment};
use super::graph;
use crate::server::Server;

/// Includes of its own, by attribute.
#[derive(Restless)]
#[diesel(table_name = article)]
#[restless(methods(GET, POST, PATCH), collection_name = "post", include(author, replies.author), max_include_depth = 2)]
#[restless(belongs_to(author: Person, foreign_key = author_id))]
#[restless(has_many(replies: Comment, foreign_key = comment::article_id))]
struct Post {
    id: i32,
    title: String,
}

fn server() -> Server {
    Server::start(&format!("{}{}", blog::TABLES, blog::ROWS), |services| {
        services.service(blog::api().resource(Post::api()).scope());
        let articles = Article::api().include(["tags", "author"]);
        services.service(Api::new("/run").resource(articles).resource(blog::Tag::api()).scope());
    })
}

#[test]
fn is_what_the_attributes_say() {
    let server = server();
    let answer = server.get("/api/post/1").json();
    graph::check(&answer);
    assert_eq!(graph::included(&answer), "comment/1 comment/2 person/1 person/2");
    let answer = server.get("/api/post").json();
    graph::check(&answer);
    assert_eq!(graph::included(&answer), "comment/1 comment/2 comment/3 person/1 person/2");
    assert_eq!(server.get("/api/post/3").json()["included"], json!([]));
}

#[test]
fn is_what_the_mount_says() {
    let server = server();
    let answer = server.get("/run/article/1").json();
    graph::check(&answer);
    assert_eq!(graph::included(&answer), "person/1 tag/1 tag/2");
}

#[test]
fn is_switched_off_by_the_clients_own() {
    let server = server();
    for (query, included) in
        [("include=", ""), ("include=replies", "comment/1 comment/2"), ("include=author", "person/1")]
    {
        let answer = server.get(&format!("/api/post/1?{query}")).json();
        graph::check(&answer);
        assert_eq!(graph::included(&answer), included, "{query}");
    }
}

#[test]
fn holds_for_what_is_created() {
    let server = server();
    let relationships = json!({"author": {"data": {"type": "person", "id": "2"}}});
    let sent = json!({"data": {"type": "post", "attributes": {"title": "New"}, "relationships": relationships}});
    let answer = server.post("/api/post", &sent);
    assert_eq!((answer.status, graph::included(&answer.json()).as_str()), (201, "person/2"));
    let answer = server.post("/api/post?include=", &sent);
    assert_eq!((answer.status, graph::included(&answer.json()).as_str()), (201, ""));
}

#[test]
fn holds_for_the_type_wherever_it_is_primary_data() {
    let server = server();
    let answer = server.get("/api/comment/1/article");
    assert_eq!(answer.json().get("included"), None, "an article is no post: {answer:#?}");
    let answer = server.get("/api/comment/1?include=author").json();
    assert_eq!(graph::included(&answer), "person/2", "not those of another type");
}
