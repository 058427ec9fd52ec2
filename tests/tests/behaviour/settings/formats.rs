//! Settings hold in every format; a mount whose default is the classic one lets clients do what they always did.

use serde_json::{Value, json};

use crate::client::Answer;
use crate::expected::at_pointer;
use crate::relationships::blog::{self, Article, Comment, Person, ROWS, TABLES, Tag};
use crate::server::Server;
use restless_actix::prelude::*;

/// An article whose relationships clients read alone, whatever else they may do.
#[derive(Restless)]
#[diesel(table_name = blog::article)]
#[restless(collection_name = "essay", methods(GET, POST, PATCH, DELETE))]
#[restless(allow_client_generated_ids, allow_to_many_replacement, allow_delete_from_to_many_relationships)]
#[restless(belongs_to(author: Person, foreign_key = author_id, read_only))]
#[restless(has_many(comments: Comment, foreign_key = blog::comment::article_id, read_only))]
#[restless(many_to_many(
    tags: Tag, through = blog::article_tag, foreign_key = article_id, target_key = tag_id, read_only
))]
struct Essay {
    id: i32,
    title: String,
    author_id: Option<i32>,
}

/// Tags allow nothing of the kind by their attributes; articles do.
fn server(tags: fn(ResourceApi<Tag>) -> ResourceApi<Tag>) -> Server {
    Server::start(&format!("{TABLES}{ROWS}"), move |services| {
        let api = Api::new("/api").resource(tags(Tag::api())).resource(Article::api());
        services.service(api.resource(Person::api()).resource(Comment::api()).scope());
    })
}

fn classic(server: &Server, method: &str, path: &str, body: &Value) -> Answer {
    let request = server.request(method, path).header("Accept", "application/json");
    request.header("Content-Type", "application/json").body(body.to_string()).send_to_anyone()
}

