//! How long statements may run.

use std::time::Duration;

/// How long a statement that reads may run, unless the application says otherwise.
const READING: Duration = Duration::from_secs(5);

/// How long statements may run, by what they are part of; without a limit where there is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct StatementTimeouts {
    pub(crate) read: Option<Duration>,
    /// Also of the application's own code.
    pub(crate) write: Option<Duration>,
}

impl StatementTimeouts {
    /// Reads have a limit: whoever asks may choose what they cost. What writes cost is limited by what they write, and the
    /// application's own code, migrations among it, takes the time that it needs.
    pub(super) const USUAL: Self = Self { read: Some(READING), write: None };

    /// The same for all statements; none if it is zero.
    pub(super) fn all(timeout: Duration) -> Self {
        let timeout = Some(timeout).filter(|timeout| !timeout.is_zero());
        Self { read: timeout, write: timeout }
    }
}
