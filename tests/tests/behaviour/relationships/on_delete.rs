//! What `on_delete` does with the dependants of a resource that is deleted.

use restless_actix::prelude::*;

use super::blog::each;
use crate::expected::{error, no_such_resource};
use crate::server::Server;

diesel::table! {
    author (id) {
        id -> Integer,
        mentor_id -> Nullable<Integer>,
    }
}

diesel::table! {
    book (id) {
        id -> Integer,
        author_id -> Nullable<Integer>,
    }
}

diesel::table! {
    chapter (id) {
        id -> Integer,
        book_id -> Integer,
    }
}

diesel::table! {
    contract (id) {
        id -> Integer,
        author_id -> Nullable<Integer>,
    }
}

diesel::table! {
    book_shelf (book_id, shelf_id) {
        book_id -> Integer,
        shelf_id -> Integer,
    }
}

diesel::table! {
    shelf (id) {
        id -> Integer,
    }
}

/// Its pupils go on without it, its books do not, and a contract holds it.
#[derive(Restless)]
#[diesel(table_name = author)]
#[restless(methods(GET, DELETE))]
#[restless(has_many(pupils: Author, foreign_key = author::mentor_id, on_delete = "set_null"))]
#[restless(has_many(books: Book, foreign_key = book::author_id, on_delete = "cascade"))]
#[restless(has_one(contract: Contract, foreign_key = contract::author_id, on_delete = "restrict"))]
struct Author {
    id: i32,
}

#[derive(Restless)]
#[diesel(table_name = book)]
#[restless(methods(GET, DELETE), belongs_to(author: Author, foreign_key = author_id))]
#[restless(has_many(chapters: Chapter, foreign_key = chapter::book_id, on_delete = "cascade"))]
#[restless(many_to_many(
    shelves: Shelf, through = book_shelf, foreign_key = book_id, target_key = shelf_id, on_delete = "cascade"
))]
struct Book {
    id: i32,
}

#[derive(Restless)]
#[diesel(table_name = chapter)]
#[restless(methods(GET, DELETE), belongs_to(book: Book, foreign_key = book_id))]
struct Chapter {
    id: i32,
}

#[derive(Restless)]
#[diesel(table_name = contract)]
#[restless(methods(GET, DELETE), belongs_to(author: Author, foreign_key = author_id))]
struct Contract {
    id: i32,
}

#[derive(Restless)]
#[diesel(table_name = shelf)]
#[restless(methods(GET, DELETE))]
#[restless(many_to_many(
    books: Book, through = book_shelf, foreign_key = shelf_id, target_key = book_id, on_delete = "restrict"
))]
struct Shelf {
    id: i32,
}

const TABLES: &str = "
    CREATE TABLE author (id INTEGER PRIMARY KEY, mentor_id INTEGER REFERENCES author (id));
    CREATE TABLE book (id INTEGER PRIMARY KEY, author_id INTEGER REFERENCES author (id));
    CREATE TABLE chapter (id INTEGER PRIMARY KEY, book_id INTEGER NOT NULL REFERENCES book (id));
    CREATE TABLE contract (id INTEGER PRIMARY KEY, author_id INTEGER REFERENCES author (id));
    CREATE TABLE shelf (id INTEGER PRIMARY KEY);
    CREATE TABLE book_shelf (book_id INTEGER REFERENCES book (id), shelf_id INTEGER REFERENCES shelf (id));
";

/// The first author has everything, the second a contract too.
const ROWS: &str = "
    INSERT INTO author VALUES (1, NULL), (2, 1), (3, 1);
    INSERT INTO book VALUES (1, 1), (2, 1), (3, 3);
    INSERT INTO chapter VALUES (1, 1), (2, 1), (3, 3);
    INSERT INTO contract VALUES (1, 2);
    INSERT INTO shelf VALUES (1), (2);
    INSERT INTO book_shelf VALUES (1, 1), (3, 1);
";

fn server() -> Server {
    Server::start(&format!("{TABLES}{ROWS}"), |services| {
        let api = Api::new("/api").resource(Author::api()).resource(Book::api()).resource(Chapter::api());
        services.service(api.resource(Contract::api()).resource(Shelf::api()).scope());
    })
}

fn ids(server: &Server, table: &str) -> String {
    server.line(&format!("SELECT CAST(id AS TEXT) AS value FROM {table} ORDER BY id"))
}

const SHELVED: &str = "SELECT book_id || '-' || shelf_id AS value FROM book_shelf ORDER BY book_id";

fn held(relationship: &str) -> serde_json::Value {
    let detail = format!("{relationship}: resources of this relationship depend on the one to be deleted");
    error(409, "Resource in use", &detail)
}

#[test]
fn set_null_leaves_the_dependants_alone() {
    let server = server();
    server.delete("/api/author/1").is_empty(204);
    assert_eq!(ids(&server, "author"), "2 3");
    assert_eq!(server.line("SELECT CAST(mentor_id AS TEXT) AS value FROM author"), "null null");
}

