//! Errors: what is wrong, where, and which status says so.

mod constructors;
mod convert;
mod errors;
mod log;
mod mistakes;
mod status;
mod validation;
#[cfg(any(feature = "validator", feature = "garde"))]
mod validators;

use std::borrow::Cow;
use std::fmt;

// PostgreSQL says it by a kind, the others by a message.
#[cfg(any(feature = "sqlite", feature = "mysql"))]
#[cfg(feature = "sqlite")]
pub(crate) use convert::is_read_only;
pub use errors::Errors;
pub(crate) use mistakes::{MOST_ERRORS, Mistakes};
pub use status::Status;
pub use validation::ValidationErrors;

use serde_json::{Map, Value};

use crate::shown::{Shown, beginning, short_pointer};

/// Where in a request an error lies (JSON:API 1.1, "Error Objects", `source`).
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Source {
    /// A JSON Pointer (RFC 6901) into the request's document, such as `/data/attributes/age`.
    Pointer(String),
    /// The name of a query parameter.
    Parameter(String),
    /// The name of a request header.
    Header(&'static str),
}

/// What went wrong, as an error object of JSON:API 1.1 tells it. Made of [`Errors`] or [`ValidationErrors`] it stands for all
/// of them: what it tells of itself is the first, an answer tells each.
///
/// ```
/// use restless_core::{Error, Source};
/// let error = Error::forbidden("only its owner may change a computer").with_code("not_yours");
/// assert_eq!(error.status().code(), 403);
/// assert_eq!(error.title(), "Forbidden");
/// let error = error.with_source(Source::Pointer("/data/attributes/vendor".into()));
/// assert!(error.source().is_some());
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Error {
    inner: Box<Parts>,
}

#[derive(Debug, Clone, PartialEq)]
struct Parts {
    status: Status,
    code: Option<Cow<'static, str>>,
    title: Cow<'static, str>,
    detail: Cow<'static, str>,
    source: Option<Source>,
    meta: Option<Map<String, Value>>,
    links: Option<Map<String, Value>>,
    /// For the log alone: what no client may see.
    cause: Option<String>,
    /// Whether it says that a value in a body is not valid.
    is_of_validation: bool,
    /// What is different for clients of the classic format.
    classic: Classic,
    /// What is wrong besides, where it stands for several errors.
    others: Vec<Error>,
}

/// What the classic format makes of an error (Flask-Restless 0.17).
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Classic {
    /// The same status, and the detail as the message.
    Same,
    /// 400 instead.
    Refusal,
    /// A resource does not exist: an empty object.
    Absence,
    /// What is wrong with the value of an attribute: an object by attributes.
    Invalid { attribute: String, message: String },
    /// There are more errors than are told, the first of which has that status.
    More(Status),
}

impl Source {
    /// The pointer or the name.
    pub(crate) fn text(&self) -> &str {
        match self {
            Source::Pointer(text) | Source::Parameter(text) => text,
            Source::Header(name) => name,
        }
    }
}

impl Error {
    /// An error of any status; its title is the status's own name.
    #[must_use]
    pub fn new(status: Status, detail: impl Into<Cow<'static, str>>) -> Self {
        let parts = Parts {
            status,
            code: None,
            title: Cow::Borrowed(status.title()),
            detail: detail.into(),
            source: None,
            meta: None,
            links: None,
            cause: None,
            is_of_validation: false,
            classic: Classic::Same,
            others: Vec::new(),
        };
        Self { inner: Box::new(parts) }
    }

    /// Sets the application's own code, which a client may depend on.
    #[must_use]
    pub fn with_code(mut self, code: impl Into<Cow<'static, str>>) -> Self {
        self.inner.code = Some(code.into());
        self
    }

    /// Replaces the title, which should not change from one occurrence of a problem to the next.
    #[must_use]
    pub fn with_title(mut self, title: impl Into<Cow<'static, str>>) -> Self {
        self.inner.title = title.into();
        self
    }

    /// The same with another status.
    #[must_use]
    pub(super) fn with_status(mut self, status: Status) -> Self {
        self.inner.status = status;
        self
    }

    /// Says where in the request the error lies.
    #[must_use]
    pub fn with_source(mut self, source: Source) -> Self {
        self.inner.source = Some(source);
        self
    }

    /// Adds a member to `meta`.
    #[must_use]
    pub fn with_meta(mut self, name: impl Into<String>, value: impl Into<Value>) -> Self {
        let meta = self.inner.meta.get_or_insert_default();
        meta.insert(name.into(), value.into());
        self
    }

    /// Adds a link: `about` for this occurrence of the problem, `type` for problems of its kind.
    #[must_use]
    pub fn with_link(mut self, name: impl Into<String>, href: impl Into<String>) -> Self {
        let links = self.inner.links.get_or_insert_default();
        links.insert(name.into(), Value::String(href.into()));
        self
    }

    /// Keeps for the log what the client is not told.
    #[must_use]
    pub fn with_cause(mut self, cause: impl fmt::Display) -> Self {
        self.inner.cause = Some(cause.to_string());
        self
    }

    /// The same, of a resource that cannot be shown.
    #[must_use]
    pub(crate) fn of_resource(mut self, name: &str, id: &str) -> Self {
        let detail = &self.inner.detail;
        self.inner.detail =
            format!("the resource of type \"{name}\" with the id {} cannot be shown: {detail}", Shown(id)).into();
        self
    }

    /// The HTTP status.
    #[must_use]
    pub fn status(&self) -> Status {
        self.inner.status
    }

    /// The application's own code.
    #[must_use]
    pub fn code(&self) -> Option<&str> {
        self.inner.code.as_deref()
    }

    /// The problem in general.
    #[must_use]
    pub fn title(&self) -> &str {
        &self.inner.title
    }

    /// This occurrence of the problem.
    #[must_use]
    pub fn detail(&self) -> &str {
        &self.inner.detail
    }

    /// Where in the request it lies.
    #[must_use]
    pub fn source(&self) -> Option<&Source> {
        self.inner.source.as_ref()
    }

    /// Whatever else the client is told.
    #[must_use]
    pub fn meta(&self) -> Option<&Map<String, Value>> {
        self.inner.meta.as_ref()
    }

    /// Links that lead to further details.
    #[must_use]
    pub fn links(&self) -> Option<&Map<String, Value>> {
        self.inner.links.as_ref()
    }

    pub(crate) fn cause(&self) -> Option<&str> {
        self.inner.cause.as_deref()
    }

    /// The status in the classic format.
    pub(crate) fn classic_status(&self) -> Status {
        match &self.inner.classic {
            Classic::Refusal => Status::BAD_REQUEST,
            Classic::More(status) => *status,
            // What a body names and does not exist is a mistake of the body.
            Classic::Absence if self.inner.source.is_some() => Status::BAD_REQUEST,
            _ => self.inner.status,
        }
    }

    /// Whether the classic format tells the status alone.
    pub(crate) fn is_plain_absence(&self) -> bool {
        self.inner.classic == Classic::Absence && self.inner.source.is_none()
    }

    /// The attribute whose value is wrong, and what is wrong with it.
    pub(crate) fn invalid_attribute(&self) -> Option<(&str, &str)> {
        match &self.inner.classic {
            Classic::Invalid { attribute, message } => Some((attribute, message)),
            _ => None,
        }
    }

    /// Whether it says no more than that there are others.
    pub(crate) fn is_of_more(&self) -> bool {
        matches!(self.inner.classic, Classic::More(_))
    }

    /// The same, if it is one of a value in a body that is not valid, with the status that clients know such errors by.
    pub(super) fn with_validation_status(self, status: Status) -> Self {
        match &self.inner.classic {
            _ if !self.inner.is_of_validation => self,
            Classic::More(_) => self.in_classic(Classic::More(status)).with_status(status),
            _ => self.with_status(status),
        }
    }

    /// That of a value in a body that is not valid, as `other` may be.
    pub(super) fn of_validation_like(mut self, other: &Error) -> Self {
        self.inner.is_of_validation = other.inner.is_of_validation;
        self
    }

    /// That of a value in a body that is not valid.
    pub(crate) fn of_validation(mut self) -> Self {
        self.inner.is_of_validation = true;
        self
    }

    pub(super) fn in_classic(mut self, classic: Classic) -> Self {
        self.inner.classic = classic;
        self
    }

    /// What contradicts the content of a request: 400 in the classic format, whatever it is in JSON:API.
    pub(crate) fn of_content(self) -> Self {
        self.in_classic(Classic::Refusal)
    }

    pub(crate) fn at_pointer(self, pointer: impl Into<String>) -> Self {
        self.with_source(Source::Pointer(short_pointer(pointer.into())))
    }

    pub(crate) fn at_parameter(self, name: &str) -> Self {
        self.with_source(Source::Parameter(beginning(name).to_owned()))
    }

    pub(crate) fn at_header(self, name: &'static str) -> Self {
        self.with_source(Source::Header(name))
    }
}

impl fmt::Display for Error {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}: {}", self.inner.title, self.inner.detail)?;
        if let Some(cause) = &self.inner.cause {
            write!(formatter, " ({cause})")?;
        }
        self.inner.others.iter().try_for_each(|other| write!(formatter, "; {other}"))
    }
}

impl std::error::Error for Error {}
