//! Keys that are not what the table calls its primary key.

use restless_actix::prelude::*;
use serde_json::json;

use super::Pair;
use crate::expected::error;
use crate::server::Server;

diesel::table! {
    login (id) {
        id -> Integer,
        username -> Text,
    }
}

diesel::table! {
    post (id) {
        id -> Integer,
        name -> Text,
        login_id -> Nullable<Integer>,
    }
}

diesel::table! {
    note (id) {
        id -> Integer,
        name -> Text,
        username -> Nullable<Text>,
    }
}

/// Clients know it by its name; posts by its number, notes by its name.
#[derive(Restless)]
#[diesel(table_name = login)]
#[restless(methods(GET, POST, PATCH, DELETE), primary_key = username, collection_name = "login")]
#[restless(has_many(children: Post, foreign_key = post::login_id))]
#[restless(allow_to_many_replacement, allow_delete_from_to_many_relationships)]
struct ByPosts {
    #[restless(skip)]
    #[expect(dead_code, reason = "no code of the test reads it")]
    id: i32,
    username: String,
}

#[derive(Restless)]
#[diesel(table_name = post)]
#[restless(methods(GET, POST, PATCH), belongs_to(parent: ByPosts, foreign_key = login_id))]
struct Post {
    id: i32,
    name: String,
}

#[derive(Restless)]
#[diesel(table_name = login)]
#[restless(methods(GET, POST, PATCH, DELETE), primary_key = username, collection_name = "login")]
#[restless(has_many(children: Note, foreign_key = note::username, on_delete = "cascade"))]
#[restless(allow_to_many_replacement, allow_delete_from_to_many_relationships)]
struct ByNotes {
    #[restless(skip)]
    #[expect(dead_code, reason = "no code of the test reads it")]
    id: i32,
    username: String,
}

#[derive(Restless)]
#[diesel(table_name = note)]
#[restless(methods(GET, POST, PATCH), belongs_to(parent: ByNotes, foreign_key = username))]
struct Note {
    id: i32,
    name: String,
}

const LOGINS: &str = "
    CREATE TABLE login (id INTEGER PRIMARY KEY, username TEXT NOT NULL UNIQUE) STRICT;
    INSERT INTO login VALUES (71, 'ann'), (72, 'bob'), (73, 'cleo');
";

#[test]
fn that_are_not_the_id_lead_both_ways() {
    let schema = format!(
        "{LOGINS}
        CREATE TABLE post (id INTEGER PRIMARY KEY, name TEXT NOT NULL, login_id INTEGER REFERENCES login (id)) STRICT;
        INSERT INTO post VALUES (1, 'p', 71), (2, 'q', 72);"
    );
    let server = Server::start(&schema, |services| {
        services.service(Api::new("/api").resource(ByPosts::api()).resource(Post::api()).scope());
    });
    let pair = Pair { server, parents: "login", children: "post", ids: ["ann", "bob", "cleo"] };
    pair.check();
    let answer = pair.server.delete("/api/login/ann");
    let detail = "children: resources of this relationship depend on the one to be deleted";
    answer.refuses(409, &[error(409, "Resource in use", detail)]);
    let relationships = json!({"children": {"data": [pair.child("1")]}});
    let sent = json!({"data": {
        "type": "login", "attributes": {"username": "dan"}, "relationships": relationships,
    }});
    assert_eq!(pair.server.post("/api/login", &sent).status, 201);
    assert_eq!(pair.server.get("/api/post/1/parent").data()["id"], "dan");
}

#[test]
fn that_are_the_id_but_not_the_primary_key_lead_both_ways() {
    let schema = format!(
        "{LOGINS}
        CREATE TABLE note (
            id INTEGER PRIMARY KEY, name TEXT NOT NULL, username TEXT REFERENCES login (username)
        ) STRICT;
        INSERT INTO note VALUES (1, 'p', 'ann'), (2, 'q', 'bob');"
    );
    let server = Server::start(&schema, |services| {
        services.service(Api::new("/api").resource(ByNotes::api()).resource(Note::api()).scope());
    });
    let pair = Pair { server, parents: "login", children: "note", ids: ["ann", "bob", "cleo"] };
    pair.check();
    pair.server.delete("/api/login/ann").is_empty(204);
    assert_eq!(pair.server.get("/api/note").ids(), "2 3");
}
