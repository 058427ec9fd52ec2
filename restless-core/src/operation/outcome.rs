//! What comes of an operation, before a representation writes it.

use super::Records;
use crate::query::Paging;

/// What a client is to be told.
pub(crate) enum Outcome {
    /// The resources of a page.
    Collection(Page),
    /// The one resource.
    Resource(Records),
    /// The new resource, as the database holds it.
    Created(Records),
    /// The resource if more may have changed than the client asked for, or if it wants to see it.
    Updated(Option<Records>),
    /// Nothing but that it is gone.
    Deleted,
}

/// A part of a collection.
pub(crate) struct Page {
    pub(crate) records: Records,
    pub(crate) paging: Paging,
    /// How many resources match, if that is told.
    pub(crate) total: Option<u64>,
    pub(crate) has_next: bool,
}

impl Page {
    /// The number of the last page, if the total is known. An empty collection has one page.
    pub(crate) fn last(&self) -> Option<u64> {
        match self.paging {
            Paging::Page { size, .. } => self.total.map(|total| total.div_ceil(size).max(1)),
            Paging::Whole { .. } => None,
        }
    }
}
