//! The document at the root of an `Api`: its resources.

use serde_json::{Map, Value, json};

use super::document;
use crate::endpoint::encode_segment;
use crate::response::Response;

/// Answers with a link to each collection; `root` is the URL of the `Api`.
pub(crate) fn respond_with_root(root: &str, names: &[String]) -> Response {
    let mut links = Map::new();
    links.insert("self".to_owned(), Value::String(if root.is_empty() { "/".to_owned() } else { root.to_owned() }));
    for name in names {
        links.insert(name.clone(), Value::String(format!("{root}/{}", encode_segment(name))));
    }
    let body = json!({"jsonapi": {"version": "1.1"}, "links": links, "meta": {"resources": names}});
    document(200, body.to_string().into_bytes())
}
