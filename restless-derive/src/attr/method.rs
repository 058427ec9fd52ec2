//! The methods that an endpoint answers.

use syn::Result;

use super::entry::Entry;
use super::word::Words;

/// A method that `methods(...)` can name.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// Fetching.
    Get,
    /// Creating.
    Post,
    /// Updating.
    Patch,
    /// Updating, as clients of the classic format may call it.
    Put,
    /// Deleting.
    Delete,
}

/// How each is written, on the wire as in the attribute.
const METHODS: Words<Method> = Words {
    kind: "method",
    valid: &[
        ("GET", Method::Get),
        ("POST", Method::Post),
        ("PATCH", Method::Patch),
        ("PUT", Method::Put),
        ("DELETE", Method::Delete),
    ],
};

impl Method {
    /// Reads `methods(GET, POST)`: at least one, each once.
    pub fn read_list(entry: &Entry) -> Result<Vec<Self>> {
        METHODS.read_list(entry)
    }

    /// Its name as a constant of the core's `Method`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Patch => "PATCH",
            Self::Put => "PUT",
            Self::Delete => "DELETE",
        }
    }
}
