//! Methods: `HEAD`, `OPTIONS`, and those that are not answered.

use crate::client::JSON_API;
use crate::expected::{error, nothing_there};
use crate::models;

#[test]
fn head_is_get_without_a_body() {
    // F07
    let server = models::five_people();
    for path in
        ["/api/person", "/api/person/1", "/api/person?sort=-age&page[size]=2", "/api/person/404", "/api/person?foo=1"]
    {
        let (head, get) = (server.request("HEAD", path).send(), server.get(path));
        assert_eq!((head.status, head.body.as_str()), (get.status, ""), "{path}");
        for name in ["content-type", "content-length", "vary", "link"] {
            assert_eq!(head.header(name), get.header(name), "{path}: {name}");
        }
        assert_eq!(head.header("content-type"), Some(JSON_API));
    }
}

#[test]
fn options_tells_what_is_allowed() {
    let server = models::five_people();
    for (path, allowed) in
        [("/api/person", "GET, HEAD, POST, OPTIONS"), ("/api/person/1", "GET, HEAD, PATCH, DELETE, OPTIONS")]
    {
        for accept in ["", "text/html"] {
            let answer = server.request("OPTIONS", path).header("Accept", accept).send();
            assert!(answer.body.is_empty() && matches!(answer.status, 200 | 204), "{answer:#?}");
            assert_eq!(answer.header("allow"), Some(allowed), "{path}");
        }
    }
    server
        .request("OPTIONS", "/api/person/1/x")
        .send()
        .refuses(404, &[error(404, "Not Found", "\"person\" has no relationship \"x\"")]);
}

#[test]
fn others_are_405_with_what_is_allowed() {
    // F07, N01
    let server = models::five_people();
    let places = [("/api/person", "GET, HEAD, POST, OPTIONS"), ("/api/person/1", "GET, HEAD, PATCH, DELETE, OPTIONS")];
    for (path, allowed) in places {
        for method in ["PUT", "TRACE", "PURGE", "get", "QUERY"] {
            let head = "Host: test\r\nConnection: close\r\nContent-Length: 0";
            let answer = server.raw(format!("{method} {path} HTTP/1.1\r\n{head}\r\n\r\n"));
            let detail = format!("{method} is not answered here; allowed are {allowed}");
            answer.refuses(405, &[error(405, "Method Not Allowed", &detail)]);
            assert_eq!(
                (answer.header("allow"), answer.header("content-type")),
                (Some(allowed), Some(JSON_API)),
                "{method}"
            );
            assert_eq!(answer.header("vary"), Some("Accept, Content-Type"));
        }
    }
}

#[test]
fn are_answered_by_404_where_there_is_nothing() {
    let server = models::five_people();
    for method in ["GET", "POST", "PATCH", "DELETE", "PUT", "OPTIONS"] {
        let request = server.request(method, "/api/person/1/").header("Content-Type", JSON_API);
        request.send().refuses(404, &[nothing_there()]);
    }
}
