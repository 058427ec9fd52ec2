//! What a client may ask of a collection: filters, orders, pages, totals, and how much of it at once.

mod newsroom;

mod dates;
mod hidden;
mod limits;
mod lists;
mod objects;
mod operators;
mod oracle;
mod pages;
mod paths;
mod postgres;
mod prepared;
mod shared_counts;
mod single;
mod slices;
mod sort;
mod sql;
mod text;
mod to_many;
mod totals;
mod without_postgres;

use serde_json::Value;

use crate::client::Answer;
use crate::server::Server;

/// A text as it stands in a query string.
pub fn encode(text: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~,[]".contains(&byte);
    let letters =
        text.bytes().map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") });
    letters.collect()
}

/// The path of a collection with one `filter[objects]`.
pub fn with_objects(collection: &str, objects: &Value) -> String {
    format!("/api/{collection}?filter[objects]={}", encode(&objects.to_string()))
}

/// The answer to one `filter[objects]`.
#[track_caller]
pub fn ask(server: &Server, collection: &str, objects: &Value) -> Answer {
    server.get(&with_objects(collection, objects))
}
