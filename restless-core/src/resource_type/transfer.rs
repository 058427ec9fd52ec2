//! What bodies and answers may take of the server while they are under way.

use std::time::Duration;

/// How large a body may be, and how long a client may take over it and over its answer.
///
/// ```
/// use restless_core::Transfer;
/// assert_eq!(Transfer::default().max_body_size, 2 * 1024 * 1024);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Transfer {
    /// The greatest number of bytes of a body. More is 413.
    pub max_body_size: usize,
    /// How long a body may take, from its headers to its end. Longer is 408.
    pub body_timeout: Duration,
    /// How long nothing of a large answer is taken before it is given up.
    pub answer_timeout: Duration,
}

impl Transfer {
    /// What holds unless the application says otherwise.
    pub const DEFAULT: Transfer = Transfer {
        max_body_size: 2 * 1024 * 1024,
        body_timeout: Duration::from_secs(30),
        answer_timeout: Duration::from_secs(30),
    };
}

impl Default for Transfer {
    fn default() -> Self {
        Self::DEFAULT
    }
}
