//! What `before_get_resource` refuses is on no way to a resource.

use restless_actix::prelude::*;
use serde_json::Value;

use super::blog;
use crate::client::Answer;
use crate::logged;
use crate::relationships::blog::{Person, PersonFields};
use crate::server::Server;

/// Ann is not to be seen.
struct WithoutAnn;

impl Processor<Person> for WithoutAnn {
    async fn before_get_resource(&self, _: &Context, id: &mut String) -> Result<(), Error> {
        if id == "1" { Err(Error::forbidden("not this one")) } else { Ok(()) }
    }
}

fn server() -> Server {
    blog(|people| people.processor(WithoutAnn))
}

/// Whether a document names Ann anywhere.
fn names_ann(answer: &Answer) -> bool {
    fn finds(value: &Value) -> bool {
        match value {
            Value::Object(members) => {
                (members.get("type") == Some(&"person".into()) && members.get("id") == Some(&"1".into()))
                    || members.values().any(finds)
            }
            Value::Array(items) => items.iter().any(finds),
            _ => value == "Ann",
        }
    }
    finds(&answer.json())
}

#[test]
fn is_refused_by_itself() {
    assert_eq!(server().get("/api/person/1").status, 403);
}

#[test]
fn is_neither_related_nor_included_nor_linked() {
    let server = server();
    let paths = [
        "/api/article/1",
        "/api/article/1/author",
        "/api/article/1/relationships/author",
        "/api/article/1?include=author",
        "/api/article?include=author.profile",
        "/api/article?include=author.comments&page[size]=1",
        "/api/comment/3?include=author",
        "/api/profile/1?include=person",
        "/api/tag/1?include=articles.author",
        "/api/article/1/relationships/author?include=author",
    ];
    for path in paths {
        let answer = server.get(path);
        assert_eq!(answer.status, 200, "{path}");
        assert!(!names_ann(&answer), "{path}: {}", answer.body);
    }
    assert!(names_ann(&server.get("/api/person")), "a collection has a moment of its own");
}

#[test]
fn takes_with_it_what_only_it_leads_to() {
    let document = server().get("/api/article/2?include=author.profile,author.comments").json();
    assert_eq!(document["included"], serde_json::json!([]));
    assert_eq!(document["data"]["relationships"]["author"]["data"], Value::Null);
}

#[test]
fn leaves_the_others_alone() {
    let document = server().get("/api/article/1?include=editor,author").json();
    assert_eq!(document["included"].as_array().map(Vec::len), Some(1));
    assert_eq!(document["included"][0]["attributes"]["name"], "Bob");
}

/// The lines of the log about a resource.
fn told(name: &str) -> Vec<String> {
    logged::lines_with(&format!("before_get_resource refuses resources of \"{name}\", which has no row rule"))
}

#[test]
fn is_told_once_in_the_log_where_no_row_rule_hides_it() {
    logged::keep();
    let server = blog(|people| people.collection_name("hermit").processor(WithoutAnn));
    server.get("/api/hermit/3");
    server.get("/api/article/3?include=author");
    assert_eq!(told("hermit"), [""; 0]);
    server.get("/api/article/1?include=author");
    assert_eq!(told("hermit").len(), 1);
    server.get("/api/hermit/1");
    server.get("/api/article/2?include=author");
    assert_eq!(told("hermit").len(), 1);
    let ruled = blog(|people| {
        people.collection_name("ruled_hermit").row_filter(|_| PersonFields::ID.gt(0)).processor(WithoutAnn)
    });
    assert_eq!(ruled.get("/api/ruled_hermit/1").status, 403);
    ruled.get("/api/article/1?include=author");
    assert_eq!(told("ruled_hermit"), [""; 0]);
}

/// Nobody gets in.
struct Closed;

impl Processor<Person> for Closed {
    async fn before_get_resource(&self, _: &Context, _: &mut String) -> Result<(), Error> {
        Err(Error::unauthorized("a token is needed"))
    }
}

#[test]
fn is_not_told_of_clients_who_have_to_authenticate() {
    logged::keep();
    let server = blog(|people| people.collection_name("recluse").processor(Closed));
    assert_eq!(server.get("/api/recluse/1").status, 401);
    assert_eq!(told("recluse"), [""; 0]);
}
