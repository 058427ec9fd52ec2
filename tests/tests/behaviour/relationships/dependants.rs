//! Deleting what others refer to where restless does nothing: the database decides (W44).

use super::blog::{self, AUTHORS, TAGGED, server};
use crate::expected::error;
use crate::server::Server;

/// Asserts a refusal that names relationships, none but these.
#[track_caller]
fn holds_back(server: &Server, path: &str, relationships: &[&str]) {
    let answer = server.delete(path);
    let error = answer.json()["errors"][0].clone();
    assert_eq!((answer.status, &error["title"]), (409, &"Resource in use".into()), "{answer:#?}");
    let detail = error["detail"].as_str().unwrap_or_default();
    let (names, _) = detail.split_once(": ").unwrap_or_else(|| panic!("no relationship is named in {detail:?}"));
    assert!(names.split(", ").all(|name| relationships.contains(&name)), "{detail:?} of {path}");
}

#[test]
fn hold_back_the_resource_and_are_named() {
    let server = server();
    holds_back(&server, "/api/article/1", &["comments", "tags"]);
    holds_back(&server, "/api/tag/1", &["articles"]);
    holds_back(&server, "/api/person/1", &["articles", "comments", "profile"]);
    holds_back(&server, "/api/person/2", &["edited", "comments"]);
    assert_eq!(server.get("/api/person").ids(), "1 2 3");
    assert_eq!(server.line(TAGGED), "1-1 1-2 2-1");
}

#[test]
fn that_there_are_none_of_hold_nothing_back() {
    let server = server();
    server.delete("/api/person/3").is_empty(204);
    server.delete("/api/tag/3").is_empty(204);
    server.delete("/api/comment/1").is_empty(204);
    server.delete("/api/article/3").is_empty(204);
}

#[test]
fn are_named_if_they_are_a_has_one() {
    let server = server();
    server.execute("UPDATE article SET author_id = NULL; DELETE FROM comment WHERE author_id = 1");
    holds_back(&server, "/api/person/1", &["profile"]);
}

#[test]
fn that_no_relationship_leads_to_have_no_name() {
    let more = "CREATE TABLE secret (person_id INTEGER REFERENCES person (id)); INSERT INTO secret VALUES (3);";
    let server = blog::with_rows(&format!("{}{more}", blog::ROWS));
    server.delete("/api/person/3").refuses(409, &[error(409, "Resource in use", "other resources refer to this one")]);
}

#[test]
fn that_the_database_cares_for_hold_nothing_back() {
    let tables = blog::TABLES
        .replace(
            "author_id INTEGER REFERENCES person (id)",
            "author_id INTEGER REFERENCES person (id) ON DELETE SET NULL",
        )
        .replace("UNIQUE REFERENCES person (id)", "UNIQUE REFERENCES person (id) ON DELETE CASCADE");
    let server = Server::start(&format!("{tables}{}", blog::ROWS), blog::mount);
    server.delete("/api/person/1").is_empty(204);
    assert_eq!(server.line(AUTHORS), "null null null");
    assert_eq!(server.get("/api/profile").ids(), "2");
}

#[test]
fn that_the_database_cares_for_are_not_named() {
    let tables = blog::TABLES.replace(
        "author_id INTEGER REFERENCES person (id), editor_id",
        "author_id INTEGER REFERENCES person (id) ON DELETE SET NULL, editor_id",
    );
    let server = Server::start(&format!("{tables}{}", blog::ROWS), blog::mount);
    holds_back(&server, "/api/person/1", &["comments", "profile"]);
}
