//! What comes of an operation, before a representation writes it.

use super::{Compound, Evaluation};
use crate::query::Paging;

/// What a client is to be told.
pub(crate) enum Outcome {
    /// The resources of a page.
    Collection(Page),
    /// The one resource; a to-one relationship may lead to none.
    Resource(Compound),
    /// The one resource that filters find.
    Only(Compound),
    /// The linkage of a relationship.
    Linkage(Linkage),
    /// The new resource, as the database holds it.
    Created(Compound),
    /// The resource, if more may have changed than the client asked for, or if it wants to see it.
    Updated(Option<Compound>),
    /// So many resources have been updated.
    Modified(u64),
    /// So many resources have been deleted.
    Deleted(u64),
    /// The values of functions.
    Values(Evaluation),
    /// Nothing but that it is done.
    Done,
}

/// The linkage of a relationship, with the resources if they are included.
pub(crate) enum Linkage {
    ToOne(Compound),
    ToMany(Page),
}

/// A part of a collection.
pub(crate) struct Page {
    pub(crate) compound: Compound,
    pub(crate) paging: Paging,
    /// How many resources match, if that is told.
    pub(crate) total: Option<u64>,
    pub(crate) has_next: bool,
}

impl Page {
    /// The number of the last page, if the total is known. An empty collection has one page.
    pub(crate) fn last(&self) -> Option<u64> {
        self.paging.last(self.total)
    }
}
