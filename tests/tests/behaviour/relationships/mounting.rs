//! Where the links of relationships lead: to where their targets are mounted.

use actix_web::web;
use restless_actix::prelude::*;
use serde_json::{Value, json};

use super::blog::{self, Article, Comment, Person, Profile, TAGGED, Tag};
use super::graph;
use super::shown::{identifier, identifiers, linkage};
use crate::server::Server;

fn start(mount: impl Fn(&mut web::ServiceConfig) + Send + Clone + 'static) -> Server {
    Server::start(&format!("{}{}", blog::TABLES, blog::ROWS), mount)
}

/// Articles and people, but neither comments nor tags nor profiles.
fn without_others() -> Server {
    start(|services| {
        services.service(Api::new("/api").resource(Article::api()).resource(Person::api()).scope());
    })
}

#[test]
fn of_an_api_carry_its_prefix() {
    let server = start(|services| {
        services.service(web::scope("/outer").service(blog::api().scope()));
    });
    let answer = server.get("/outer/api/article/1?include=author");
    let links = json!({"self": "/outer/api/article/1/relationships/author", "related": "/outer/api/article/1/author"});
    assert_eq!(answer.data()["relationships"]["author"]["links"], links);
    assert_eq!(answer.json()["included"][0]["links"]["self"], "/outer/api/person/1");
}

#[test]
fn replaces_the_prefix_of_the_resources() {
    let server = start(|services| {
        let people = Person::api().prefix("/elsewhere");
        services.service(Api::new("/v2").resource(people).resource(Article::api()).scope());
    });
    assert_eq!(server.get("/v2/person/1").data()["links"]["self"], "/v2/person/1");
    assert_eq!(server.get("/v2/article/1/author").data()["links"]["self"], "/v2/person/1");
}

#[test]
fn under_other_names_changes_types_and_links() {
    let server = start(|services| {
        let people = Person::api().collection_name("people");
        services.service(Api::new("/api").resource(people).resource(Article::api().collection_name("news")).scope());
    });
    let answer = server.get("/api/news/1?include=author").json();
    graph::check(&answer);
    assert_eq!(answer["data"]["relationships"]["author"]["data"], identifier("people", 1));
    assert_eq!(answer["included"][0]["links"]["self"], "/api/people/1");
    assert_eq!(answer["data"]["relationships"]["author"]["links"]["related"], "/api/news/1/author");
    let path = "/api/news/1/relationships/author";
    assert_eq!(server.patch(path, &linkage(&identifier("person", 2))).status, 409);
    server.patch(path, &linkage(&identifier("people", 2))).is_empty(204);
    assert_eq!(server.get("/api/people/2/articles").ids(), "1");
    assert_eq!(server.get("/api/news?include=author&fields[people]=name").status, 200);
    assert_eq!(server.get("/api/news?include=author&fields[person]=name").status, 400);
}

#[test]
fn leaves_relations_to_others_their_linkage_and_no_links() {
    let server = without_others();
    let relationships = server.get("/api/article/1").data()["relationships"].clone();
    assert_eq!(relationships["tags"], json!({"data": identifiers("tag", &[1, 2])}));
    assert_eq!(relationships["comments"], json!({"data": identifiers("comment", &[1, 2])}));
    assert!(relationships["author"]["links"].is_object(), "{relationships:#}");
    let relationships = server.get("/api/person/1").data()["relationships"].clone();
    assert_eq!(relationships["profile"], json!({"data": identifier("profile", 1)}));
    let relationships = server.get("/api/article").data()[2]["relationships"].clone();
    assert_eq!((&relationships["tags"], &relationships["comments"]), (&json!({"data": []}), &json!({"data": []})));
    assert_eq!(server.get("/api/person/3").data()["relationships"]["profile"], json!({"data": null}));
}

#[test]
fn includes_others_without_links() {
    let server = without_others();
    let answer = server.get("/api/article/1?include=tags,comments").json();
    graph::check(&answer);
    assert_eq!(graph::included(&answer), "comment/1 comment/2 tag/1 tag/2");
    for resource in answer["included"].as_array().expect("included resources") {
        assert!(!resource.to_string().contains("\"links\""), "{resource:#}");
    }
    assert_eq!(server.get("/api/tag/1").status, 404);
}

#[test]
fn writes_relations_to_others() {
    let server = without_others();
    let path = "/api/article/1/relationships/tags";
    server.patch(path, &linkage(&identifiers("tag", &[3]))).is_empty(204);
    assert_eq!(server.line(TAGGED), "1-3 2-1");
    assert_eq!(server.get("/api/article/1").data()["relationships"]["tags"]["data"], identifiers("tag", &[3]));
}

