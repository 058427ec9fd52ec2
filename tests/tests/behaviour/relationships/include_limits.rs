//! What cannot be included, and how much (F15, F18).

use restless_actix::prelude::*;
use serde_json::json;

use super::blog::{self, Article, Person, server};
use crate::expected::at_parameter;
use crate::server::Server;

/// Asserts a 400 whose every error names the parameter.
#[track_caller]
fn refuses(server: &Server, path: &str) -> serde_json::Value {
    let answer = server.get(path);
    assert_eq!(answer.status, 400, "{answer:#?}");
    for error in answer.json()["errors"].as_array().expect("errors") {
        assert_eq!(error["source"], json!({"parameter": "include"}), "{answer:#?}");
    }
    answer.json()["errors"][0].clone()
}

#[test]
fn refuse_unknown_paths() {
    let server = server();
    let detail = "include: \"boss\" cannot be included, \"article\" has no such relationship: \"boss\"";
    server.get("/api/article?include=boss").refuses(400, &[at_parameter("include", detail)]);
    for path in ["title", "author.boss", "author.articles.boss", "author_id", "Author", "id", "*", "author%20"] {
        refuses(&server, &format!("/api/article?include={path}"));
        refuses(&server, &format!("/api/article/1?include={path}"));
    }
    refuses(&server, "/api/article/1/author?include=author");
    refuses(&server, "/api/person/1/articles?include=articles");
}

#[test]
fn refuse_every_unknown_path_at_once() {
    let server = server();
    let answer = server.get("/api/article?include=boss,author,author.boss");
    assert_eq!(answer.json()["errors"].as_array().map(Vec::len), Some(2), "{answer:#?}");
}

#[test]
fn refuse_empty_names() {
    let server = server();
    for path in ["author,", ",author", "author,,tags", ",", ".", "author.", ".author", "author..articles"] {
        refuses(&server, &format!("/api/article?include={path}"));
    }
}

#[test]
fn refuse_deep_paths() {
    let server = server();
    assert_eq!(server.get("/api/article?include=author.articles.tags").status, 200);
    let error = refuses(&server, "/api/article?include=author.articles.author.articles");
    assert_eq!(error["meta"], json!({"maxDepth": 3}));
}

#[test]
fn refuse_deeper_paths_than_the_mount_allows() {
    let rows = format!("{}{}", blog::TABLES, blog::ROWS);
    let server = Server::start(&rows, |services| {
        let api = Api::new("/api").resource(Article::api().max_include_depth(1)).resource(Person::api());
        services.service(api.scope());
    });
    assert_eq!(server.get("/api/article?include=author").status, 200);
    assert_eq!(refuses(&server, "/api/article?include=author.articles")["meta"], json!({"maxDepth": 1}));
    assert_eq!(server.get("/api/person?include=articles.author").status, 200);
}

#[test]
fn refuse_many_paths() {
    let server = server();
    let relations = ["author", "editor", "comments", "tags"];
    let paths: Vec<String> = relations.iter().map(|one| (*one).to_owned()).cycle().take(64).collect();
    let error = refuses(&server, &format!("/api/article?include={}", paths.join(",")));
    assert!(error["meta"]["maxPaths"].is_u64(), "{error}");
}

#[test]
fn refuse_more_rows_than_a_document_may_have() {
    let many = "
        INSERT INTO comment (id, content, article_id)
        WITH RECURSIVE numbers (n) AS (SELECT 4 UNION ALL SELECT n + 1 FROM numbers WHERE n < 10010) SELECT n, 'c', 1 FROM numbers;
    ";
    let server = blog::with_rows(&format!("{}{many}", blog::ROWS));
    let error = refuses(&server, "/api/article/1?include=comments");
    assert!(error["meta"]["maxIncluded"].is_u64(), "{error}");
    refuses(&server, "/api/article?include=comments");
    assert_eq!(server.get("/api/article/2?include=comments").status, 200);
}

#[test]
fn refuse_more_rows_of_all_relationships_together() {
    let many = "
        INSERT INTO comment (id, content, article_id)
        WITH RECURSIVE numbers (n) AS (SELECT 4 UNION ALL SELECT n + 1 FROM numbers WHERE n < 9000) SELECT n, 'c', 1 FROM numbers;
        INSERT INTO tag (id, name) SELECT id, 't' FROM comment WHERE id > 3;
        INSERT INTO article_tag SELECT 1, id FROM tag WHERE id > 3;
    ";
    let server = blog::with_rows(&format!("{}{many}", blog::ROWS));
    refuses(&server, "/api/article/1?include=comments,tags");
    assert_eq!(server.get("/api/article/1?include=comments").status, 200);
}

mod hidden {
    use restless_actix::prelude::*;

    use super::blog::{article, person};
    use super::{Server, blog, json, refuses};

    #[derive(Restless)]
    #[diesel(table_name = person)]
    #[restless(has_many(articles: Essay, foreign_key = article::author_id, no_include, rename = "essays"))]
    struct Writer {
        id: i32,
    }

    #[derive(Restless)]
    #[diesel(table_name = article)]
    #[restless(collection_name = "essay", belongs_to(author: Writer, foreign_key = author_id))]
    struct Essay {
        id: i32,
    }

    #[test]
    fn refuse_relationships_with_no_include() {
        let rows = format!("{}{}", blog::TABLES, blog::ROWS);
        let server = Server::start(&rows, |services| {
            let writers = Writer::api().collection_name("writer");
            services.service(Api::new("/api").resource(writers).resource(Essay::api()).scope());
        });
        refuses(&server, "/api/writer?include=essays");
        refuses(&server, "/api/essay?include=author.essays");
        assert_eq!(server.get("/api/essay?include=author").status, 200);
        assert_eq!(server.get("/api/writer/1/essays").ids(), "1 2");
        let links = &server.get("/api/writer/1").data()["relationships"]["essays"]["links"];
        assert_eq!(links, &json!({"self": "/api/writer/1/relationships/essays", "related": "/api/writer/1/essays"}));
    }
}
