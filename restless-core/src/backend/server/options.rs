//! How a database behind a socket is used.

use std::time::Duration;

use crate::backend::Isolation;
use crate::backend::timeouts::StatementTimeouts;

/// What holds for every connection of a pool.
#[derive(Debug, Clone)]
pub(crate) struct ServerOptions {
    pub(crate) url: String,
    /// The greatest number of connections that one thread has.
    pub(crate) connections: usize,
    /// How long a request waits for a connection, and a connection for the server.
    pub(crate) patience: Duration,
    pub(crate) timeouts: StatementTimeouts,
    pub(crate) isolation: Option<Isolation>,
    /// Whether everything that one request reads is of the same moment.
    pub(crate) has_snapshots: bool,
}