#[test]
fn names_nothing_that_has_no_url() {
    let server = without_others();
    for path in
        ["/api/article", "/api/person", "/api/article/1?include=tags.articles,comments", "/api/person?include=profile"]
    {
        for link in super::crawler::links(&server.get(path).json()) {
            assert_eq!(server.request("GET", &link).send_to_anyone().status, 200, "{link} of {path}");
        }
    }
}

#[test]
fn alone_leads_to_where_the_attributes_say() {
    let server = start(|services| {
        services.service(Article::api().prefix("/v1").scope()).service(Person::api_scope());
    });
    let answer = server.get("/v1/article/1?include=author").json();
    graph::check(&answer);
    assert_eq!(answer["data"]["links"]["self"], "/v1/article/1");
    assert_eq!(answer["data"]["relationships"]["author"]["links"]["related"], "/v1/article/1/author");
    assert_eq!(answer["included"][0]["links"]["self"], "/api/person/1");
    assert_eq!(server.get("/v1/article/1/author").data()["links"]["self"], "/api/person/1");
}

/// The paths of the resources in a document, primary and included.
fn places(document: &Value) -> String {
    let resources = graph::resources(document).into_iter();
    let links = resources.map(|resource| resource["links"]["self"].as_str().unwrap_or("nowhere").to_owned());
    links.collect::<Vec<_>>().join(" ")
}

#[test]
fn twice_in_two_apis_leads_to_its_own() {
    let server = start(|services| {
        services.service(Api::new("/v1").resource(Article::api()).resource(Person::api()).scope());
        let people = Person::api().collection_name("people");
        services.service(Api::new("/v2").resource(Article::api()).resource(people).scope());
    });
    assert_eq!(places(&server.get("/v1/article/1?include=author").json()), "/v1/article/1 /v1/person/1");
    assert_eq!(places(&server.get("/v2/article/1?include=author").json()), "/v2/article/1 /v2/people/1");
}

#[test]
fn twice_in_one_api_is_reached_under_both_names() {
    let server = start(|services| {
        let readers = Person::api().collection_name("reader").methods([Method::GET]);
        let articles = Article::api().relation("author", "person").relation("editor", "person");
        let comments = Comment::api().relation("author", "person");
        let profiles = Profile::api().relation("person", "reader");
        let api = Api::new("/api").resource(Person::api()).resource(readers).resource(Tag::api());
        services.service(api.resource(articles).resource(comments).resource(profiles).scope());
    });
    for type_name in ["person", "reader"] {
        let answer = server.get(&format!("/api/{type_name}/1?include=articles,profile"));
        graph::check(&answer.json());
        assert_eq!(answer.data()["type"], type_name);
        assert_eq!(answer.data()["links"]["self"], format!("/api/{type_name}/1"));
        assert_eq!(graph::members(&answer.data(), "articles"), "article/1 article/2");
        assert_eq!(server.get(&format!("/api/{type_name}/1/relationships/articles")).ids(), "1 2");
    }
    assert_eq!(server.get("/api/article/1/author").data()["type"], "person");
    assert_eq!(server.get("/api/profile/1/person").data()["type"], "reader");
    let path = "/api/reader/1/relationships/articles";
    assert_eq!(server.patch(path, &linkage(&json!([]))).status, 405);
    let answer = server.get("/api/reader/1?include=articles.author").json();
    graph::check(&answer);
    assert_eq!(graph::included(&answer), "article/1 article/2 person/1");
}

#[test]
fn of_every_model_needs_no_order() {
    let server = start(|services| {
        let api = Api::new("/api").resource(Profile::api()).resource(Tag::api()).resource(Comment::api());
        services.service(api.resource(Article::api()).resource(Person::api()).scope());
    });
    assert_eq!(
        places(&server.get("/api/article/1?include=author,tags").json()),
        "/api/article/1 /api/person/1 /api/tag/1 /api/tag/2"
    );
}

#[test]
fn read_only_answers_no_writes_of_relationships() {
    let server = start(|services| {
        services.service(Api::new("/api").resource(Article::api().methods([Method::GET, Method::POST])).scope());
    });
    for method in ["POST", "PATCH", "DELETE"] {
        let answer = server.request(method, "/api/article/1/relationships/tags").document(&linkage(&json!([]))).send();
        assert_eq!((answer.status, answer.header("allow")), (405, Some("GET, HEAD, OPTIONS")), "{method}");
    }
}
