//! Whatever a client sends: no panic, no answer that is the server's fault, no input that takes long.
//!
//! Each target makes inputs for one parser of client text, from a grammar whose words are sometimes torn apart, and
//! drives them through the core's `Pipeline` with a database in memory. `RESTLESS_FUZZ_SECONDS` is how long each runs, and
//! `RESTLESS_SEED` repeats a run.

mod classic;
mod documents;
mod filters;
mod headers;
#[path = "../behaviour/query/newsroom/models.rs"]
mod models;
mod queries;
mod target;
mod text;

use restless_core::{Body, Request, RequestMethod};

/// A GET of a path below the prefix.
fn get(path: impl Into<String>, query: impl Into<String>) -> Request {
    Request {
        method: RequestMethod::parse("GET"),
        scheme: "http",
        authority: None,
        base: String::new(),
        path: path.into(),
        query: query.into(),
        headers: Vec::new(),
        body: Body::Complete(Vec::new()),
        peer: None,
        host: None,
    }
}
