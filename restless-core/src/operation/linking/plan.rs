//! What a client wants of a relationship, checked against its description.

use std::collections::HashSet;

use crate::backend::RowId;
use crate::dialect::Dialect;
use crate::endpoint::Endpoint;
use crate::error::{Error, Errors};
use crate::operation::incoming::{Identifier, IncomingData, IncomingLinkage, IncomingRelationship, key_text};
use crate::operation::{Place, RelatedTo, Site};
use crate::resource_type::{Attribute, Link, Relationship};
use crate::statement::Predicate;

/// A resource that is to be linked, or no longer.
#[derive(Debug, Clone)]
pub(crate) struct Member {
    pub(crate) id: String,
    /// Where the client names it, as a JSON Pointer.
    pub(crate) pointer: String,
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
    pub(crate) relationship: usize,
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
    pub(crate) fn referred<DB: Dialect>(&self, site: &Site<DB>) -> Option<RowId<'_>> {
        let member = self.change.members().first()?;
        let relationship = &site.endpoint().resource.relationships[self.relationship];
        let is_own = matches!(relationship.link, Link::BelongsTo(_));
        is_own.then(|| site.other_end(self.relationship).row(&member.id))
    }

    /// A relationship within a resource object.
    pub(crate) fn of_resource<DB: Dialect>(
        site: &Site<DB>,
        incoming: IncomingRelationship,
        manner: Manner,
    ) -> Result<Self, Errors> {
        let endpoint = site.endpoint();
        let Some((relationship, description)) = endpoint.relationship(&incoming.name) else {
            let error = Error::unknown_relationship(&incoming.name, &endpoint.settings.collection_name);
            return Err(error.at_pointer(incoming.pointer).into());
        };
        check_writable(endpoint, description, &incoming.pointer)?;
        let is_replacement = manner == Manner::Replace && !description.is_to_one();
        if is_replacement && !endpoint.settings.allow_to_many_replacement {
            return Err(Error::replacement_refused(description.name).at_pointer(incoming.pointer).into());
        }
        Self::new(site, relationship, incoming.linkage, manner)
    }

    /// The link that a foreign key stands for, where clients know it as an attribute; `None` if the attribute is no foreign
    /// key, or one that holds something else than an id.
    pub(crate) fn of_foreign_key<DB: Dialect>(
        endpoint: &Endpoint<DB>,
        attribute: &Attribute<DB>,
        (json, place): (&str, &Place),
    ) -> Option<Self> {
        let mut relationships = endpoint.resource.relationships.iter().enumerate();
        let relationship = relationships.find_map(|(place, relationship)| {
            let Link::BelongsTo(foreign_key) = &relationship.link else {
                return None;
            };
            let target = relationship.target();
            let is_key = target.referred(foreign_key.refers_to).column == target.key.column;
            (is_key && foreign_key.column == attribute.column).then_some(place)
        })?;
        let id = match json {
            "null" => None,
            json => Some(key_text(json)?),
        };
        let pointer = place.attribute(attribute.name);
        let member = id.map(|id| Member { id, pointer: pointer.clone() });
        Some(Self { relationship, change: Change::Set(member), pointer })
    }

    /// The document of a relationship's own URL.
    pub(crate) fn of_relationship<DB: Dialect>(
        related: &RelatedTo<DB>,
        linkage: IncomingLinkage,
        manner: Manner,
    ) -> Result<Self, Errors> {
        check_writable(related.site.endpoint(), related.relationship(), &linkage.pointer)?;
        Self::new(&related.site, related.relationship, linkage, manner)
    }

    fn new<DB: Dialect>(
        site: &Site<DB>,
        relationship: usize,
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

fn check_writable<DB: Dialect>(
    endpoint: &Endpoint<DB>,
    relationship: &Relationship<DB>,
    pointer: &str,
) -> Result<(), Error> {
    if relationship.is_read_only || endpoint.is_locked(relationship.name) {
        return Err(Error::relationship_is_read_only(relationship.name).at_pointer(pointer));
    }
    Ok(())
}

/// The members of a list, none twice.
fn members<DB: Dialect>(other_end: &Endpoint<DB>, identifiers: Vec<Identifier>) -> Result<Vec<Member>, Errors> {
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
        Ok(Member { id, pointer })
    } else {
        Err(Error::wrong_type(type_name, &found).at_pointer(format!("{pointer}/type")))
    }
}
