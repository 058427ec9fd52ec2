//! What links begin with, and which of them stand in the header `Link`.

mod base_url;
mod header;
mod of_request;

use restless_actix::prelude::*;
use serde_json::Value;

use crate::relationships::blog;
use crate::server::Server;

/// The blog, with other settings.
fn server(change: fn(Api) -> Api) -> Server {
    Server::start(&format!("{}{}", blog::TABLES, blog::ROWS), move |services| {
        services.service(change(blog::api().allow_functions()).scope());
    })
}

/// The links of a document, of its resources and of their relationships, each with this in front of it.
fn prefixed(mut document: Value, url: &str) -> Value {
    fn visit(value: &mut Value, url: &str, is_of_links: bool) {
        match value {
            Value::String(link) if is_of_links => link.insert_str(0, url),
            Value::Array(items) => items.iter_mut().for_each(|item| visit(item, url, false)),
            Value::Object(members) => {
                members.iter_mut().for_each(|(name, member)| visit(member, url, is_of_links || name == "links"));
            }
            _ => {}
        }
    }
    visit(&mut document, url, false);
    document
}
