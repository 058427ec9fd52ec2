//! The threads that read.

use std::panic::{AssertUnwindSafe, catch_unwind};

use crossbeam_channel::Receiver;
use diesel::sqlite::SqliteConnection;

/// A read that waits for a connection.
pub(super) type ReadJob = Box<dyn FnOnce(&mut SqliteConnection) + Send>;

/// Serves jobs until the pool is gone. `open` makes a new connection after a job has panicked.
pub(super) fn serve(
    mut connection: SqliteConnection,
    jobs: &Receiver<ReadJob>,
    open: impl Fn() -> Option<SqliteConnection>,
) {
    while let Ok(job) = jobs.recv() {
        let outcome = catch_unwind(AssertUnwindSafe(|| job(&mut connection)));
        if outcome.is_err() {
            log::error!("a read panicked; its connection is replaced");
            match open() {
                Some(fresh) => connection = fresh,
                None => return,
            }
        }
    }
}
