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

#[test]
fn explore() {
    let server = server();
    let urls = [
        "/api/article",
        "/api/article/4",
        "/api/article/4/author",
        "/api/article/4/relationships/author",
        "/api/article?include=author,editor,tags,comments.author",
        "/api/article/4?include=author",
        "/api/comment",
        "/api/comment/4",
        "/api/comment?include=article.author",
        "/api/comment/4/article",
        "/api/comment/4/relationships/article",
        "/api/tag/1/articles",
        "/api/tag/1/relationships/articles",
        "/api/article/1/tags",
        "/api/article/1/relationships/tags",
        "/api/tag?include=articles.author",
        "/api/profile?include=person.profile",
        "/api/profile/3/person",
        "/api/person?include=articles.tags,profile,comments.article",
        "/api/article?sort=author.name",
        "/api/comment?sort=-article.title",
        "/api/comment?filter[article.title]=First",
        "/api/article?filter[author.name][ne]=Ann",
        "/api/comment?filter[article.author.name][is_null]=true",
        "/api/comment?page[size]=1&page[number]=4",
    ];
    for url in urls {
        let a = server.get(url);
        println!("{} {url}\n    {}", a.status, a.body);
        let a = classic(&server, url.split('?').next().unwrap());
        println!("  classic {} {}", a.status, a.body);
    }
    let _: Value = json!(null);
    panic!();
}
