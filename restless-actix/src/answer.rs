//! Large answers, which their clients take piece by piece.

use std::cell::{Cell, RefCell};
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll};
use std::time::Duration;

use actix_web::body::{BodySize, MessageBody};
use actix_web::rt;
use actix_web::rt::task::JoinHandle;
use actix_web::rt::time::sleep;
use actix_web::web::Bytes;

use crate::budget::Share;

/// The bytes that are handed to a connection at once. It asks for more when it has sent most of them. Pieces that are smaller
/// than what a network takes in one packet, 64 KiB where client and server share a machine, would each wait for the client to
/// acknowledge the one before (RFC 896).
const PIECE: usize = 128 * 1024;

/// The bytes of an answer that its client has not taken yet.
struct Rest {
    bytes: RefCell<Bytes>,
    share: RefCell<Option<Share>>,
    was_asked: Cell<bool>,
    is_given_up: Cell<bool>,
}

/// The body of a large answer. Once its client has taken nothing of it for some time it is given up: its memory is free, and
/// the connection breaks off as soon as somebody asks for more.
pub(crate) struct Answer {
    rest: Rc<Rest>,
    length: u64,
    timeout: Duration,
    watch: Option<JoinHandle<()>>,
}

impl Answer {
    /// The answer, with what it takes of the memory for answers.
    pub(crate) fn new(bytes: Vec<u8>, share: Share, timeout: Duration) -> Self {
        let length = bytes.len() as u64;
        let rest = Rest {
            bytes: RefCell::new(bytes.into()),
            share: RefCell::new(Some(share)),
            was_asked: Cell::new(false),
            is_given_up: Cell::new(false),
        };
        Self { rest: Rc::new(rest), length, timeout, watch: None }
    }
}

/// Looks from time to time whether anybody has asked for more.
async fn watch(rest: Rc<Rest>, timeout: Duration) {
    loop {
        sleep(timeout).await;
        if !rest.was_asked.replace(false) {
            break;
        }
    }
    log::debug!("an answer is given up: its client has taken nothing of it for {timeout:?}");
    rest.is_given_up.set(true);
    rest.bytes.take();
    rest.share.take();
}

/// A client that took nothing for too long.
#[derive(Debug)]
pub(crate) struct GivenUp;

impl std::fmt::Display for GivenUp {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("the client has taken nothing of the answer for too long")
    }
}

impl std::error::Error for GivenUp {}

impl MessageBody for Answer {
    type Error = GivenUp;

    fn size(&self) -> BodySize {
        BodySize::Sized(self.length)
    }

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Result<Bytes, GivenUp>>> {
        if self.rest.is_given_up.get() {
            return Poll::Ready(Some(Err(GivenUp)));
        }
        self.rest.was_asked.set(true);
        if self.watch.is_none() {
            self.watch = Some(rt::spawn(watch(Rc::clone(&self.rest), self.timeout)));
        }
        let mut bytes = self.rest.bytes.borrow_mut();
        if bytes.is_empty() {
            return Poll::Ready(None);
        }
        let length = bytes.len().min(PIECE);
        Poll::Ready(Some(Ok(bytes.split_to(length))))
    }
}

impl Drop for Answer {
    fn drop(&mut self) {
        if let Some(watch) = &self.watch {
            watch.abort();
        }
    }
}
