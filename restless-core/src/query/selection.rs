//! What a client wants to see of each resource type.

use crate::dialect::Dialect;
use crate::endpoint::Endpoint;

/// Attributes and relationships of a resource type, by their places.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Selection {
    pub(crate) attributes: Vec<usize>,
    pub(crate) relationships: Vec<usize>,
    /// Whether the client named them one by one, so that it wants to see the linkage of to-many relationships too.
    pub(crate) is_named: bool,
}

impl Selection {
    /// Everything that a client may see.
    pub(super) fn everything<DB: Dialect>(endpoint: &Endpoint<DB>) -> Self {
        Self {
            attributes: endpoint.readable.clone(),
            relationships: (0..endpoint.resource.relationships.len()).collect(),
            is_named: false,
        }
    }

    /// Nothing but types and ids.
    pub(super) const fn nothing() -> Self {
        Self { attributes: Vec::new(), relationships: Vec::new(), is_named: false }
    }
}

/// The selections of a request, by the places of the endpoints; what is not named is seen whole.
#[derive(Debug, Default)]
pub(crate) struct Selections(Vec<(usize, Selection)>);

impl Selections {
    pub(super) fn set(&mut self, place: usize, selection: Selection) {
        self.0.push((place, selection));
    }

    /// What the client wants to see of the resources of an endpoint.
    pub(crate) fn of<DB: Dialect>(&self, place: usize, endpoint: &Endpoint<DB>) -> Selection {
        let found = self.0.iter().find(|(named, _)| *named == place);
        found.map_or_else(|| Selection::everything(endpoint), |(_, selection)| selection.clone())
    }
}
