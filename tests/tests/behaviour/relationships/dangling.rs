//! Rows that refer to nothing, as only somebody makes them whose foreign keys are not checked: they are left out, or null
//! stands where the resource would.

use serde_json::{Value, json};

use super::blog;
use crate::backends::by_backend;
use crate::client::Answer;
use crate::server::Server;

/// An author, an article, a tag and a person that there are not.
const ROWS: &str = "
    INSERT INTO article (id, title, author_id, editor_id) VALUES (4, 'Fourth', 99, 98);
    INSERT INTO comment (id, content, article_id, author_id) VALUES (4, 'Lost', 99, 98);
    INSERT INTO article_tag (article_id, tag_id) VALUES (1, 99), (99, 1), (99, 98);
    INSERT INTO profile (id, bio, person_id) VALUES (3, 'about somebody', 99);
";

fn server() -> Server {
    let server = blog::server();
    let unchecked = by_backend(
        "PRAGMA foreign_keys = OFF;",
        "SET session_replication_role = replica;",
        "SET foreign_key_checks = 0;",
    );
    server.execute(&format!("{unchecked}{ROWS}"));
    server
}

fn classic(server: &Server, path: &str) -> Answer {
    server.request("GET", path).header("Accept", "application/json").send_to_anyone()
}

/// The ids of a relationship's members, as the resource object names them.
fn linked(resource: &Value, relationship: &str) -> Value {
    resource["relationships"][relationship]["data"].clone()
}

#[test]
fn to_one_are_null() {
    let server = server();
    for path in ["/api/article/4/author", "/api/comment/4/article", "/api/profile/3/person"] {
        let answer = server.get(path);
        assert_eq!((answer.status, answer.data()), (200, json!(null)), "{path}");
        classic(&server, path).is(404, &json!({}));
    }
    for path in ["/api/article/4/relationships/author", "/api/comment/4/relationships/article"] {
        let answer = server.get(path);
        assert_eq!((answer.status, answer.data()), (200, json!(null)), "{path}");
    }
    for (path, relationship) in [
        ("/api/article/4?include=author", "author"),
        ("/api/comment/4?include=article.author", "article"),
        ("/api/profile/3?include=person.profile", "person"),
    ] {
        let answer = server.get(path);
        assert_eq!((answer.status, &answer.json()["included"]), (200, &json!([])), "{path}");
        assert_eq!(linked(&answer.data(), relationship), json!(null), "{path}");
    }
    let article = classic(&server, "/api/article/4");
    let expected = json!({"id": 4, "title": "Fourth", "author_id": 99, "author": null, "editor": null, "comments": [], "tags": []});
    article.is(200, &expected);
    classic(&server, "/api/comment/4").is(200, &json!({"id": 4, "content": "Lost", "article": null, "author": null}));
}

#[test]
fn to_one_do_not_hide_those_beside_them() {
    let server = server();
    let answer = server.get("/api/article?include=author");
    let authors: Vec<Value> =
        answer.data().as_array().into_iter().flatten().map(|article| linked(article, "author")["id"].clone()).collect();
    assert_eq!(authors, [json!("1"), json!("1"), json!(null), json!(null)]);
    assert_eq!(answer.json()["included"].as_array().map(Vec::len), Some(1));
}

#[test]
fn of_join_tables_are_left_out() {
    let server = server();
    let cases = [
        ("/api/article/1/tags", "1 2"),
        ("/api/article/1/relationships/tags", "1 2"),
        ("/api/tag/1/articles", "1 2"),
        ("/api/tag/1/relationships/articles", "1 2"),
    ];
    for (path, ids) in cases {
        let answer = server.get(path);
        assert_eq!((answer.ids().as_str(), &answer.json()["meta"]["total"]), (ids, &json!(2)), "{path}");
    }
    let tag = server.get("/api/tag/1?include=articles.author");
    let articles = json!([{"type": "article", "id": "1"}, {"type": "article", "id": "2"}]);
    assert_eq!(linked(&tag.data(), "articles"), articles);
    let tags = json!([{"id": 1, "name": "rust"}, {"id": 2, "name": "web"}]);
    assert_eq!(classic(&server, "/api/article/1").json()["tags"], tags);
}

#[test]
fn are_found_by_no_filter_over_the_relationship() {
    let server = server();
    assert_eq!(server.get("/api/article?filter[author.name][ne]=Ann").ids(), "");
    assert_eq!(server.get("/api/comment?filter[article.title]=First").ids(), "1 2");
    for path in ["/api/article?sort=author.name", "/api/comment?sort=-article.title"] {
        assert_eq!(server.get(path).status, 200, "{path}");
    }
}
