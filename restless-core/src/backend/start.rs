//! What is asked of a database when an application starts, before anything runs that could wait for the answer.

use super::Uniqueness;
use crate::dialect::{Dialect, TableName};

/// Connections that can be asked at once, on a thread that must not wait for its own runtime.
pub(crate) trait AskAtStart<DB: Dialect> {
    /// What the database says of a column; nothing is known if it does not answer.
    fn uniqueness(&self, table: TableName, column: &'static str) -> Uniqueness;
}

/// Waits for something on a thread and a runtime of its own; `None` if there is none to be had.
#[cfg(any(feature = "sqlite", feature = "postgres", feature = "mysql"))]
pub(super) fn wait_for<T: Send>(work: impl AsyncFnOnce() -> T + Send) -> Option<T> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().ok()?;
    std::thread::scope(|scope| scope.spawn(move || runtime.block_on(work())).join().ok())
}
