//! JSON:API documents: requests to what operations understand, outcomes to bytes.

mod errors;
mod evaluation;
mod incoming;
mod links;
mod outgoing;
mod resource;
mod root;
mod uniqueness;

pub(crate) use errors::respond_with_errors;
pub(crate) use evaluation::{respond_with_values, write_list, write_named};
pub(crate) use incoming::{body_text, read_linkage, read_resource_object, refuse_unread};
pub(crate) use links::{Address, base};
pub(crate) use outgoing::Writer;
pub(crate) use root::respond_with_root;

use crate::json::write_text as write_string;
use crate::negotiation::JSON_API;
use crate::response::Response;

/// A response with a document; the media type never has parameters, since no extension or profile is applied.
fn document(status: u16, body: Vec<u8>) -> Response {
    let response = Response { status, headers: Vec::new(), body };
    response.with_header("Content-Type", JSON_API)
}
