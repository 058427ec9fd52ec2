//! The HTTP methods that an endpoint can answer.

use std::fmt;

/// An HTTP method as far as an endpoint answers it (RFC 9110, section 9).
///
/// `HEAD` is answered wherever [`GET`](Method::GET) is, `OPTIONS` everywhere.
///
/// ```
/// use restless_core::Method;
/// assert_eq!(Method::PATCH.to_string(), "PATCH");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(clippy::upper_case_acronyms)]
pub enum Method {
    /// Fetch a resource or a collection.
    GET,
    /// Create a resource in a collection.
    POST,
    /// Update a resource.
    PATCH,
    /// The same as `PATCH`, for clients of the classic format.
    PUT,
    /// Delete a resource.
    DELETE,
}

impl Method {
    /// Every method, in the order in which `Allow` lists them.
    pub const ALL: [Method; 5] = [Method::GET, Method::POST, Method::PATCH, Method::PUT, Method::DELETE];

    /// The method's name as it stands in a request line.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Method::GET => "GET",
            Method::POST => "POST",
            Method::PATCH => "PATCH",
            Method::PUT => "PUT",
            Method::DELETE => "DELETE",
        }
    }
}

impl fmt::Display for Method {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name())
    }
}
