//! The relationship that a request is about.

use std::sync::Arc;

use super::Row;
use crate::operation::WholeRow;
use crate::resource_type::Model;

/// A relationship of one resource.
#[derive(Debug, Clone)]
pub struct Relation {
    /// The id of the resource that has the relationship.
    pub id: String,
    name: String,
    /// The id of the one member that is asked for.
    pub member: Option<String>,
    pub(super) before: Option<Arc<WholeRow>>,
    pub(super) after: Option<Arc<WholeRow>>,
}

impl Relation {
    pub(crate) fn new(id: &str, name: &str, member: Option<&str>) -> Self {
        let (id, name, member) = (id.to_owned(), name.to_owned(), member.map(str::to_owned));
        Self { id, name, member, before: None, after: None }
    }

    /// The row that has the relationship as it was before that is written, where `R` is its model; `None` where nothing is
    /// written.
    #[must_use]
    pub fn before<R: Model>(&self) -> Option<Row<R>> {
        self.before.as_ref().map(Row::new)
    }

    /// The row that has the relationship as it is once that has been written, where `R` is its model; `None` before that.
    #[must_use]
    pub fn after<R: Model>(&self) -> Option<Row<R>> {
        self.after.as_ref().map(Row::new)
    }

    /// The id, and the name of the relationship.
    pub(crate) fn into_place(self) -> (String, String) {
        (self.id, self.name)
    }

    /// The name of the relationship on the wire.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Leads the request to another relationship; it is 404 if there is none of that name.
    pub fn set_name(&mut self, name: impl Into<String>) {
        self.name = name.into();
    }
}

/// The ids that a client sends to a relationship, or is told of one.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Members(pub(crate) Vec<String>);

impl Members {
    /// The ids, in their order.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(String::as_str)
    }

    /// Keeps those ids that satisfy the condition.
    pub fn retain(&mut self, condition: impl FnMut(&String) -> bool) {
        self.0.retain(condition);
    }
}
