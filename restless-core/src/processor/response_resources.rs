//! What is about to be sent to a client.

use std::sync::Arc;

use serde_json::{Map, Value};

use super::Row;
use crate::operation::{ResourceObject, WholeRow};

/// Resources on their way to the client, and the `meta` of their document (JSON:API 1.1, "Meta Information").
#[derive(Debug)]
pub struct ResponseResources<R = AnyResource> {
    /// The resources of the primary data.
    pub resources: Vec<ResourceObject>,
    /// What is added to the member `meta` of the document.
    pub meta: Map<String, Value>,
    before: Option<Row<R>>,
    after: Option<Row<R>>,
}

impl ResponseResources {
    /// What a write has made of a row.
    pub(super) fn of_write(before: Option<&Arc<WholeRow>>, after: &Arc<WholeRow>) -> Self {
        Self { before: before.map(Row::new), after: Some(Row::new(after)), ..Self::default() }
    }
}

/// A resource of any type.
#[derive(Debug)]
pub struct AnyResource;

impl<R> Default for ResponseResources<R> {
    fn default() -> Self {
        Self::new(Vec::new())
    }
}

impl<R> ResponseResources<R> {
    pub(crate) fn new(resources: Vec<ResourceObject>) -> Self {
        Self { resources, meta: Map::new(), before: None, after: None }
    }

    /// The row as it was before it was updated, whatever the client sees of it; `None` where nothing is updated.
    #[must_use]
    pub const fn before(&self) -> Option<&Row<R>> {
        self.before.as_ref()
    }

    /// The row as it is once it has been created or updated, whatever the client sees of it; `None` where nothing is written.
    #[must_use]
    pub const fn after(&self) -> Option<&Row<R>> {
        self.after.as_ref()
    }

    /// The same for a reader that knows the type of the resources, or none.
    pub(crate) fn seen_as<S>(self) -> ResponseResources<S> {
        let (before, after) = (self.before.map(Row::seen_as), self.after.map(Row::seen_as));
        ResponseResources { resources: self.resources, meta: self.meta, before, after }
    }
}