/// Requests that a setting is about, and the answers where it is off: the status, and what they say.
fn asked() -> [(&'static str, &'static str, Value, &'static str); 5] {
    let replaced = "articles: its members cannot be replaced all at once";
    let removed = "articles: members cannot be removed from it";
    let chosen = "this collection does not accept ids that clients choose";
    let within = "tags.add.0: this collection does not accept ids that clients choose";
    [
        ("POST", "/api/tag", json!({"id": 70, "name": "new"}), chosen),
        ("PATCH", "/api/tag/1", json!({"articles": {"remove": [{"id": 1}]}}), removed),
        ("DELETE", "/api/tag/1/articles/2", json!({}), removed),
        ("PATCH", "/api/tag/1", json!({"articles": [{"id": 3}]}), replaced),
        ("PATCH", "/api/article/3", json!({"tags": {"add": [{"id": 71, "name": "other"}]}}), within),
    ]
}

fn everything(server: &Server) -> String {
    let tags = server.line("SELECT id AS value FROM tag ORDER BY id");
    format!("{tags}: {}", server.line(crate::relationships::blog::TAGGED))
}

#[test]
fn refuse_in_the_classic_format_what_they_refuse_in_the_other() {
    let server = server(|tags| tags);
    let before = everything(&server);
    for (method, path, body, detail) in asked() {
        let answer = classic(&server, method, path, &body);
        assert_eq!((answer.status, answer.json()), (403, json!({"message": detail})), "{method} {path} {body}");
    }
    let tag = json!({"data": {"type": "tag", "id": "70", "attributes": {"name": "new"}}});
    assert_eq!(server.post("/api/tag", &tag).status, 403);
    assert_eq!(everything(&server), before);
    // What no setting is about goes on.
    assert_eq!(classic(&server, "PATCH", "/api/tag/3", &json!({"articles": {"add": [{"id": 3}]}})).status, 200);
    assert_eq!(classic(&server, "POST", "/api/tag", &json!({"name": "n", "articles": [{"id": 1}]})).status, 201);
}

#[test]
fn allow_it_in_both() {
    let settings: [fn(ResourceApi<Tag>) -> ResourceApi<Tag>; 2] = [
        |tags| tags.allow_client_generated_ids().allow_to_many_replacement().allow_delete_from_to_many_relationships(),
        |tags| tags.default_format("classic"),
    ];
    for setting in settings {
        let server = server(setting);
        for (method, path, body, _) in asked() {
            let answer = classic(&server, method, path, &body);
            assert!(matches!(answer.status, 200 | 201 | 204), "{method} {path} {body}: {answer:#?}");
        }
        assert_eq!(everything(&server), "1 2 3 70 71: 1-2 3-1 3-71");
        let tag = json!({"data": {"type": "tag", "id": "80", "attributes": {"name": "new"}}});
        let post = server.request("POST", "/api/tag").header("Accept", "application/vnd.api+json").document(&tag);
        assert_eq!(post.send().status, 201);
        let members = json!({"data": [{"type": "article", "id": "2"}]});
        let replace = server.request("PATCH", "/api/tag/80/relationships/articles").document(&members);
        replace.header("Accept", "application/vnd.api+json").send().is_empty(204);
        let remove = server.request("DELETE", "/api/tag/80/relationships/articles").document(&members);
        remove.header("Accept", "application/vnd.api+json").send().is_empty(204);
        assert_eq!(everything(&server), "1 2 3 70 71 80: 1-2 3-1 3-71");
    }
}

#[test]
fn keep_relationships_that_are_read_only_in_both() {
    let server = Server::start(&format!("{TABLES}{ROWS}"), |services| {
        services.service(blog::api().resource(Essay::api()).scope());
    });
    let linked = |server: &Server| {
        let comments = server.line("SELECT CAST(article_id AS TEXT) AS value FROM comment ORDER BY id");
        format!("{} {} {comments}", server.line(blog::AUTHORS), server.line(blog::TAGGED))
    };
    let before = linked(&server);
    for (name, body) in [
        ("tags", json!({"tags": []})),
        ("tags", json!({"tags": {"add": [{"id": 3}]}})),
        ("tags", json!({"tags": {"remove": [{"id": 1}]}})),
        ("comments", json!({"comments": [{"id": 3}]})),
        ("comments", json!({"comments": {"add": [{"content": "new"}]}})),
        ("author", json!({"author": null})),
        ("author", json!({"author": {"id": 2}})),
        ("author_id", json!({"author_id": 2})),
    ] {
        for (method, path) in [("PATCH", "/api/essay/1"), ("POST", "/api/essay")] {
            let mut body = body.clone();
            body["title"] = json!("new");
            let answer = classic(&server, method, path, &body);
            let refused = (answer.status, answer.json());
            assert_eq!(refused, (400, json!({"message": format!("{name}: is read-only")})), "{method} {body}");
        }
    }
    for member in ["tags/1", "comments/1"] {
        let answer = classic(&server, "DELETE", &format!("/api/essay/1/{member}"), &json!({}));
        let (name, _) = member.split_once('/').expect("a name");
        assert_eq!((answer.status, answer.json()), (403, json!({"message": format!("{name}: is read-only")})));
    }
    for (name, data) in [("tags", json!([])), ("comments", json!([])), ("author", Value::Null)] {
        let sent = json!({"data": {"type": "essay", "id": "1", "relationships": {name: {"data": data}}}});
        let detail = format!("{name}: is read-only");
        let error = |pointer: &str| at_pointer(403, "Read-only relationship", &detail, pointer);
        let answer = server.patch("/api/essay/1", &sent);
        answer.refuses(403, &[error(&format!("/data/relationships/{name}"))]);
        let answer = server.patch(&format!("/api/essay/1/relationships/{name}"), &json!({"data": data}));
        answer.refuses(403, &[error("/data")]);
    }
    assert_eq!((linked(&server), server.line("SELECT COUNT(*) AS value FROM article")), (before, "3".to_owned()));
}
