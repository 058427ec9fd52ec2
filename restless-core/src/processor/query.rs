//! What a client asks of a collection, before it is read.

use crate::clause::Clause;
use crate::error::Error;
use crate::operation::Asked;
use crate::query::Parameters;
use crate::typed::Filter;

/// The query parameters of a request, and what the application adds to its filters.
///
/// A parameter that a processor sets is read as if the client had sent it, with the same checks; the links of the answer
/// keep what the client did send.
#[derive(Debug, Clone)]
pub struct Query {
    pub(crate) parameters: Parameters,
    pub(crate) filters: Vec<Clause>,
}

impl Query {
    /// What a client asks, for hooks to change.
    pub(crate) fn of(asked: &mut Asked) -> Self {
        Self { parameters: std::mem::take(&mut asked.parameters), filters: std::mem::take(&mut asked.filters) }
    }

    /// Puts back what has become of it.
    pub(crate) fn put_back(self, asked: &mut Asked) {
        (asked.parameters, asked.filters) = (self.parameters, self.filters);
    }

    /// The decoded value of a parameter, such as `sort` or `filter[age]`; of a list, however it is written, all of its values
    /// with commas between them.
    #[must_use]
    pub fn parameter(&self, name: &str) -> Option<&str> {
        self.parameters.get(name).map(|parameter| parameter.value.as_str())
    }

    /// Sets a parameter, whether it is there already or not.
    ///
    /// # Errors
    ///
    /// When the name is none of a query parameter (JSON:API 1.1, "Query Parameter Families").
    pub fn set_parameter(&mut self, name: &str, value: impl Into<String>) -> Result<(), Error> {
        self.parameters.set(name, value.into())
    }

    /// Keeps only those resources that satisfy the filter, besides what the client asks for.
    pub fn filter<M>(&mut self, filter: Filter<M>) {
        self.filters.push(filter.into_clause());
    }

    /// Drops a parameter; true if it was there.
    pub fn remove_parameter(&mut self, name: &str) -> bool {
        self.parameters.remove(name)
    }
}
