//! Which columns and join tables a client may write, whichever relationship leads to them.

use super::Endpoint;
use crate::resource_type::{Link, Relationship, RelationshipId, ResourceType};

/// When a client may write a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Writable {
    Always,
    /// The column of a row that there is stays as it is.
    AtCreation,
    Never,
}

impl Endpoint {
    /// When the client may write a column, by its attribute and by every relationship whose foreign key it is.
    pub(crate) fn writable(&self, column: &str) -> Writable {
        let resource = self.resource;
        let mut relationships = resource.relationships.iter().filter(|relationship| relationship.is_held_by(column));
        if relationships.any(|relationship| self.is_kept(relationship)) {
            return Writable::Never;
        }
        match resource.attribute_of_column(column) {
            Some(attribute) if !attribute.access.is_creatable() || self.is_locked(attribute.name) => Writable::Never,
            Some(attribute) if !attribute.access.is_updatable() => Writable::AtCreation,
            None if resource.key.column == column => Writable::AtCreation,
            _ => Writable::Always,
        }
    }

    /// Whether a client may not write a relationship, by what the model or its field access says of it.
    pub(crate) fn is_kept(&self, relationship: &Relationship) -> bool {
        relationship.is_read_only || self.is_locked(relationship.name)
    }

    /// The member that a column is for a client: the relationship that it is the foreign key of, or the attribute; `None`
    /// if the client knows of neither.
    pub(crate) fn name_of_column(&self, column: &str) -> Option<&'static str> {
        let relationship = self.resource.relationship_of_column(column).map(|relationship| relationship.name);
        let attribute = || self.resource.attribute_of_column(column).map(|attribute| attribute.name);
        relationship
            .filter(|name| self.relationship(name).is_some())
            .or_else(|| attribute().filter(|name| self.known_attribute(name).is_some()))
    }
}

/// For each relationship the ids of those, among the relationships of the resource type that it leads to, whose members
/// are rows of the same join table, seen from the other end.
pub(super) fn opposites(resource: &ResourceType) -> Vec<Vec<RelationshipId>> {
    let of = |relationship: &Relationship| {
        if !matches!(relationship.link, Link::Through { .. }) {
            return Vec::new();
        }
        let others = relationship.target().relationships_by_id();
        others.filter(|(_, other)| are_opposite(relationship, other)).map(|(id, _)| id).collect()
    };
    resource.relationships.iter().map(of).collect()
}

/// Whether two relationships have the same join table, each from its own end.
fn are_opposite(one: &Relationship, two: &Relationship) -> bool {
    match (&one.link, &two.link) {
        (
            Link::Through { table, own, other },
            Link::Through { table: table_of_two, own: own_of_two, other: other_of_two },
        ) => own.column == other_of_two.column && other.column == own_of_two.column && table == table_of_two,
        _ => false,
    }
}
