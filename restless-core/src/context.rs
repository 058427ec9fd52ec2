//! What an application may know of a request when restless asks it.

use std::any::Any;
use std::net::SocketAddr;
use std::rc::Rc;

use crate::backend::Database;
use crate::request::{Request, RequestMethod};

/// A request as the application's own code sees it, wherever it has its say: in row rules, for one.
///
/// ```
/// use restless_core::Context;
/// /// Whoever names themselves in a header.
/// fn user(context: &Context) -> Option<&str> {
///     context.header("x-user")
/// }
/// ```
#[derive(Clone)]
pub struct Context {
    method: RequestMethod,
    headers: Rc<[(String, String)]>,
    peer: Option<SocketAddr>,
    /// What the web framework has for the request.
    host: Rc<dyn Any>,
    database: Database,
}

impl Context {
    pub(crate) fn new(request: &Request, database: &Database) -> Self {
        Self {
            method: request.method.clone(),
            headers: request.headers.clone().into(),
            peer: request.peer,
            host: request.host.clone().unwrap_or_else(|| Rc::new(())),
            database: database.clone(),
        }
    }

    /// The method of the request.
    #[must_use]
    pub const fn method(&self) -> &RequestMethod {
        &self.method
    }

    /// The first value of a header; names are compared without regard to case.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers().find(|(found, _)| found.eq_ignore_ascii_case(name)).map(|(_, value)| value)
    }

    /// All headers in their order, names and values.
    pub fn headers(&self) -> impl Iterator<Item = (&str, &str)> {
        self.headers.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// The address of whoever sent the request, if the web framework knows it.
    #[must_use]
    pub const fn peer(&self) -> Option<SocketAddr> {
        self.peer
    }

    /// What the web framework has for the request, if it is of this type; adapters build on it.
    #[must_use]
    pub fn host<T: Any>(&self) -> Option<&T> {
        self.host.downcast_ref()
    }

    /// The database that the request is answered from.
    #[must_use]
    pub const fn database(&self) -> &Database {
        &self.database
    }
}
