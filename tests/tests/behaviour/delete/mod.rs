//! Deleting resources.

use crate::client::JSON_API;
use crate::expected::{at_parameter, error, no_such_resource, nothing_there};
use crate::models;

const IDS: &str = "SELECT CAST(id AS TEXT) AS value FROM person ORDER BY id";

#[test]
fn answers_204_and_the_row_is_gone() {
    // W41
    let server = models::five_people();
    server.delete("/api/person/2").is_empty(204);
    assert_eq!(server.line(IDS), "1 3 4 5");
    server.get("/api/person/2").refuses(404, &[no_such_resource("person", "2")]);
}

#[test]
fn answers_404_when_there_is_none() {
    // W43
    let server = models::five_people();
    for id in ["404", "abc", "01"] {
        server.delete(&format!("/api/person/{id}")).refuses(404, &[no_such_resource("person", id)]);
    }
    server.delete("/api/person/1/").refuses(404, &[nothing_there()]);
    assert_eq!(server.line(IDS), "1 2 3 4 5");
}

#[test]
fn answers_409_when_others_refer_to_it() {
    // W44
    let server = models::with_rows(
        "INSERT INTO person (id, name) VALUES (1, 'Ann'), (2, 'Bob'); INSERT INTO computer VALUES (1, 'box', NULL, 1);",
    );
    let detail = "other resources refer to this one";
    server.delete("/api/person/1").refuses(409, &[error(409, "Resource in use", detail)]);
    server.delete("/api/person/2").is_empty(204);
    assert_eq!(server.line(IDS), "1");
}

#[test]
fn refuses_every_query_parameter() {
    // Q07
    let server = models::five_people();
    for name in ["fields[person]", "filter[name]", "sort", "page[size]", "cascade"] {
        let detail = format!("this URL knows no query parameter {name:?}");
        server.delete(&format!("/api/person/1?{name}=name")).refuses(400, &[at_parameter(name, &detail)]);
    }
    assert_eq!(server.line(IDS), "1 2 3 4 5");
}

#[test]
fn needs_no_media_type_and_reads_no_body() {
    // N06
    let server = models::five_people();
    let body = "{\"data\":";
    let head = format!("Host: test\r\nConnection: close\r\nContent-Length: {}\r\n", body.len());
    for (id, media_type) in [(1, String::new()), (2, format!("Content-Type: {JSON_API}\r\n"))] {
        let answer = server.raw(format!("DELETE /api/person/{id} HTTP/1.1\r\n{head}{media_type}\r\n{body}"));
        answer.is_empty(204);
    }
    assert_eq!(server.line(IDS), "3 4 5");
}
