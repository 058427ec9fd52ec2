//! Errors in the log.

use super::Error;
use crate::log_id;

impl Error {
    /// Writes what a client does not see into the log. What the server is at fault for has an id there, for the client to
    /// see too.
    pub(crate) fn note(&self) -> Option<String> {
        if self.status().is_server_error() {
            let id = log_id::next();
            log::error!("{id}: {self}");
            return Some(id);
        }
        if let Some(cause) = self.cause() {
            log::debug!("refused: {} ({cause})", self.detail());
        }
        None
    }
}
