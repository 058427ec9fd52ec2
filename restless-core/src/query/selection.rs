//! What a client wants to see of each resource type.

use crate::endpoint::{Endpoint, EndpointId};
use crate::resource_type::{AttributeId, Link, RelationshipId, Wanted};

/// Attributes and relationships of a resource type, by their places.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Selection {
    pub(crate) attributes: Vec<AttributeId>,
    /// What the model itself is asked for; nothing if it is not.
    pub(crate) presented: Option<Wanted>,
    pub(crate) relationships: Vec<RelationshipId>,
    /// Whether the client named them one by one, so that it wants to see the linkage of to-many relationships too.
    pub(crate) is_named: bool,
}

impl Selection {
    /// Everything that a client may see.
    pub(super) fn everything(endpoint: &Endpoint) -> Self {
        Self {
            attributes: if endpoint.is_whole() { Vec::new() } else { endpoint.readable().to_vec() },
            presented: endpoint.resource.presented.as_ref().map(|_| Wanted::All),
            relationships: endpoint.known_relationships().to_vec(),
            is_named: false,
        }
    }

    /// What is seen of a resource within another one: no relationships, but the ones that its own columns are about.
    pub(super) fn inlined(endpoint: &Endpoint) -> Self {
        let is_own = |id: &RelationshipId| matches!(endpoint.resource.relationships[*id].link, Link::BelongsTo(_));
        let relationships = endpoint.known_relationships().iter().copied().filter(is_own).collect();
        Self { relationships, is_named: true, ..Self::everything(endpoint) }
    }

    /// Nothing but types and ids.
    pub(super) const fn nothing() -> Self {
        Self { attributes: Vec::new(), presented: None, relationships: Vec::new(), is_named: false }
    }
}

/// The selections of a request, by the places of the endpoints; what is not named is seen whole.
#[derive(Debug, Default, Clone)]
pub(crate) struct Selections(Vec<(EndpointId, Selection)>);

impl Selections {
    pub(super) fn set(&mut self, place: EndpointId, selection: Selection) {
        self.0.push((place, selection));
    }

    /// What the client wants to see of the resources of an endpoint.
    pub(crate) fn of(&self, place: EndpointId, endpoint: &Endpoint) -> Selection {
        let found = self.0.iter().find(|(named, _)| *named == place);
        found.map_or_else(|| Selection::everything(endpoint), |(_, selection)| selection.clone())
    }
}
