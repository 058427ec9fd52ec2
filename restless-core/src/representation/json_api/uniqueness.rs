//! No resource stands twice in a document (JSON:API 1.1, "Compound Documents").

use std::collections::HashMap;

use crate::endpoint::EndpointId;
use crate::operation::{Compound, RecordRef, Resources};
use crate::registry::Registry;
use crate::resource_type::RelationshipId;

/// Whether a resource of the set may stand in the document twice: in the set itself, or in another one of its type.
fn has_twins(registry: &Registry, compound: &Compound, set: usize) -> bool {
    let resources = &compound.sets[set];
    let mut others = compound.sets.iter().enumerate().filter(|(other, _)| *other != set);
    let origin = |resources: &Resources| registry.endpoint(resources.place).origin;
    resources.may_repeat || others.any(|(_, other)| origin(other) == origin(resources))
}

/// A resource by one of its records, and the endpoint where it comes from.
#[derive(Clone, Copy)]
pub(super) struct ResourceRef {
    pub(super) origin: EndpointId,
    pub(super) position: RecordRef,
}

/// Which records of a compound document are the same resource.
pub(super) struct Unique<'a> {
    /// The records of a resource, by the endpoint where it comes from and its id.
    positions: HashMap<(EndpointId, &'a str), Vec<RecordRef>>,
    included: Vec<RecordRef>,
}

impl<'a> Unique<'a> {
    /// Looks at all records.
    pub(super) fn new(registry: &Registry, compound: &'a Compound) -> Self {
        let mut unique = Unique { positions: HashMap::new(), included: Vec::new() };
        if compound.sets.len() == 1 && !compound.includes_primary {
            return unique;
        }
        for (set, resources) in compound.sets.iter().enumerate() {
            let is_shown = set > 0 || compound.includes_primary;
            if !has_twins(registry, compound, set) {
                unique
                    .included
                    .extend((0..resources.records.len()).filter(|_| is_shown).map(|index| RecordRef { set, index }));
                continue;
            }
            let origin = registry.endpoint(resources.place).origin;
            for (index, record) in resources.records.iter().enumerate() {
                let positions = unique.positions.entry((origin, record.id.as_str())).or_default();
                if positions.is_empty() && is_shown {
                    unique.included.push(RecordRef { set, index });
                }
                positions.push(RecordRef { set, index });
            }
        }
        unique
    }

    /// The records that `included` shows.
    pub(super) fn included(&self) -> &[RecordRef] {
        &self.included
    }

    /// The ids of a to-many relationship of a resource of the endpoint at `origin`, from whichever of its records has them.
    pub(super) fn linkage<'c>(
        &self,
        compound: &'c Compound,
        resource: ResourceRef,
        relationship: RelationshipId,
    ) -> Option<&'c Vec<String>> {
        let ResourceRef { origin, position } = resource;
        let of = |RecordRef { set, index }: RecordRef| {
            let mut linkages = compound.sets[set].to_many.iter();
            linkages.find(|(found, _)| *found == relationship).and_then(|(_, ids)| ids.get(index))
        };
        let record = compound.sets[position.set].records.get(position.index)?;
        let twins = self.positions.get(&(origin, record.id.as_str()));
        let mut twins = twins.into_iter().flatten();
        of(position).or_else(|| twins.find_map(|twin| of(*twin)))
    }
}
