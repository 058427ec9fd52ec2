//! What a client wants of a relationship, checked against its description.

use std::collections::HashSet;

use super::check_own;
use crate::backend::RowId;
use crate::dialect::Dialect;
use crate::endpoint::Endpoint;
use crate::error::{Error, Errors};
use crate::operation::changes::Moment;
use crate::operation::incoming::{Identifier, IncomingData, IncomingLinkage, IncomingRelationship, key_text};
use crate::operation::{EndpointRef, Place, RelatedTo};
use crate::resource_type::{Attribute, Link, RelationshipId};
use crate::statement::Predicate;

/// A resource that is to be linked, or no longer.
#[derive(Debug, Clone)]
pub(crate) struct Member {
    pub(crate) id: String,
    pub(crate) naming: Naming,
    /// Where the client names it, as a JSON Pointer.
    pub(crate) pointer: String,
}

/// How a client names a resource.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Naming {
    /// By its id.
    Id,
    /// By what foreign keys call it, where that is something else.
    Reference,
}

impl Member {
    /// The resource of an id.
    pub(crate) fn new(id: impl Into<String>, pointer: impl Into<String>) -> Self {
        Self { id: id.into(), naming: Naming::Id, pointer: pointer.into() }
    }
}

/// What is to become of the members of a relationship.
#[derive(Debug, Clone)]
pub(crate) enum Change {
    /// The one member, or none.
    Set(Option<Member>),
    /// These and no others.
    Replace(Vec<Member>),
    /// These too.
    Add(Vec<Member>),
    /// These no longer.
    Remove(Vec<Member>),
}

impl Change {
    /// The members that the client names.
    pub(crate) fn members(&self) -> &[Member] {
        match self {
            Change::Set(member) => member.as_slice(),
            Change::Replace(members) | Change::Add(members) | Change::Remove(members) => members,
        }
    }

    /// The same of members by other names.
    pub(super) fn with(&self, mut members: Vec<Member>) -> Self {
        match self {
            Change::Set(_) => Change::Set(members.pop()),
            Change::Replace(_) => Change::Replace(members),
            Change::Add(_) => Change::Add(members),
            Change::Remove(_) => Change::Remove(members),
        }
    }

    /// Whether some of them shall be members.
    pub(crate) fn keeps_any(&self) -> bool {
        !matches!(self, Change::Remove(_)) && !self.members().is_empty()
    }

    /// The rows that are members and shall no longer be, among those that are owned; `None` if there are none.
    pub(crate) fn dropped<DB: Dialect>(&self, owned: Predicate<DB>, named: Predicate<DB>) -> Option<Predicate<DB>> {
        match self {
            Change::Add(_) => None,
            Change::Remove(members) if members.is_empty() => None,
            Change::Remove(_) => Some(Predicate::All(vec![owned, named])),
            Change::Set(_) | Change::Replace(_) if self.members().is_empty() => Some(owned),
            Change::Set(_) | Change::Replace(_) => Some(Predicate::All(vec![owned, Predicate::Not(Box::new(named))])),
        }
    }
}

/// A change of one relationship.
#[derive(Debug, Clone)]
pub(crate) struct LinkChange {
    /// The place of the relationship in its resource type.
    pub(crate) relationship: RelationshipId,
    pub(crate) change: Change,
    /// Where the client asks for it, as a JSON Pointer.
    pub(crate) pointer: String,
}

/// How the members of a list are meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Manner {
    Replace,
    Add,
    Remove,
}

