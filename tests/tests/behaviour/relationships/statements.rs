//! How many statements a compound document costs, and that it is whole.

use serde_json::Value;

use super::blog;
use super::graph;
use crate::server::Server;
use crate::statements::{costs, statements, watch};

/// So many articles by five people, each with three comments by three others and with two of eight tags.
fn rows(articles: u32) -> String {
    let mut sql = Vec::new();
    for id in 1..=5 {
        sql.push(format!("INSERT INTO person (id, name) VALUES ({id}, 'p{id}');"));
    }
    for id in 1..=8 {
        sql.push(format!("INSERT INTO tag (id, name) VALUES ({id}, 't{id}');"));
    }
    for id in 1..=articles {
        sql.push(format!("INSERT INTO article (id, title, author_id) VALUES ({id}, 'a{id}', {});", id % 5 + 1));
        sql.push(format!("INSERT INTO article_tag VALUES ({id}, {}), ({id}, {});", id % 8 + 1, (id + 3) % 8 + 1));
        for number in 0..3 {
            let (comment, author) = (id * 3 + number, (id + number) % 5 + 1);
            sql.push(format!("INSERT INTO comment VALUES ({comment}, 'c{comment}', {id}, {author});"));
        }
    }
    sql.concat()
}

fn watched(rows: &str) -> Server {
    watch(&format!("{}{rows}", blog::TABLES), blog::mount)
}

const PAGE: &str = "/api/article?include=author,comments.author,tags&page[size]=100";

/// Asserts the number of statements of a GET at the most, and gives the document.
#[track_caller]
fn at_most(server: &Server, path: &str, most: usize) -> Value {
    statements(server);
    let answer = server.get(path);
    assert_eq!(answer.status, 200, "{answer:#?}");
    let found = statements(server);
    assert!(found.len() <= most, "{} statements: {found:#?}", found.len());
    let document = answer.json();
    graph::check(&document);
    document
}

#[test]
fn of_a_page_of_a_hundred_are_one_for_each_relationship() {
    let server = watched(&rows(120));
    let document = at_most(&server, PAGE, 6);
    assert_eq!(document["data"].as_array().map(Vec::len), Some(100));
    assert_eq!(document["included"].as_array().map(Vec::len), Some(300 + 5 + 8));
    for article in document["data"].as_array().expect("articles") {
        let count = |name: &str| graph::members(article, name).split(' ').count();
        assert_eq!((count("comments"), count("tags"), count("author")), (3, 2, 1), "{article:#}");
    }
}

#[test]
fn of_a_page_of_one_are_no_more() {
    let server = watched(&rows(1));
    let document = at_most(&server, PAGE, 6);
    assert_eq!(graph::included(&document), "comment/3 comment/4 comment/5 person/2 person/3 person/4 tag/2 tag/5");
    assert_eq!(graph::members(&document["data"][0], "comments"), "comment/3 comment/4 comment/5");
    let document = at_most(&server, "/api/article/1?include=author,comments.author,tags", 5);
    assert_eq!(document["included"].as_array().map(Vec::len), Some(8));
}

#[test]
fn of_a_page_of_none_are_no_more() {
    let server = watched(&rows(0));
    let document = at_most(&server, PAGE, 2);
    assert_eq!((&document["data"], &document["included"]), (&Value::Array(vec![]), &Value::Array(vec![])));
}

#[test]
fn of_what_leads_nowhere_are_not_run() {
    let server = watched(&format!("{}INSERT INTO article (id, title) VALUES (9, 'alone');", rows(0)));
    let document = at_most(&server, "/api/article/9?include=author.articles.tags", 1);
    assert_eq!(document["included"], Value::Array(vec![]));
}

#[test]
fn of_linkage_are_none() {
    let server = watched(blog::ROWS);
    costs(&server, || server.get("/api/person"), 200, &["SELECT"]);
    costs(&server, || server.get("/api/person/1"), 200, &["SELECT"]);
    costs(&server, || server.get("/api/article"), 200, &["SELECT"]);
    costs(&server, || server.get("/api/comment/1"), 200, &["SELECT"]);
}

#[test]
fn of_related_resources_are_one() {
    let server = watched(blog::ROWS);
    for path in ["author", "tags", "comments", "tags/1", "relationships/author", "relationships/tags"] {
        costs(&server, || server.get(&format!("/api/article/1/{path}")), 200, &["SELECT"]);
    }
    costs(&server, || server.get("/api/person/1/profile"), 200, &["SELECT"]);
    costs(&server, || server.get("/api/article/3/author"), 200, &["SELECT", "SELECT"]);
    costs(&server, || server.get("/api/article/3/tags"), 200, &["SELECT", "SELECT"]);
}

#[test]
fn of_a_linkage_that_is_shared_by_two_paths_are_not_run_twice() {
    let server = watched(&rows(20));
    at_most(&server, "/api/article?include=comments,comments.author,comments.author,author&page[size]=50", 4);
}

#[test]
fn of_a_relationship_do_not_grow_with_its_members() {
    let server = watched(&rows(20));
    let every: Vec<u32> = (1..=8).collect();
    let count = |ids: &[u32]| {
        statements(&server);
        let sent = super::shown::linkage(&super::shown::identifiers("tag", ids));
        server.patch("/api/article/1/relationships/tags", &sent).is_empty(204);
        statements(&server).len()
    };
    let one = count(&[1]);
    assert_eq!(count(&every), one);
}
