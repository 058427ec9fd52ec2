//! The classic format of Flask-Restless 0.17: flat objects, related ones within them.

mod errors;
mod evaluation;
mod incoming;
mod links;
mod outgoing;

pub(crate) use errors::respond_with_errors;
pub(crate) use evaluation::respond_with_values;
pub(crate) use incoming::{Search, read_object};
pub(crate) use links::ListUrl;
pub(crate) use outgoing::{Links, Writer};

use crate::negotiation::JSON;
use crate::response::Response;

/// A response with an object.
fn object(status: u16, body: Vec<u8>) -> Response {
    let response = Response { status, headers: Vec::new(), body };
    response.with_header("Content-Type", JSON)
}
