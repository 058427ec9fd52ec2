//! A related model that nobody mounts is served with its resources, and without links that would lead nowhere.

use restless_actix::prelude::*;
use serde_json::{Value, json};

use crate::logged;
use crate::relationships::blog::{Article, Comment, Person, ROWS, TABLES};
use crate::server::Server;

/// Models of which only the first is mounted anywhere: shelves with jars.
mod shelves {
    use restless_actix::prelude::*;

    diesel::table! {
        shelf (id) {
            id -> Integer,
        }
    }

    diesel::table! {
        jar (id) {
            id -> Integer,
            shelf_id -> Integer,
        }
    }

    #[derive(Restless)]
    #[diesel(table_name = shelf)]
    #[restless(has_many(jars: Jar, foreign_key = jar::shelf_id))]
    pub struct Shelf {
        pub id: i32,
    }

    #[derive(Restless)]
    #[diesel(table_name = jar)]
    #[restless(belongs_to(shelf: Shelf, foreign_key = shelf_id))]
    pub struct Jar {
        pub id: i32,
    }

    /// A shelf of one test, so that nobody else makes the log tell of its jars.
    #[derive(Restless)]
    #[diesel(table_name = shelf)]
    #[restless(has_many(jars: JarOfTheLog, foreign_key = jar::shelf_id))]
    pub struct ShelfOfTheLog {
        pub id: i32,
    }

    #[derive(Restless)]
    #[diesel(table_name = jar)]
    #[restless(collection_name = "jars-of-the-log")]
    pub struct JarOfTheLog {
        pub id: i32,
    }

    pub const TABLES: &str = "
        CREATE TABLE shelf (id INTEGER PRIMARY KEY);
        CREATE TABLE jar (id INTEGER PRIMARY KEY, shelf_id INTEGER NOT NULL REFERENCES shelf (id));
        INSERT INTO shelf VALUES (1);
        INSERT INTO jar VALUES (7, 1);
    ";
}

use shelves::{Shelf, ShelfOfTheLog};

/// Every string in a document that is a link.
fn links(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::Object(members) => members.values().for_each(|value| links(value, found)),
        Value::Array(items) => items.iter().for_each(|value| links(value, found)),
        Value::String(text) if text.starts_with('/') => found.push(text.clone()),
        _ => {}
    }
}

#[test]
fn is_linked_by_its_ids_alone() {
    let server = Server::start(shelves::TABLES, |services| {
        services.service(Shelf::api_scope());
    });
    let jars = json!({"data": [{"type": "jar", "id": "7"}]});
    let shelf = server.get("/api/shelf/1?include=jars").json();
    assert_eq!(shelf["data"]["relationships"], json!({"jars": jars}));
    let jar = json!({
        "type": "jar", "id": "7", "relationships": {"shelf": {"data": {"type": "shelf", "id": "1"}}}
    });
    assert_eq!(shelf["included"], json!([jar]));
    assert_eq!(server.get("/api/shelf").data()[0]["relationships"], json!({"jars": jars}));
    let jars = server.request("GET", "/api/shelf/1/jars").send_to_anyone();
    assert_eq!((jars.status, jars.data()), (200, json!([jar])));
    assert_eq!(server.get("/api/shelf/1/relationships/jars").ids(), "7");
    let classic = server.request("GET", "/api/shelf/1").header("Accept", "application/json").send_to_anyone();
    assert_eq!(classic.json()["jars"][0]["id"], 7);
    assert_eq!(server.request("GET", "/api/jar/7").send_to_anyone().status, 404);
}

#[test]
fn has_links_only_where_some_scope_serves_it() {
    // Lone scopes of every kind: where the attributes say, elsewhere, within other scopes, and none.
    let server = Server::start(&format!("{TABLES}{ROWS}"), |services| {
        use actix_web::web::scope;
        let people = || Person::api().relation("articles", "text").relation("edited", "/v2/text").scope();
        let comments = Comment::api().relation("article", "text").scope();
        services.service(people()).service(Article::api().prefix("/v2").collection_name("text").scope());
        services.service(scope("/in/{x}").service(people()).service(comments));
        services.service(Api::new("/v3").resource(Article::api()).resource(Comment::api()).scope());
    });
    let everything = "articles,edited.tags,comments.article,profile";
    let article = "author.profile,comments,tags";
    let paths = [
        format!("/api/person?include={everything}"),
        format!("/in/a%20b/api/person?include={everything}"),
        format!("/v2/text?include={article}"),
        format!("/v3/article?include={article}"),
        "/in/1/api/comment?include=article,author".to_owned(),
    ];
    for path in paths {
        let answer = server.get(&path);
        assert_eq!(answer.status, 200, "{answer:#?}");
        let mut found = Vec::new();
        links(&answer.json(), &mut found);
        assert!(found.len() > 3, "{path}: {found:?}");
        for link in found {
            assert_eq!(server.request("GET", &link).send_to_anyone().status, 200, "{link} in {path}");
        }
    }
    let text = server.get("/api/person/2?include=edited").json()["included"][0].clone();
    assert_eq!((&text["type"], &text["links"]["self"]), (&json!("text"), &json!("/v2/text/1")));
}

#[test]
fn is_told_in_the_log_once() {
    logged::keep();
    for _ in 0..2 {
        let server = Server::start(shelves::TABLES, |services| {
            services.service(ShelfOfTheLog::api_scope()).service(ShelfOfTheLog::api().prefix("/v2").scope());
            services.service(Api::new("/v3").resource(ShelfOfTheLog::api()).scope());
        });
        assert_eq!(server.get("/v3/shelf").ids(), "1");
    }
    let line = "WARN \"jars-of-the-log\" is not mounted, though relationships lead to it: it is shown without links";
    assert_eq!(logged::lines_with("jars-of-the-log"), [line]);
}
