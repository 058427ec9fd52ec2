//! An endpoint among those that it is mounted with.

use std::sync::Arc;

use super::Registry;
use crate::endpoint::{Endpoint, EndpointId};
use crate::resource_type::RelationshipId;

/// One endpoint of a registry.
#[derive(Clone)]
pub(crate) struct EndpointRef {
    pub(crate) registry: Arc<Registry>,
    pub(crate) id: EndpointId,
}

impl EndpointRef {
    /// The endpoint itself.
    pub(crate) fn endpoint(&self) -> &Endpoint {
        self.registry.endpoint(self.id)
    }

    /// The endpoint that a relationship leads to.
    pub(crate) fn other_end(&self, relationship: RelationshipId) -> Self {
        Self { registry: Arc::clone(&self.registry), id: self.endpoint().targets[relationship] }
    }
}
