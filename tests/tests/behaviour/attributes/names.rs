//! `rename` and `rename_all`.

use restless_actix::prelude::*;
use serde_json::json;

use crate::expected::{at_pointer, collection, document, invalid_value, resource};
use crate::server::Server;

diesel::table! {
    book (id) {
        id -> Integer,
        first_title -> Text,
        page_count -> Nullable<Integer>,
        subject -> Nullable<Text>,
        r#type -> Nullable<Text>,
    }
}

#[derive(Restless)]
#[diesel(table_name = book)]
#[restless(methods(GET, POST, PATCH), rename_all = "camelCase")]
struct Book {
    id: i32,
    first_title: String,
    #[restless(rename = "number of pages")]
    page_count: Option<i32>,
    #[diesel(column_name = "subject")]
    main_topic: Option<String>,
    #[restless(rename = "größe-1")]
    r#type: Option<String>,
}

fn server() -> Server {
    let schema = "
        CREATE TABLE book (
            id INTEGER PRIMARY KEY, first_title TEXT NOT NULL UNIQUE, page_count INTEGER, subject TEXT, type TEXT
        );
        INSERT INTO book VALUES (1, 'Dune', 412, 'sand', 'A5');
    ";
    Server::start(schema, |services| {
        services.service(Book::api_scope());
    })
}

#[test]
fn are_those_of_the_wire_in_documents() {
    let server = server();
    let attributes = json!({"firstTitle": "Dune", "number of pages": 412, "mainTopic": "sand", "größe-1": "A5"});
    server.get("/api/book/1").is(200, &document("/api/book/1", &resource("book", "1", &attributes)));

    let attributes = json!({"firstTitle": "Solaris", "number of pages": 204, "mainTopic": null, "größe-1": "B5"});
    let answer = server.post("/api/book", &json!({"data": {"type": "book", "attributes": attributes}}));
    answer.is(201, &document("/api/book/2", &resource("book", "2", &attributes)));
}

#[test]
fn are_those_of_the_wire_in_queries() {
    let server = server();
    let cases = [
        ("filter[firstTitle]=Dune", "filter%5BfirstTitle%5D=Dune"),
        ("filter[number+of+pages]=412", "filter%5Bnumber%20of%20pages%5D=412"),
        ("filter[mainTopic]=sand", "filter%5BmainTopic%5D=sand"),
        ("filter[gr%C3%B6%C3%9Fe-1]=A5", "filter%5Bgr%C3%B6%C3%9Fe-1%5D=A5"),
        ("sort=-number+of+pages,mainTopic", "sort=-number%20of%20pages,mainTopic"),
    ];
    let attributes = json!({"firstTitle": "Dune", "number of pages": 412, "mainTopic": "sand", "größe-1": "A5"});
    for (query, canonical) in cases {
        let expected = collection("/api/book", canonical, &[resource("book", "1", &attributes)]);
        server.get(&format!("/api/book?{query}")).is(200, &expected);
    }
    let answer = server.get("/api/book/1?fields[book]=number%20of%20pages");
    assert_eq!(answer.attributes(), json!({"number of pages": 412}));
}

#[test]
fn are_those_of_the_wire_in_errors() {
    let server = server();
    let sent = json!({"data": {"type": "book", "attributes": {"first_title": "x", "number of pages": "many"}}});
    let errors = [
        at_pointer(
            400,
            "Unknown attribute",
            "\"book\" has no attribute \"first_title\"",
            "/data/attributes/first_title",
        ),
        invalid_value("number of pages", "number of pages: expected an integer, found \"many\""),
    ];
    server.post("/api/book", &sent).refuses(400, &errors);

    let sent = json!({"data": {"type": "book", "attributes": {"firstTitle": "Dune"}}});
    let detail = "firstTitle: another resource has this value already";
    let error = at_pointer(409, "Duplicate value", detail, "/data/attributes/firstTitle");
    server.post("/api/book", &sent).refuses(409, &[error]);

    let sent = json!({"data": {"type": "book", "attributes": {"mainTopic": "x"}}});
    let error = at_pointer(400, "Invalid value", "firstTitle: must not be null", "/data/attributes");
    server.post("/api/book", &sent).refuses(400, &[error]);
}
