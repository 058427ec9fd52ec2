//! `related_page_size`: pages of related resources and of the members of a relationship.

use restless_actix::prelude::*;
use serde_json::{Value, json};

use crate::client::{Answer, JSON_API};
use crate::server::Server;

diesel::table! {
    shelf (id) {
        id -> Integer,
    }
}

diesel::table! {
    book (id) {
        id -> Integer,
        shelf_id -> Nullable<Integer>,
    }
}

#[derive(Restless)]
#[diesel(table_name = shelf)]
#[restless(methods(GET, PATCH), has_many(books: Book, foreign_key = book::shelf_id), allow_to_many_replacement)]
struct Shelf {
    id: i32,
}

#[derive(Restless)]
#[diesel(table_name = book)]
#[restless(methods(GET, PATCH), page_size = 2, belongs_to(shelf: Shelf, foreign_key = shelf_id))]
struct Book {
    id: i32,
}

/// Says it by its attributes.
#[derive(Restless)]
#[diesel(table_name = shelf)]
#[restless(has_many(books: Book, foreign_key = book::shelf_id), related_page_size = 3)]
struct Rack {
    id: i32,
}

const TABLES: &str = "
    CREATE TABLE shelf (id INTEGER PRIMARY KEY);
    CREATE TABLE book (id INTEGER PRIMARY KEY, shelf_id INTEGER REFERENCES shelf (id));
    INSERT INTO shelf (id) VALUES (1);
";

const WAYS: [&str; 2] = ["/api/shelf/1/books", "/api/shelf/1/relationships/books"];

fn server(books: u32, change: fn(Api) -> Api) -> Server {
    let rows = (1..=books).map(|id| format!("({id}, 1)")).collect::<Vec<_>>().join(", ");
    let schema = format!("{TABLES}INSERT INTO book (id, shelf_id) VALUES {rows};");
    Server::start(&schema, move |services| {
        services.service(change(Api::new("/api").resource(Shelf::api()).resource(Book::api())).scope());
    })
}

fn classic(server: &Server, path: &str) -> Answer {
    server.request("GET", path).header("Accept", "application/json").send_to_anyone()
}

fn listed(answer: &Answer) -> usize {
    answer.json()["objects"].as_array().map_or(0, Vec::len)
}

fn count(answer: &Answer) -> usize {
    answer.ids().split(' ').count()
}

#[test]
fn is_the_greatest_size_by_default() {
    let server = server(120, |api| api);
    assert_eq!(count(&server.get("/api/book")), 2);
    for path in WAYS {
        let answer = server.get(path);
        assert_eq!((count(&answer), &answer.json()["meta"]), (100, &json!({"total": 120})), "{path}");
        let page = |number: u32| json!(format!("{path}?page%5Bnumber%5D={number}&page%5Bsize%5D=100"));
        assert_eq!(answer.json()["links"]["next"], page(2), "{path}");
        assert_eq!(count(&server.get(&format!("{path}?page[size]=7"))), 7, "{path}");
    }
    // The classic format has it as it always was.
    assert_eq!(listed(&classic(&server, WAYS[0])), 10);
    assert_eq!(listed(&classic(&server, &format!("{}?results_per_page=70", WAYS[0]))), 70);
}

/// A client that reads the members, adds one and replaces them.
#[test]
fn loses_no_members_to_whoever_reads_and_replaces() {
    let server = server(60, |api| api);
    server.execute("INSERT INTO book (id, shelf_id) VALUES (61, NULL)");
    let mut members: Vec<Value> = server.get(WAYS[1]).data().as_array().cloned().unwrap_or_default();
    members.push(json!({"type": "book", "id": "61"}));
    server.patch(WAYS[1], &json!({"data": members})).is_empty(204);
    assert_eq!(server.line("SELECT CAST(count(*) AS TEXT) AS value FROM book WHERE shelf_id = 1"), "61");
}

#[test]
fn is_what_the_application_says() {
    let server = server(8, |api| api.related_page_size(3).page_size(2).max_page_size(4));
    for path in WAYS {
        assert_eq!(server.get(path).ids(), "1 2 3", "{path}");
        assert_eq!(server.get(&format!("{path}?page[size]=4")).ids(), "1 2 3 4", "{path}");
        assert_eq!(server.get(&format!("{path}?page[size]=5")).status, 400, "{path}");
    }
    assert_eq!(listed(&classic(&server, WAYS[0])), 3);
}

/// What a mount says.
type Setting = fn(ResourceApi<Book>) -> ResourceApi<Book>;

#[test]
fn is_said_by_either_end_and_first_by_the_one_that_the_url_names() {
    let mounts: [(Setting, &str); 3] = [
        (|books| books, "1 2 3"),
        (|books| books.related_page_size(1), "1 2 3"),
        (|books| books.max_page_size(2), "1 2"),
    ];
    for (change, found) in mounts {
        let rows = "INSERT INTO book (id, shelf_id) VALUES (1, 1), (2, 1), (3, 1), (4, 1), (5, 1);";
        let server = Server::start(&format!("{TABLES}{rows}"), move |services| {
            let racks = Rack::api().collection_name("rack");
            let api = Api::new("/api").resource(racks).resource(Shelf::api().collection_name("shelf"));
            services.service(api.resource(change(Book::api()).relation("shelf", "shelf")).scope());
        });
        assert_eq!(server.get("/api/rack/1/books").ids(), found);
        let of_shelves = if found == "1 2" { "1 2" } else { "1 2 3 4 5" };
        let of_shelves = if server.get("/api/shelf/1/books").ids() == "1" { "1" } else { of_shelves };
        assert_eq!(server.get("/api/shelf/1/relationships/books").ids(), of_shelves);
    }
}

#[test]
fn of_zero_paginates_only_when_the_client_asks() {
    let settings: [fn(Api) -> Api; 2] = [|api| api.related_page_size(0), |api| api.page_size(0)];
    for setting in settings {
        let server = server(110, setting);
        for path in WAYS {
            let answer = server.request("GET", path).header("Accept", JSON_API).send();
            assert_eq!((count(&answer), answer.header("link")), (110, None), "{path}");
            assert_eq!(count(&server.get(&format!("{path}?page[size]=9"))), 9, "{path}");
        }
        assert_eq!(listed(&classic(&server, WAYS[0])), 110);
    }
}
