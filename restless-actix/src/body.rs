//! The bodies of requests.

use actix_web::{HttpRequest, http::Method, web};
use futures_util::StreamExt as _;
use restless_core::Body;

/// The greatest number of bytes of a body.
const LIMIT: usize = 2 * 1024 * 1024;

/// Reads the body of a request that may have one.
pub(crate) async fn read(request: &HttpRequest, mut payload: web::Payload) -> Body {
    if !matches!(*request.method(), Method::POST | Method::PATCH | Method::DELETE) {
        return Body::Complete(Vec::new());
    }
    let mut bytes = Vec::new();
    while let Some(chunk) = payload.next().await {
        match chunk {
            Ok(chunk) if bytes.len() + chunk.len() > LIMIT => return Body::TooLarge(LIMIT),
            Ok(chunk) => bytes.extend_from_slice(&chunk),
            Err(_) => return Body::Broken,
        }
    }
    Body::Complete(bytes)
}
