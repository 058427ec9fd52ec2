//! Collections as tables, `text/csv` (RFC 4180).

mod contents;
mod refusals;
mod rules;

use crate::client::{Answer, Request};
use crate::server::Server;

/// The media type of a table, whose first line has names.
const TABLE: &str = "text/csv; charset=utf-8; header=present";

/// The same request of a client that wants a table and nothing else.
fn table<'a>(server: &'a Server, path: &str) -> Request<'a> {
    server.request("GET", path).header("Accept", "text/csv")
}

/// A table with these lines.
#[track_caller]
fn is_table(answer: &Answer, lines: &[&str]) {
    assert_eq!((answer.status, answer.header("content-type")), (200, Some(TABLE)), "{answer:#?}");
    assert_eq!(answer.header("vary"), Some("Accept, Content-Type"));
    assert_eq!(answer.header("x-content-type-options"), Some("nosniff"));
    let expected = lines.join("\r\n") + "\r\n";
    assert_eq!(answer.body, expected, "{:?}", answer.request);
}
