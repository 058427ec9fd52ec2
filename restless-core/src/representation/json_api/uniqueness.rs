//! No resource stands twice in a document (JSON:API 1.1, "Compound Documents").

use std::collections::HashMap;

use crate::operation::{Compound, Resources};
use crate::registry::Registry;

/// Whether a resource of the set may stand in the document twice: in the set itself, or in another one of its type.
fn has_twins(registry: &Registry, compound: &Compound, set: usize) -> bool {
    let resources = &compound.sets[set];
    let mut others = compound.sets.iter().enumerate().filter(|(other, _)| *other != set);
    let origin = |resources: &Resources| registry.endpoint(resources.place).origin;
    resources.may_repeat || others.any(|(_, other)| origin(other) == origin(resources))
}

/// Which records of a compound document are the same resource.
pub(super) struct Unique<'a> {
    /// Every place of a resource, by the endpoint where it comes from and its id: the set and the index of the record.
    places: HashMap<(usize, &'a str), Vec<(usize, usize)>>,
    included: Vec<(usize, usize)>,
}

impl<'a> Unique<'a> {
    /// Looks at all records.
    pub(super) fn new(registry: &Registry, compound: &'a Compound) -> Self {
        let mut unique = Unique { places: HashMap::new(), included: Vec::new() };
        if compound.sets.len() == 1 && !compound.includes_primary {
            return unique;
        }
        for (set, resources) in compound.sets.iter().enumerate() {
            let is_shown = set > 0 || compound.includes_primary;
            if !has_twins(registry, compound, set) {
                unique.included.extend((0..resources.records.len()).filter(|_| is_shown).map(|index| (set, index)));
                continue;
            }
            let origin = registry.endpoint(resources.place).origin;
            for (index, record) in resources.records.iter().enumerate() {
                let places = unique.places.entry((origin, record.id.as_str())).or_default();
                if places.is_empty() && is_shown {
                    unique.included.push((set, index));
                }
                places.push((set, index));
            }
        }
        unique
    }

    /// The records that `included` shows.
    pub(super) fn included(&self) -> &[(usize, usize)] {
        &self.included
    }

    /// The ids of a to-many relationship of a resource of the endpoint at `origin`, from whichever of its records has them.
    pub(super) fn linkage<'c>(
        &self,
        (origin, compound): (usize, &'c Compound),
        (set, index): (usize, usize),
        relationship: usize,
    ) -> Option<&'c Vec<String>> {
        let of = |set: usize, index: usize| {
            let mut linkages = compound.sets[set].to_many.iter();
            linkages.find(|(found, _)| *found == relationship).and_then(|(_, ids)| ids.get(index))
        };
        let resources = &compound.sets[set];
        let record = resources.records.get(index)?;
        let twins = self.places.get(&(origin, record.id.as_str()));
        let mut twins = twins.into_iter().flatten();
        of(set, index).or_else(|| twins.find_map(|(set, index)| of(*set, *index)))
    }
}
