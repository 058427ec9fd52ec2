//! The bodies of requests.

use std::time::Duration;

use actix_web::rt::time::timeout;
use actix_web::{HttpRequest, http::Method, web};
use futures_util::StreamExt as _;
use restless_core::Body;

/// The greatest number of bytes of a body.
const LIMIT: usize = 2 * 1024 * 1024;

/// How long the rest of a body that is too large is taken in.
const LINGER: Duration = Duration::from_millis(500);

/// Reads the body of a request that may have one.
pub(crate) async fn read(request: &HttpRequest, mut payload: web::Payload) -> Body {
    if !matches!(*request.method(), Method::POST | Method::PATCH | Method::PUT | Method::DELETE) {
        return Body::Complete(Vec::new());
    }
    let mut bytes = Vec::new();
    while let Some(chunk) = payload.next().await {
        match chunk {
            Ok(chunk) if bytes.len() + chunk.len() > LIMIT => {
                // One that waits for its answer first has it then.
                let _ = timeout(LINGER, discard(payload)).await;
                return Body::TooLarge(LIMIT);
            }
            Ok(chunk) => bytes.extend_from_slice(&chunk),
            Err(_) => return Body::Broken,
        }
    }
    Body::Complete(bytes)
}

/// Takes in as much again, so that a client that is still sending gets to read its answer: a connection that is closed
/// before everything was read is reset.
async fn discard(mut payload: web::Payload) {
    let mut length = 0;
    while let Some(Ok(chunk)) = payload.next().await {
        length += chunk.len();
        if length > LIMIT {
            return;
        }
    }
}
