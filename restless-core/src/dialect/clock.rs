//! The database's own clock.

/// A value that the database's own clock gives when the statement runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Clock {
    /// `CURRENT_TIMESTAMP`: in UTC where the backend's clock is.
    Timestamp,
    /// `CURRENT_DATE`: today; midnight for a column with a time.
    Date,
    /// `LOCALTIMESTAMP`: in the time zone of the database.
    LocalTimestamp,
}

impl Clock {
    /// The clock that a client's text names, if it names one.
    #[must_use]
    pub fn named(text: &str) -> Option<Clock> {
        match text {
            "CURRENT_TIMESTAMP" => Some(Clock::Timestamp),
            "CURRENT_DATE" => Some(Clock::Date),
            "LOCALTIMESTAMP" => Some(Clock::LocalTimestamp),
            _ => None,
        }
    }
}