impl LinkChange {
    /// The row that a foreign key is to refer to, if it is the link of one.
    pub(crate) fn referred(&self, site: &EndpointRef) -> Option<RowId<'_>> {
        let member = self.change.members().first()?;
        let relationship = &site.endpoint().resource.relationships[self.relationship];
        let is_own = matches!(relationship.link, Link::BelongsTo(_));
        is_own.then(|| site.other_end(self.relationship).row(&member.id))
    }

    /// A relationship within a resource object.
    pub(crate) fn of_resource(
        site: &EndpointRef,
        incoming: IncomingRelationship,
        manner: Manner,
    ) -> Result<Self, Errors> {
        let endpoint = site.endpoint();
        let Some((relationship, description)) = endpoint.relationship(&incoming.name) else {
            let error = Error::unknown_relationship(&incoming.name, &endpoint.settings.collection_name);
            let error = error.hinting_at(endpoint.relationship_of_foreign_key(&incoming.name));
            return Err(error.at_pointer(incoming.pointer).into());
        };
        let moment = if manner == Manner::Add { Moment::Creation } else { Moment::Update };
        check_own(endpoint, relationship, moment).map_err(|error| error.at_pointer(incoming.pointer.clone()))?;
        let is_replacement = manner == Manner::Replace && !description.is_to_one();
        if is_replacement && !endpoint.settings.allow_to_many_replacement {
            return Err(Error::replacement_refused(description.name).at_pointer(incoming.pointer).into());
        }
        let link = Self::new(site, relationship, incoming.linkage, manner)?;
        link.check_permitted(site, moment)?;
        Ok(link)
    }

    /// The link that a foreign key stands for, where clients know it as an attribute; `None` if the attribute is no foreign
    /// key, or holds nothing that a key can be.
    pub(crate) fn of_foreign_key(
        endpoint: &Endpoint,
        attribute: &Attribute,
        json: &str,
        place: &Place,
    ) -> Option<Self> {
        let mut relationships = endpoint.resource.relationships_by_id();
        let (relationship, naming) = relationships.find_map(|(id, relationship)| {
            let Link::BelongsTo(foreign_key) = &relationship.link else {
                return None;
            };
            let target = relationship.target();
            let is_key = target.referred(foreign_key.refers_to).column == target.key.column;
            let naming = if is_key { Naming::Id } else { Naming::Reference };
            (foreign_key.column == attribute.column).then_some((id, naming))
        })?;
        let id = match json {
            "null" => None,
            json => Some(key_text(json)?),
        };
        let pointer = place.attribute(attribute.name);
        let member = id.map(|id| Member { id, naming, pointer: pointer.clone() });
        Some(Self { relationship, change: Change::Set(member), pointer })
    }

    /// The document of a relationship's own URL.
    pub(crate) fn of_relationship(
        related: &RelatedTo,
        linkage: IncomingLinkage,
        manner: Manner,
    ) -> Result<Self, Errors> {
        let (site, relationship) = (&related.site, related.relationship);
        let own = check_own(site.endpoint(), relationship, Moment::Update);
        own.map_err(|error| error.at_pointer(linkage.pointer.clone()))?;
        let link = Self::new(site, relationship, linkage, manner)?;
        link.check_permitted(site, Moment::Update)?;
        Ok(link)
    }

    fn new(
        site: &EndpointRef,
        relationship: RelationshipId,
        linkage: IncomingLinkage,
        manner: Manner,
    ) -> Result<Self, Errors> {
        let description = &site.endpoint().resource.relationships[relationship];
        let other_end = site.other_end(relationship);
        let type_name = &other_end.endpoint().settings.collection_name;
        let IncomingLinkage { data, pointer } = linkage;
        let change = match (data, description.is_to_one()) {
            (IncomingData::One(one), true) => Change::Set(one.map(|one| member(type_name, one)).transpose()?),
            (IncomingData::Many(many), false) => {
                let members = members(other_end.endpoint(), many)?;
                match manner {
                    Manner::Replace => Change::Replace(members),
                    Manner::Add => Change::Add(members),
                    Manner::Remove => Change::Remove(members),
                }
            }
            (_, true) => return Err(Error::expected_one(description.name).at_pointer(pointer).into()),
            (_, false) => return Err(Error::expected_list(description.name).at_pointer(pointer).into()),
        };
        Ok(Self { relationship, change, pointer })
    }
}

/// The members of a list, none twice.
fn members(other_end: &Endpoint, identifiers: Vec<Identifier>) -> Result<Vec<Member>, Errors> {
    let type_name = &other_end.settings.collection_name;
    let mut errors = other_end.mistakes();
    let mut members: Vec<Member> = Vec::new();
    let mut seen = HashSet::new();
    for identifier in identifiers {
        match member(type_name, identifier) {
            Ok(member) if !seen.insert(member.id.clone()) => {}
            Ok(member) => members.push(member),
            Err(error) => errors.push(error),
        }
    }
    errors.check().map(|()| members)
}

fn member(type_name: &str, identifier: Identifier) -> Result<Member, Error> {
    let Identifier { type_name: found, id, pointer } = identifier;
    if found == type_name {
        Ok(Member::new(id, pointer))
    } else {
        Err(Error::wrong_type(type_name, &found).at_pointer(format!("{pointer}/type")))
    }
}
