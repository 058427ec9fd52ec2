//! Writes of one row take turns before they have a connection: the database would have them wait for each other all the
//! same, and whoever waits for one row must not keep connections from those who write others.

use std::collections::{HashMap, VecDeque};
use std::hash::{BuildHasher as _, RandomState};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::oneshot;
use tokio::time::timeout;

use crate::backend::RowId;
use crate::error::Error;

/// Those who wait for their turns.
type Queue = VecDeque<oneshot::Sender<Turn>>;

/// The rows that are being written, in the whole process.
#[derive(Clone, Default)]
pub(super) struct Turns(Arc<Rows>);

#[derive(Default)]
struct Rows {
    hasher: RandomState,
    queues: Mutex<HashMap<u64, Queue>>,
}

impl Turns {
    /// Waits until nobody else here writes the row, but not longer than for a row that the database keeps from us.
    pub(super) async fn wait(&self, row: RowId<'_>, patience: Duration) -> Result<Turn, Error> {
        let row = self.0.hasher.hash_one(row);
        let receiver = {
            let mut queues = self.0.queues();
            let Some(queue) = queues.get_mut(&row) else {
                queues.insert(row, Queue::new());
                return Ok(Turn { rows: Arc::clone(&self.0), row });
            };
            let (sender, receiver) = oneshot::channel();
            queue.push_back(sender);
            receiver
        };
        let waited = timeout(patience, receiver).await.map_err(|_| Error::contended())?;
        waited.map_err(Error::internal)
    }
}

impl Rows {
    fn queues(&self) -> MutexGuard<'_, HashMap<u64, Queue>> {
        self.queues.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The next one who waits for the row; the row is free if there is none.
    fn next(&self, row: u64) -> Option<oneshot::Sender<Turn>> {
        let mut queues = self.queues();
        let next = queues.get_mut(&row)?.pop_front();
        if next.is_none() {
            queues.remove(&row);
        }
        next
    }
}

/// The right to write a row.
pub(super) struct Turn {
    rows: Arc<Rows>,
    row: u64,
}

impl Drop for Turn {
    fn drop(&mut self) {
        while let Some(next) = self.rows.next(self.row) {
            if next.is_closed() {
                continue;
            }
            // Whoever has just gone away drops the turn, which goes to the next one.
            let _ = next.send(Turn { rows: Arc::clone(&self.rows), row: self.row });
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use futures_util::future::join;

    use super::*;

    const LONG: Duration = Duration::from_secs(10);

    fn row(id: &'static str) -> RowId<'static> {
        RowId::of_table(1, id)
    }

    #[tokio::test]
    async fn are_taken_one_after_the_other() {
        let turns = Turns::default();
        let first = turns.wait(row("1"), LONG).await.ok();
        let second = turns.wait(row("1"), Duration::from_millis(10)).await;
        assert_eq!(second.err().map(|error| error.status().code()), Some(409));
        assert!(turns.wait(row("2"), Duration::ZERO).await.is_ok());
        let waits = turns.wait(row("1"), LONG);
        let (third, ()) = join(waits, async move { drop(first) }).await;
        assert!(third.is_ok());
        drop(third);
        assert!(turns.0.queues().is_empty());
    }
}
