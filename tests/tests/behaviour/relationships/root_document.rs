//! The document at the root of an `Api`.

use actix_web::web;
use restless_actix::prelude::*;
use serde_json::json;

use super::blog::{self, Article, Person, server};
use crate::client::JSON_API;
use crate::expected::nothing_there;
use crate::server::Server;

#[test]
fn lists_the_resources() {
    let server = server();
    let expected = json!({
        "jsonapi": {"version": "1.1"},
        "links": {
            "self": "/api", "person": "/api/person", "article": "/api/article", "comment": "/api/comment",
            "tag": "/api/tag", "profile": "/api/profile",
        },
        "meta": {"resources": ["person", "article", "comment", "tag", "profile"]},
    });
    server.get("/api").is(200, &expected);
}

#[test]
fn names_them_where_they_are_mounted() {
    let server = Server::start(blog::TABLES, |services| {
        let people = Person::api().collection_name("people of note");
        let api = Api::new("/v 1").resource(people).resource(Article::api());
        services.service(web::scope("/outer").service(api.scope()));
    });
    let answer = server.get("/outer/v%201");
    let links = json!({
        "self": "/outer/v%201", "people of note": "/outer/v%201/people%20of%20note", "article": "/outer/v%201/article",
    });
    assert_eq!(answer.json()["links"], links);
    for link in ["/outer/v%201/people%20of%20note", "/outer/v%201/article"] {
        assert_eq!(server.get(link).ids(), "");
    }
}

#[test]
fn answers_get_alone() {
    let server = server();
    let head = server.request("HEAD", "/api").send();
    assert_eq!((head.status, head.body.as_str(), head.header("content-type")), (200, "", Some(JSON_API)));
    for method in ["POST", "PATCH", "DELETE", "PUT"] {
        let answer = server.request(method, "/api").send();
        assert_eq!((answer.status, answer.header("allow")), (405, Some("GET, HEAD, OPTIONS")), "{method}");
    }
    let options = server.request("OPTIONS", "/api").send();
    assert_eq!((options.status, options.header("allow")), (200, Some("GET, HEAD, OPTIONS")));
}

#[test]
fn negotiates_like_any_other() {
    let server = server();
    assert_eq!(server.request("GET", "/api").header("Accept", "text/html").send().status, 406);
    assert_eq!(server.request("GET", "/api").header("Accept", JSON_API).send().status, 200);
    let answer = server.get("/api?include=person");
    assert_eq!((answer.status, &answer.json()["errors"][0]["source"]), (400, &json!({"parameter": "include"})));
}

#[test]
fn has_no_slash_at_its_end() {
    let server = server();
    server.get("/api/").refuses(404, &[nothing_there()]);
    server.get("/api/nothing").refuses(404, &[nothing_there()]);
    server.get("/api/personal").refuses(404, &[nothing_there()]);
    server.get("/api/person/").refuses(404, &[nothing_there()]);
}

#[test]
fn stands_beside_other_apis() {
    let server = Server::start(blog::TABLES, |services| {
        services.service(Api::new("/one").resource(Person::api()).scope());
        services.service(Api::new("/two").scope());
    });
    assert_eq!(server.get("/one").json()["meta"], json!({"resources": ["person"]}));
    assert_eq!(server.get("/two").json()["meta"], json!({"resources": []}));
    assert_eq!(server.get("/two/person").status, 404);
}
