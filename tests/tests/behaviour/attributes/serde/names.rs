//! `rename` and `rename_all` of serde.

use restless_actix::prelude::*;
use serde_json::json;

use crate::client::Answer;
use crate::expected::resource;
use crate::server::Server;

diesel::table! {
    book (id) {
        id -> Integer,
        full_title -> Text,
        page_count -> Integer,
        first_owner -> Nullable<Integer>,
        secret_note -> Nullable<Text>,
    }
}

#[derive(Restless)]
#[diesel(table_name = book)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[restless(methods(GET, POST), belongs_to(first_owner: Self, foreign_key = first_owner))]
#[restless(has_many(owned_books: Self, foreign_key = book::first_owner))]
struct Book {
    id: i32,
    #[serde(rename = "title", alias = "name")]
    full_title: String,
    page_count: i32,
    first_owner: Option<i32>,
    #[serde(skip_serializing, rename(deserialize = "note", serialize = "nothing"))]
    secret_note: Option<String>,
}

/// What `#[restless]` says goes first.
#[derive(serde::Serialize, Restless)]
#[diesel(table_name = book)]
#[serde(rename_all(serialize = "SCREAMING_SNAKE_CASE"))]
#[restless(methods(GET), rename_all = "kebab-case", collection_name = "volume")]
struct Volume {
    id: i32,
    #[serde(rename(serialize = "a"))]
    #[restless(rename = "name")]
    full_title: String,
    page_count: i32,
}

fn server() -> Server {
    let schema = "
        CREATE TABLE book (
            id INTEGER PRIMARY KEY, full_title TEXT NOT NULL, page_count INTEGER NOT NULL,
            first_owner INTEGER REFERENCES book (id), secret_note TEXT
        );
        INSERT INTO book VALUES (1, 'Ulysses', 730, NULL, 'n');
    ";
    Server::start(schema, |services| {
        services.service(Book::api_scope()).service(Volume::api_scope());
    })
}

fn classic(server: &Server, path: &str) -> Answer {
    server.request("GET", path).header("Accept", "application/json").send_to_anyone()
}

#[test]
fn name_attributes_and_relationships() {
    let server = server();
    let book = server.get("/api/book/1").data();
    assert_eq!(book["attributes"], json!({"title": "Ulysses", "pageCount": 730}));
    let names: Vec<_> = book["relationships"].as_object().expect("relationships").keys().collect();
    assert_eq!(names, ["firstOwner", "ownedBooks"]);
    let expected = json!({
        "id": 1, "title": "Ulysses", "pageCount": 730, "firstOwner": null, "ownedBooks": []
    });
    assert_eq!(classic(&server, "/api/book/1").json(), expected);
    assert_eq!(server.get("/api/book?filter[pageCount][gt]=700&sort=title&fields[book]=title").ids(), "1");
}

#[test]
fn give_way_to_those_of_restless() {
    let server = server();
    let volume = resource("volume", "1", &json!({"name": "Ulysses", "page-count": 730}));
    assert_eq!(server.get("/api/volume/1").data(), volume);
    assert_eq!(classic(&server, "/api/volume/1").json(), json!({"id": 1, "name": "Ulysses", "page-count": 730}));
}

#[test]
fn are_the_only_names() {
    let server = server();
    for other in ["full_title", "name", "page_count", "nothing", "secretNote"] {
        let attributes = json!({"title": "T", "pageCount": 1, other: 1});
        let answer = server.post("/api/book", &json!({"data": {"type": "book", "attributes": attributes}}));
        assert_eq!(answer.status, 400, "{other}: {answer:#?}");
        assert_eq!(answer.json()["errors"][0]["source"]["pointer"], format!("/data/attributes/{other}"));
    }
    let attributes = json!({"title": "T", "pageCount": 1, "note": "x"});
    let answer = server.post("/api/book", &json!({"data": {"type": "book", "attributes": attributes}}));
    assert_eq!((answer.status, answer.attributes()), (201, json!({"title": "T", "pageCount": 1})));
    assert_eq!(server.line("SELECT secret_note AS value FROM book ORDER BY id"), "n x");
}
