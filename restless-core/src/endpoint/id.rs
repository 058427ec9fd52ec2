//! Which endpoint of a registry.

use std::ops::Index;

use super::Endpoint;
use crate::resource_type::{RelationshipId, id, index};

id! {
    /// One of the endpoints of a registry.
    EndpointId
}

index! {
    EndpointId => Endpoint;
    RelationshipId => EndpointId;
}
