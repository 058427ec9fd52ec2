//! Writes that need the same row take turns before they have a connection: the database may have them wait for each other
//! or for somebody else, and whoever waits for one row must not keep connections from those who need others.

use std::collections::{HashMap, VecDeque};
use std::hash::{BuildHasher as _, RandomState};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::oneshot;
use tokio::time::timeout;

use crate::backend::RowId;
use crate::error::Error;

/// A row, and how many need it at once at most.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Need<'a> {
    pub(super) row: RowId<'a>,
    pub(super) places: usize,
}

/// Those who need a row.
#[derive(Default)]
struct Queue {
    inside: usize,
    waiting: VecDeque<oneshot::Sender<Turn>>,
}

/// The rows that are needed, in the whole process.
#[derive(Clone, Default)]
pub(super) struct Turns(Arc<Rows>);

#[derive(Default)]
struct Rows {
    hasher: RandomState,
    queues: Mutex<HashMap<u64, Queue>>,
}

impl Turns {
    /// Waits for a place, but not longer than for a row that the database keeps from us.
    pub(super) async fn wait(&self, need: Need<'_>, acquire_timeout: Duration) -> Result<Turn, Error> {
        let row = self.0.hasher.hash_one(need);
        let receiver = {
            let mut queues = self.0.queues();
            let queue = queues.entry(row).or_default();
            if queue.inside < need.places {
                queue.inside += 1;
                return Ok(Turn { rows: Arc::clone(&self.0), row });
            }
            let (sender, receiver) = oneshot::channel();
            queue.waiting.push_back(sender);
            receiver
        };
        let waited = timeout(acquire_timeout, receiver).await.map_err(|_| Error::contended())?;
        waited.map_err(Error::internal)
    }
}

impl Rows {
    fn queues(&self) -> MutexGuard<'_, HashMap<u64, Queue>> {
        self.queues.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The next one who still waits for the place, which is free if there is none.
    fn next(&self, row: u64) -> Option<oneshot::Sender<Turn>> {
        let mut queues = self.queues();
        let queue = queues.get_mut(&row)?;
        while let Some(next) = queue.waiting.pop_front() {
            if !next.is_closed() {
                return Some(next);
            }
        }
        queue.inside -= 1;
        if queue.inside == 0 {
            queues.remove(&row);
        }
        None
    }
}

/// The right to need a row.
pub(super) struct Turn {
    rows: Arc<Rows>,
    row: u64,
}

impl Drop for Turn {
    fn drop(&mut self) {
        if let Some(next) = self.rows.next(self.row) {
            // Whoever has just gone away drops the turn, which goes to the next one.
            let _ = next.send(Turn { rows: Arc::clone(&self.rows), row: self.row });
        }
    }
}

#[cfg(test)]
mod tests {
    use futures_util::future::join;

    use super::*;

    const LONG: Duration = Duration::from_secs(10);
    const SHORT: Duration = Duration::from_millis(10);

    fn need(id: &'static str, places: usize) -> Need<'static> {
        Need { row: RowId::of_table(1, id), places }
    }

    #[tokio::test]
    async fn are_taken_one_after_the_other() {
        let turns = Turns::default();
        let first = turns.wait(need("1", 1), LONG).await.ok();
        let second = turns.wait(need("1", 1), SHORT).await;
        assert_eq!(second.err().map(|error| error.status().code()), Some(409));
        assert!(turns.wait(need("2", 1), Duration::ZERO).await.is_ok());
        let (third, ()) = join(turns.wait(need("1", 1), LONG), async move { drop(first) }).await;
        assert!(third.is_ok());
        drop(third);
        assert!(turns.0.queues().is_empty());
    }

    #[tokio::test]
    async fn are_for_as_many_as_there_are_places() {
        let turns = Turns::default();
        let two = join(turns.wait(need("1", 2), SHORT), turns.wait(need("1", 2), SHORT)).await;
        assert!(two.0.is_ok() && two.1.is_ok());
        assert!(turns.wait(need("1", 2), SHORT).await.is_err());
        drop(two.0);
        assert!(turns.wait(need("1", 2), SHORT).await.is_ok());
        drop(two.1);
        assert!(turns.0.queues().is_empty());
    }
}
