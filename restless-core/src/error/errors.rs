//! Every mistake of a request, together.

use std::fmt;

use super::{Error, Status};

/// One or more errors that one answer tells.
///
/// ```
/// use restless_core::{Error, Errors, Status};
/// let mut errors = Errors::from(Error::not_found("no such author"));
/// errors.push(Error::conflict("the name is taken"));
/// assert_eq!(errors.status(), Status::BAD_REQUEST);
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Errors(Vec<Error>);

impl Errors {
    /// Adds an error, and those that it stands for.
    pub fn push(&mut self, mut error: Error) {
        let others = std::mem::take(&mut error.inner.others);
        self.0.push(error);
        for other in others {
            self.push(other);
        }
    }

    /// The errors, in the order in which they were found.
    pub fn iter(&self) -> std::slice::Iter<'_, Error> {
        self.0.iter()
    }

    /// The status of the answer: the one that all share, else the most general of their class
    /// (JSON:API 1.1, "Errors": "the most generally applicable HTTP error code").
    #[must_use]
    pub fn status(&self) -> Status {
        self.shared(Error::status)
    }

    /// The same, of the statuses that the classic format gives them.
    pub(crate) fn classic_status(&self) -> Status {
        self.shared(Error::classic_status)
    }

    fn shared(&self, status: fn(&Error) -> Status) -> Status {
        let first = self.0.first().map_or(Status::INTERNAL_SERVER_ERROR, status);
        if self.0.iter().all(|error| status(error) == first) {
            first
        } else if self.0.iter().any(|error| status(error).is_server_error()) {
            Status::INTERNAL_SERVER_ERROR
        } else {
            Status::BAD_REQUEST
        }
    }

    /// Whether the request may be sent again after a while, since nothing was done.
    pub(crate) fn is_temporary(&self) -> bool {
        self.status() == Status::SERVICE_UNAVAILABLE && !self.0.iter().any(Error::leaves_outcome_unknown)
    }

    /// The same, where those of values that are not valid have that status: 400, as they are, or 422.
    pub(crate) fn with_validation_status(self, status: u16) -> Self {
        let status = Status::from_code(status).filter(|status| *status != Status::BAD_REQUEST);
        match status {
            Some(status) => self.map(|error| error.with_validation_status(status)),
            None => self,
        }
    }

    /// Whether another attempt may succeed, since others were in the way of this one.
    pub(crate) fn are_contended(&self) -> bool {
        self.0.iter().any(Error::is_contended)
    }

    /// The same, each changed.
    pub(crate) fn map(self, change: impl FnMut(Error) -> Error) -> Self {
        Errors(self.0.into_iter().map(change).collect())
    }

    /// The errors of a write that is rolled back.
    pub(crate) fn of_write(self) -> Self {
        self.map(Error::of_write)
    }
}

impl fmt::Display for Errors {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let errors: Vec<String> = self.0.iter().map(ToString::to_string).collect();
        formatter.write_str(&errors.join("; "))
    }
}

impl std::error::Error for Errors {}

impl From<Error> for Errors {
    /// With all that the error stands for.
    fn from(error: Error) -> Self {
        let mut errors = Errors(Vec::with_capacity(1));
        errors.push(error);
        errors
    }
}

impl From<Errors> for Error {
    /// The first of them, which stands for all.
    ///
    /// ```
    /// use restless_core::{Error, Errors};
    /// let mut errors = Errors::from(Error::forbidden("only its owner may close a ticket"));
    /// errors.push(Error::conflict("it is closed already"));
    /// let error = Error::from(errors);
    /// assert_eq!(error.status().code(), 403);
    /// assert_eq!(Errors::from(error).iter().count(), 2);
    /// ```
    fn from(errors: Errors) -> Self {
        let mut errors = errors.0.into_iter();
        let Some(mut first) = errors.next() else {
            return Error::internal("a refusal without an error");
        };
        first.inner.others = errors.collect();
        first
    }
}

impl<'a> IntoIterator for &'a Errors {
    type Item = &'a Error;
    type IntoIter = std::slice::Iter<'a, Error>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl IntoIterator for Errors {
    type Item = Error;
    type IntoIter = std::vec::IntoIter<Error>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}
