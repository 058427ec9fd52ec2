//! What is selected of the resources of an endpoint, for a view.

use std::sync::Arc;

use super::compound::Resources;
use super::{EndpointRef, Records};
use crate::dialect::Dialect;
use crate::endpoint::EndpointId;
use crate::filter::{Aliases, Rows, only_visible, visible};
use crate::query::{Node, Selection, View};
use crate::registry::Registry;
use crate::resource_type::{Link, RelationshipId};
use crate::statement::{Linkage, Predicate, Presented, Select, Source};

/// What is needed to select resources of an endpoint for a view.
pub(super) struct Shape {
    /// The place of the endpoint.
    pub(super) place: EndpointId,
    pub(super) selection: Arc<Selection>,
    pub(super) linkages: Arc<[RelationshipId]>,
}

impl Shape {
    /// The attributes that are seen, and the linkage that is seen or followed.
    pub(super) fn new(registry: &Registry, place: EndpointId, view: &View, nodes: &[Node]) -> Self {
        Self::of(registry, place, view.selections.of(place, registry.endpoint(place)), nodes)
    }

    /// The same for what is selected already. A foreign key that may name a row outside of its rule is told with its linkage,
    /// whether its relationship is seen or not.
    pub(super) fn of(registry: &Registry, place: EndpointId, selection: Selection, nodes: &[Node]) -> Self {
        let endpoint = registry.endpoint(place);
        let followed = nodes.iter().map(|node| node.relationship);
        let attributes = if registry.has_rules() { &*selection.attributes } else { &[] };
        let attributes = attributes.iter().map(|attribute| &endpoint.resource.attributes[*attribute]);
        let guarded = attributes.filter_map(|attribute| registry.guarded(place, attribute));
        let linkages = selection.relationships.iter().copied().chain(followed).chain(guarded);
        let mut linkages: Vec<RelationshipId> = linkages.collect();
        linkages.retain(|relationship| endpoint.resource.relationships[*relationship].is_to_one());
        linkages.sort_unstable();
        linkages.dedup();
        Self { place, selection: Arc::new(selection), linkages: linkages.into() }
    }

    /// Whether a statement that writes the row can give it back as well. It is stored by then, so that nothing may go
    /// wrong any more.
    pub(super) fn is_returnable<DB: Dialect>(&self, site: &EndpointRef, view: &View) -> bool {
        let is_looked_up_here = |id: &RelationshipId| Linkage::<DB>::searches_itself(site.endpoint().resource, *id);
        site.endpoint().is_plain::<DB>() && self.is_bounded(site, view) && !self.linkages.iter().any(is_looked_up_here)
    }

    /// Whether one row, found by its key, tells all that is seen: no other table has to be searched.
    pub(super) fn is_bounded(&self, site: &EndpointRef, view: &View) -> bool {
        let endpoint = site.endpoint();
        let is_own = |id: &RelationshipId| matches!(endpoint.resource.relationships[*id].link, Link::BelongsTo(_));
        let has_links = |id: &RelationshipId| site.registry.endpoint(endpoint.targets[*id]).has_links;
        let is_linked = |id: &RelationshipId| is_own(id) || (has_links(id) && !self.selection.is_named);
        view.include.nodes.is_empty()
            && self.linkages.iter().all(is_own)
            && self.selection.relationships.iter().all(is_linked)
    }

    /// The rows that satisfy the predicate and exist for the client.
    pub(super) fn select<DB: Dialect>(&self, registry: &Registry, predicate: Predicate<DB>) -> Select<DB> {
        Select {
            attributes: self.selection.attributes.clone(),
            linkages: self.linkages.iter().map(|relationship| self.linkage(registry, *relationship)).collect(),
            presented: self.presented(registry),
            ..Select::keys(registry.endpoint(self.place).resource, only_visible(registry, self.place, predicate))
        }
    }

    fn presented<DB: Dialect>(&self, registry: &Registry) -> Option<Presented<DB>> {
        let presentation = registry.endpoint(self.place).resource.codecs().presentation.as_ref()?;
        let wanted = self.selection.presented.clone()?;
        Some(Presented { wanted, selection: (presentation.selection)() })
    }

    fn linkage<DB: Dialect>(&self, registry: &Registry, relationship: RelationshipId) -> Linkage<DB> {
        let endpoint = registry.endpoint(self.place);
        let mut aliases = Aliases::default();
        let other =
            Source { table: endpoint.resource.relationships[relationship].target().table, alias: aliases.next() };
        let there = Rows { place: endpoint.targets[relationship], source: other };
        Linkage { relationship, other, condition: visible(registry, there, &mut aliases) }
    }

    pub(super) fn resources(&self, records: Records) -> Resources {
        let (selection, linkages) = (Arc::clone(&self.selection), Arc::clone(&self.linkages));
        Resources { place: self.place, selection, linkages, records, may_repeat: false, to_many: Vec::new() }
    }
}
