//! What a client wants of a relationship, with the resources themselves, checked against its description.

use super::draft::Draft;
use super::removed::Removed;
use crate::dialect::Dialect;
use crate::error::{Error, Mistakes};
use crate::operation::changes::{Moment, check_nullable};
use crate::operation::linking::{Change, LinkChange};
use crate::operation::{IncomingNested, NestedChange, Site};
use crate::resource_type::Link;

/// A relationship whose resources are written.
pub(in crate::operation) struct Nested<DB: Dialect> {
    /// The place of the relationship in its resource type.
    pub(in crate::operation) relationship: usize,
    pub(super) change: Planned<DB>,
    /// Where the client asks for it, as a JSON Pointer.
    pub(super) pointer: String,
}

/// The resources of the relationship.
pub(super) enum Planned<DB: Dialect> {
    One(Option<Box<Draft<DB>>>),
    Many(Vec<Draft<DB>>),
    Partial { added: Vec<Draft<DB>>, removed: Vec<Removed> },
}

impl<DB: Dialect> Nested<DB> {
    /// Reads what the client wrote; what is wrong within the resources is collected.
    pub(in crate::operation) fn plan(
        site: &Site<DB>,
        (incoming, moment): (IncomingNested<'_>, Moment),
        errors: &mut Mistakes,
    ) -> Result<Self, Error> {
        let IncomingNested { name, change, pointer } = incoming;
        let endpoint = site.endpoint();
        let found = endpoint.relationship(&name);
        let unknown = || Error::unknown_relationship(&name, &endpoint.settings.collection_name).at_pointer(&*pointer);
        let (relationship, description) = found.ok_or_else(unknown)?;
        if description.is_read_only || endpoint.is_locked(description.name) {
            return Err(Error::relationship_is_read_only(description.name).at_pointer(pointer));
        }
        let other_end = site.other_end(relationship);
        let mut all = |many: Vec<_>| many.into_iter().map(|one| Draft::plan(&other_end, one, errors)).collect();
        let change = match change {
            NestedChange::One(None) => Planned::One(None),
            NestedChange::One(Some(one)) => Planned::One(Some(Box::new(Draft::plan(&other_end, *one, errors)))),
            NestedChange::Many(many) => Planned::Many(all(many)),
            NestedChange::Partial { added, removed } => {
                let added = all(added);
                let removed = removed.into_iter().map(Removed::plan).collect();
                Planned::Partial { added, removed }
            }
        };
        let nested = Self { relationship, change, pointer };
        nested.check(site, moment).map(|()| nested)
    }

    /// A foreign key that cannot be null cannot be cleared, and members are replaced and removed only where that is allowed. A
    /// type that nobody mounted has no settings that could say so.
    fn check(&self, site: &Site<DB>, moment: Moment) -> Result<(), Error> {
        let endpoint = site.endpoint();
        let settings = &endpoint.settings;
        let name = endpoint.resource.relationships[self.relationship].name;
        let replaces = endpoint.has_links && !settings.allow_to_many_replacement && moment == Moment::Update;
        let removes = endpoint.has_links && !settings.allow_delete_from_to_many_relationships;
        let refused = match &self.change {
            Planned::One(None) => return check_nullable(site, &self.link(Change::Set(None))),
            Planned::Many(_) if replaces => Error::replacement_refused(name),
            Planned::Partial { removed, .. } if removes && !removed.is_empty() => Error::removal_refused(name),
            _ => return Ok(()),
        };
        Err(refused.at_pointer(self.pointer.clone()))
    }

    /// Whether the foreign key is a column of the row that has the relationship.
    pub(in crate::operation) fn is_own(&self, site: &Site<DB>) -> bool {
        matches!(site.endpoint().resource.relationships[self.relationship].link, Link::BelongsTo(_))
    }

    pub(super) fn link(&self, change: Change) -> LinkChange {
        LinkChange { relationship: self.relationship, change, pointer: self.pointer.clone() }
    }
}
