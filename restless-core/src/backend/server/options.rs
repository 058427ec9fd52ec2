//! How a database behind a socket is used.

use std::time::Duration;

use crate::backend::Isolation;
use crate::backend::timeouts::StatementTimeouts;

/// What holds for every connection of a pool.
#[derive(Debug, Clone)]
pub(crate) struct ServerOptions {
    pub(crate) url: String,
    /// The greatest number of connections that all threads have together.
    pub(crate) connections: usize,
    /// How many threads are expected to serve HTTP.
    pub(crate) threads: usize,
    /// How long a request waits for a connection, and a connection for the server.
    pub(crate) acquire_timeout: Duration,
    /// How long a connection stays open that nothing uses.
    pub(crate) idle_timeout: Duration,
    pub(crate) timeouts: StatementTimeouts,
    /// How long a write waits for a row that somebody else writes.
    pub(crate) lock_timeout: Duration,
    pub(crate) isolation: Option<Isolation>,
    /// Whether everything that one request reads is of the same moment.
    pub(crate) has_snapshots: bool,
}