#[test]
fn cascade_deletes_the_dependants_and_theirs() {
    let server = server();
    server.delete("/api/author/1").is_empty(204);
    assert_eq!((ids(&server, "book"), ids(&server, "chapter")), ("3".into(), "3".into()));
    assert_eq!(server.line(SHELVED), "3-1");
    assert_eq!(ids(&server, "shelf"), "1 2");
}

#[test]
fn cascade_of_a_join_table_deletes_its_rows_alone() {
    let server = server();
    server.delete("/api/book/1").is_empty(204);
    assert_eq!((server.line(SHELVED), ids(&server, "shelf")), ("3-1".into(), "1 2".into()));
    assert_eq!(ids(&server, "chapter"), "3");
}

#[test]
fn restrict_refuses() {
    let server = server();
    server.delete("/api/author/2").refuses(409, &[held("contract")]);
    assert_eq!(ids(&server, "author"), "1 2 3");
    server.delete("/api/contract/1").is_empty(204);
    server.delete("/api/author/2").is_empty(204);
}

#[test]
fn restrict_of_a_join_table_refuses() {
    let server = server();
    server.delete("/api/shelf/1").refuses(409, &[held("books")]);
    assert_eq!(server.line(SHELVED), "1-1 3-1");
    server.delete("/api/shelf/2").is_empty(204);
}

#[test]
fn a_refusal_takes_back_what_was_done() {
    let server = server();
    server.execute("UPDATE contract SET author_id = 1");
    server.delete("/api/author/1").refuses(409, &[held("contract")]);
    assert_eq!((ids(&server, "author"), ids(&server, "book")), ("1 2 3".into(), "1 2 3".into()));
    assert_eq!(server.line("SELECT CAST(mentor_id AS TEXT) AS value FROM author ORDER BY id"), "null 1 1");
}

#[test]
fn a_refusal_of_the_database_takes_back_what_was_done() {
    let footnotes = "CREATE TABLE footnote (id INTEGER, chapter_id INTEGER REFERENCES chapter (id));";
    let rows = format!("{TABLES}{footnotes}{ROWS}INSERT INTO footnote VALUES (1, 2);");
    let server = Server::start(&rows, |services| {
        services.service(Api::new("/api").resource(Author::api()).scope());
    });
    let answer = server.delete("/api/author/1");
    assert_eq!((answer.status, &answer.json()["errors"][0]["status"]), (409, &"409".into()), "{answer:#?}");
    assert_eq!((ids(&server, "author"), ids(&server, "book")), ("1 2 3".into(), "1 2 3".into()));
    assert_eq!((ids(&server, "chapter"), server.line(SHELVED)), ("1 2 3".into(), "1-1 3-1".into()));
}

#[test]
fn set_null_where_the_database_allows_none_is_a_conflict() {
    let tables = TABLES.replace("mentor_id INTEGER", "mentor_id INTEGER NOT NULL");
    let server = Server::start(&format!("{tables}INSERT INTO author VALUES (1, 1), (2, 1);"), |services| {
        services.service(Api::new("/api").resource(Author::api()).scope());
    });
    server.delete("/api/author/1").refuses(409, &[held("pupils")]);
    assert_eq!(ids(&server, "author"), "1 2");
}

#[test]
fn of_a_missing_resource_is_missing() {
    let server = server();
    server.delete("/api/author/9").refuses(404, &[no_such_resource("author", "9")]);
    server.delete("/api/author/x").refuses(404, &[no_such_resource("author", "x")]);
}

#[test]
fn cascades_end_where_they_go_in_circles() {
    let tables = "CREATE TABLE author (id INTEGER PRIMARY KEY, mentor_id INTEGER);";
    let rows = "INSERT INTO author VALUES (1, 3), (2, 1), (3, 2), (4, 4), (5, 4), (6, NULL);";
    let server = Server::start(&format!("{tables}{rows}"), |services| {
        services.service(Api::new("/api").resource(circle::Node::api()).scope());
    });
    server.delete("/api/node/1").is_empty(204);
    assert_eq!(ids(&server, "author"), "4 5 6");
    server.delete("/api/node/4").is_empty(204);
    assert_eq!(ids(&server, "author"), "6");
}

#[test]
fn cascades_are_as_long_as_the_data() {
    let tables = "CREATE TABLE author (id INTEGER PRIMARY KEY, mentor_id INTEGER REFERENCES author (id));";
    let rows = each(2..=60, |id| format!("INSERT INTO author VALUES ({id}, {});", id - 1));
    let server = Server::start(&format!("{tables}INSERT INTO author VALUES (1, NULL);{rows}"), |services| {
        services.service(Api::new("/api").resource(circle::Node::api()).scope());
    });
    server.delete("/api/node/1").is_empty(204);
    assert_eq!(ids(&server, "author"), "");
}

mod circle {
    use restless_actix::prelude::*;

    use super::author;

    #[derive(Restless)]
    #[diesel(table_name = author)]
    #[restless(methods(GET, DELETE), collection_name = "node")]
    #[restless(has_many(children: Node, foreign_key = author::mentor_id, on_delete = "cascade"))]
    pub struct Node {
        id: i32,
    }
}
