//! What a client wants of a relationship, with the resources themselves, checked against its description.

use super::draft::Draft;
use super::removed::Removed;
use crate::dialect::Dialect;
use crate::error::{Error, Mistakes};
use crate::operation::changes::{Moment, check_nullable};
use crate::operation::linking::{Change, LinkChange, check_other_end, check_own};
use crate::operation::{EndpointRef, IncomingNested, NestedChange};
use crate::resource_type::{Link, RelationshipId};

/// A relationship whose resources are written.
pub(in crate::operation) struct Nested<DB: Dialect> {
    /// The place of the relationship in its resource type.
    pub(in crate::operation) relationship: RelationshipId,
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
        site: &EndpointRef,
        incoming: IncomingNested<'_>,
        moment: Moment,
        errors: &mut Mistakes,
    ) -> Result<Self, Error> {
        let IncomingNested { name, change, pointer } = incoming;
        let endpoint = site.endpoint();
        let found = endpoint.relationship(&name);
        let unknown = || Error::unknown_relationship(&name, &endpoint.settings.collection_name).at_pointer(&*pointer);
        let (relationship, _) = found.ok_or_else(unknown)?;
        check_own(endpoint, relationship, moment).map_err(|error| error.at_pointer(&*pointer))?;
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

    /// A foreign key that cannot be null cannot be cleared, and what the other end keeps is not written. Members are replaced
    /// and removed only where that is allowed.
    fn check(&self, site: &EndpointRef, moment: Moment) -> Result<(), Error> {
        if matches!(self.change, Planned::One(None)) {
            check_nullable(site, &self.link(Change::Set(None)))?;
        }
        self.check_settings(site, moment).map_err(|error| error.at_pointer(&*self.pointer))?;
        if !self.reaches_others(site, moment) {
            return Ok(());
        }
        check_other_end(site, self.relationship).map_err(|error| error.at_pointer(&*self.pointer))
    }

    /// A type that nobody mounted has no settings that could say what is not allowed.
    fn check_settings(&self, site: &EndpointRef, moment: Moment) -> Result<(), Error> {
        let endpoint = site.endpoint();
        let settings = &endpoint.settings;
        let name = endpoint.resource.relationships[self.relationship].name;
        let replaces = endpoint.has_settings && !settings.allow_to_many_replacement && moment == Moment::Update;
        let removes = endpoint.has_settings && !settings.allow_delete_from_to_many_relationships;
        match &self.change {
            Planned::Many(_) if replaces => Err(Error::replacement_refused(name)),
            Planned::Partial { removed, .. } if removes && !removed.is_empty() => Err(Error::removal_refused(name)),
            _ => Ok(()),
        }
    }

    /// Whether it may link resources at the other end, or no longer. Whatever is deleted there takes its foreign key with
    /// it, but not its rows of a join table.
    fn reaches_others(&self, site: &EndpointRef, moment: Moment) -> bool {
        let link = &site.endpoint().resource.relationships[self.relationship].link;
        let is_joined = matches!(link, Link::Through { .. });
        match &self.change {
            Planned::One(None) => moment == Moment::Update,
            Planned::One(Some(_)) => true,
            Planned::Many(drafts) => !drafts.is_empty() || moment == Moment::Update,
            Planned::Partial { added, removed } => {
                !added.is_empty() || removed.iter().any(|removed| is_joined || removed.is_unlinked())
            }
        }
    }

    /// Whether the foreign key is a column of the row that has the relationship.
    pub(in crate::operation) fn is_own(&self, site: &EndpointRef) -> bool {
        matches!(site.endpoint().resource.relationships[self.relationship].link, Link::BelongsTo(_))
    }

    pub(super) fn link(&self, change: Change) -> LinkChange {
        LinkChange { relationship: self.relationship, change, pointer: self.pointer.clone() }
    }
}
