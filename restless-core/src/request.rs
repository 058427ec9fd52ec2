//! Requests, without a web framework.

use std::any::Any;
use std::net::SocketAddr;
use std::rc::Rc;

use crate::Method;

/// What is left of a request's body when the server has read it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Body {
    /// All of it; empty if there was none.
    Complete(Vec<u8>),
    /// It is longer than the number of bytes that the server reads.
    TooLarge(usize),
    /// It did not come in time.
    TooSlow,
    /// The server reads as many bodies as it has room for.
    NoRoom,
    /// The connection broke, or the transfer coding is malformed.
    Broken,
}

/// The method of a request as the client sent it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum RequestMethod {
    /// One that an endpoint may answer.
    Known(Method),
    /// `HEAD`, which is `GET` without a body.
    Head,
    /// `OPTIONS`, which tells the allowed methods.
    Options,
    /// Any other.
    Other(String),
}

impl RequestMethod {
    /// Reads a method as it stands in a request line.
    ///
    /// ```
    /// use restless_core::{Method, RequestMethod};
    /// assert_eq!(RequestMethod::parse("PATCH"), RequestMethod::Known(Method::PATCH));
    /// ```
    #[must_use]
    pub fn parse(text: &str) -> Self {
        match text {
            "HEAD" => Self::Head,
            "OPTIONS" => Self::Options,
            _ => {
                let known = Method::ALL.into_iter().find(|method| method.name() == text);
                known.map_or_else(|| Self::Other(text.to_owned()), Self::Known)
            }
        }
    }

    /// The method as it stands in a request line.
    #[must_use]
    pub fn name(&self) -> &str {
        match self {
            Self::Known(method) => method.name(),
            Self::Head => "HEAD",
            Self::Options => "OPTIONS",
            Self::Other(name) => name,
        }
    }
}

/// A request to an endpoint, as a web framework hands it over.
#[derive(Debug, Clone)]
pub struct Request {
    /// The method.
    pub method: RequestMethod,
    /// The scheme of the connection that it came by, `http` or `https`.
    pub scheme: &'static str,
    /// The host in the target of the request, with its port, if that has one; else the header `Host` may tell it.
    pub authority: Option<String>,
    /// What stands before the endpoint's own prefix in the URL, such as `/v1`: percent-encoded, without a slash at the end.
    pub base: String,
    /// The path below the endpoint's collection, percent-encoded, such as `/7`; empty for the collection itself.
    pub path: String,
    /// The query string, percent-encoded, without the question mark.
    pub query: String,
    /// The headers in their order; values that are no UTF-8 are read as Latin-1.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Body,
    /// The address of whoever sent it, if the web framework knows it.
    pub peer: Option<SocketAddr>,
    /// The web framework's own request, for what an application asks of it.
    pub host: Option<Rc<dyn Any>>,
}

impl Request {
    /// The values of a header, in their order. Names are compared without regard to case.
    pub fn header<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        let headers = self.headers.iter();
        headers.filter(move |(found, _)| found.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }

    /// The values of a header as one list; `None` if there is no such header.
    #[must_use]
    pub fn header_list(&self, name: &str) -> Option<String> {
        let values: Vec<&str> = self.header(name).collect();
        if values.is_empty() { None } else { Some(values.join(",")) }
    }
}
