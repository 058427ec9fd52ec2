//! `no_filter`, `no_sort`: attributes that clients see and cannot search by.

use diesel::prelude::*;
use restless_actix::prelude::*;
use serde_json::json;

use crate::expected::{at_parameter, collection, resource};
use crate::server::Server;

diesel::table! {
    book (id) {
        id -> Integer,
        title -> Text,
        body -> Text,
        pages -> Integer,
        sequel_id -> Nullable<Integer>,
    }
}

#[derive(Queryable, Selectable, Restless)]
#[diesel(table_name = book)]
#[restless(belongs_to(sequel: Self, foreign_key = sequel_id))]
struct Book {
    id: i32,
    #[restless(no_sort)]
    title: String,
    #[restless(no_filter, no_sort)]
    body: String,
    #[restless(no_filter)]
    pages: i32,
    sequel_id: Option<i32>,
}

fn server() -> Server {
    let schema = "
        CREATE TABLE book (
            id INTEGER PRIMARY KEY, title TEXT NOT NULL, body TEXT NOT NULL, pages INTEGER NOT NULL,
            sequel_id INTEGER REFERENCES book (id)
        );
        INSERT INTO book VALUES (1, 'Iliad', 'Sing', 700, NULL);
    ";
    Server::start(schema, |services| {
        services.service(Book::api_scope());
    })
}

#[test]
fn are_shown_all_the_same() {
    let answer = server().get("/api/book?fields[book]=title,body,pages&filter[title]=Iliad&sort=pages");
    let book = resource("book", "1", &json!({"title": "Iliad", "body": "Sing", "pages": 700}));
    let query = "fields%5Bbook%5D=title,body,pages&filter%5Btitle%5D=Iliad&sort=pages";
    answer.is(200, &collection("/api/book", query, &[book]));
}

#[test]
fn cannot_be_filtered_by() {
    let server = server();
    for name in ["body", "pages"] {
        let detail = |parameter: &str| format!("{parameter}: {name:?} cannot be filtered by");
        for parameter in
            [format!("filter[{name}]"), format!("filter[{name}][is_null]"), format!("filter[sequel.{name}]")]
        {
            let answer = server.get(&format!("/api/book?{parameter}=true"));
            answer.refuses(400, &[at_parameter(&parameter, &detail(&parameter))]);
        }
    }
}

#[test]
fn cannot_be_sorted_by() {
    let server = server();
    for (key, name) in [("title", "title"), ("-body", "body"), ("sequel.title", "title")] {
        let answer = server.get(&format!("/api/book?sort={key}"));
        answer.refuses(400, &[at_parameter("sort", &format!("sort: {name:?} cannot be sorted by"))]);
    }
}

#[test]
fn are_searched_by_the_application() {
    let server = server();
    let database = server.database.clone().expect("a database");
    let found = actix_web::rt::System::new().block_on(async move {
        Book::fetch()
            .filter(BookFields::BODY.eq("Sing").and(BookFields::PAGES.gt(1)))
            .sort("-title,body")
            .first(&database)
            .await
    });
    assert_eq!(found.expect("no error").expect("a book").pages, 700);
}
