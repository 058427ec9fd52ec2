//! The bodies of requests.

use std::time::Duration;

use actix_web::http::header::CONTENT_LENGTH;
use actix_web::rt::time::timeout;
use actix_web::{HttpRequest, http::Method, web};
use futures_util::StreamExt as _;
use restless_core::{Body, Transfer};

use crate::budget::{BODIES, Share};

/// How long the rest of a body that is too large is taken in.
const LINGER: Duration = Duration::from_millis(500);

/// The parts of the time for a body, in each of which a little of it has to come.
const PARTS: u32 = 3;

/// As much as has to come in each of them.
const LITTLE: usize = 1024;

/// The greatest number of bytes for which there is room before they come.
const PREPARED: usize = 2 * 1024 * 1024;

/// A body on its way in.
struct Incoming {
    payload: web::Payload,
    bytes: Vec<u8>,
    most: usize,
    /// Its share of the memory for bodies, held until the request is answered.
    share: Share,
}

/// Reads the body of a request that may have one, in the time that there is, and gives what it takes of the memory for
/// bodies. One that says itself that it is too large is not read.
pub(crate) async fn read(request: &HttpRequest, payload: web::Payload, transfer: &Transfer) -> (Body, Share) {
    let share = BODIES.share();
    if !matches!(*request.method(), Method::POST | Method::PATCH | Method::PUT | Method::DELETE) {
        return (Body::Complete(Vec::new()), share);
    }
    let most = transfer.max_body_size;
    let announced = announced(request);
    if announced.is_some_and(|length| length > most as u64) {
        return (Body::TooLarge(most), share);
    }
    let room = announced.and_then(|length| usize::try_from(length).ok()).unwrap_or_default().min(PREPARED);
    Incoming { payload, bytes: Vec::with_capacity(room), most, share }.read(transfer).await
}

impl Incoming {
    async fn read(mut self, transfer: &Transfer) -> (Body, Share) {
        for _ in 0..PARTS {
            let before = self.bytes.len();
            if let Ok(end) = timeout(transfer.body_timeout / PARTS, self.read_on()).await {
                return self.end(end).await;
            }
            if self.bytes.len() - before < LITTLE {
                break;
            }
        }
        (Body::TooSlow, self.share)
    }

    /// Reads until nothing more is to come.
    async fn read_on(&mut self) -> End {
        while let Some(chunk) = self.payload.next().await {
            match chunk {
                Ok(chunk) if self.bytes.len() + chunk.len() > self.most => return End::TooLarge,
                Ok(chunk) if !self.share.take(chunk.len()) => return End::NoRoom,
                Ok(chunk) => self.bytes.extend_from_slice(&chunk),
                Err(_) => return End::Broken,
            }
        }
        End::Complete
    }

    async fn end(self, end: End) -> (Body, Share) {
        let body = match end {
            End::Complete => Body::Complete(self.bytes),
            End::NoRoom => Body::NoRoom,
            End::Broken => Body::Broken,
            End::TooLarge => {
                // One that waits for its answer first has it then.
                let _ = timeout(LINGER, discard(self.payload, self.most)).await;
                Body::TooLarge(self.most)
            }
        };
        (body, self.share)
    }
}

/// Why no more of a body is read.
enum End {
    Complete,
    TooLarge,
    NoRoom,
    Broken,
}

/// The number of bytes that the client says the body has.
fn announced(request: &HttpRequest) -> Option<u64> {
    request.headers().get(CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}

/// Takes in as much again, so that a client that is still sending gets to read its answer: a connection that is closed
/// before everything was read is reset.
async fn discard(mut payload: web::Payload, most: usize) {
    let mut length = 0;
    while let Some(Ok(chunk)) = payload.next().await {
        length += chunk.len();
        if length > most {
            return;
        }
    }
}
