//! What is about to be sent to a client.

use std::marker::PhantomData;

use serde_json::{Map, Value};

use crate::operation::ResourceObject;

/// Resources on their way to the client, and the `meta` of their document (JSON:API 1.1, "Meta Information").
#[derive(Debug)]
pub struct Outgoing<R> {
    /// The resources of the primary data.
    pub resources: Vec<ResourceObject>,
    /// What is added to the member `meta` of the document.
    pub meta: Map<String, Value>,
    model: PhantomData<fn() -> R>,
}

/// A resource of any type.
#[derive(Debug)]
pub struct AnyResource;

impl<R> Default for Outgoing<R> {
    fn default() -> Self {
        Self::new(Vec::new())
    }
}

impl<R> Outgoing<R> {
    pub(crate) fn new(resources: Vec<ResourceObject>) -> Self {
        Self { resources, meta: Map::new(), model: PhantomData }
    }

    /// The same for a reader that knows the type of the resources, or none.
    pub(crate) fn seen_as<S>(self) -> Outgoing<S> {
        Outgoing { resources: self.resources, meta: self.meta, model: PhantomData }
    }
}
