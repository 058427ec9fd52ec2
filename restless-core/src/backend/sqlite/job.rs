//! Work that waits for a database thread.

use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};
use std::time::Duration;

use tokio::sync::oneshot;

use crate::error::{Error, Errors};

const WAITING: u8 = 0;
const STARTED: u8 = 1;
const ABANDONED: u8 = 2;

/// Whether a job has begun, which either its thread or the one who waits decides, never both; and whether somebody still
/// waits for it.
#[derive(Debug, Clone, Default)]
pub(super) struct Turn(Arc<AtomicU8>);

impl Turn {
    /// Takes the turn for the thread; false if nobody waits any more.
    pub(super) fn start(&self) -> bool {
        self.decide(STARTED)
    }

    /// Whether nobody waits for it any more.
    pub(super) fn is_abandoned(&self) -> bool {
        self.0.load(Ordering::Relaxed) == ABANDONED
    }

    fn abandon(&self) -> bool {
        self.decide(ABANDONED)
    }

    fn decide(&self, state: u8) -> bool {
        self.0.compare_exchange(WAITING, state, Ordering::AcqRel, Ordering::Acquire).is_ok()
    }
}

/// Gives the turn up when the one who waits goes away. A job that has begun learns of it too.
struct Guard(Turn);

impl Drop for Guard {
    fn drop(&mut self) {
        self.0.0.store(ABANDONED, Ordering::Release);
    }
}

/// The result of a job: 503 if it does not begin in time, else what the thread says.
pub(super) async fn await_result<T>(
    turn: Turn,
    mut result: oneshot::Receiver<Result<T, Errors>>,
    acquire_timeout: Duration,
) -> Result<T, Errors> {
    let guard = Guard(turn);
    let outcome = match tokio::time::timeout(acquire_timeout, &mut result).await {
        Ok(outcome) => outcome,
        Err(_) if guard.0.abandon() => return Err(Error::busy().into()),
        Err(_) => result.await,
    };
    outcome.unwrap_or_else(|_| Err(Error::internal("the database thread dropped the request").into()))
}
