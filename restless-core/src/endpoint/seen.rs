//! Which members of a resource there are for a client.

use super::Columns;
use crate::clause::Name;
use crate::resource_type::{AttributeId, Format, Link, Presented, RelationshipId, ResourceType};
use crate::typed::FieldRules;

/// Attributes and relationships by their ids.
#[derive(Debug, Clone, Default)]
pub(super) struct Seen {
    /// The format that the client speaks.
    pub(super) format: Format,
    /// The attributes that are read.
    pub(super) attributes: Vec<AttributeId>,
    /// The attributes that do not exist for the client.
    pub(super) hidden: Vec<AttributeId>,
    /// The names of computed attributes that do not exist for the client.
    pub(super) hidden_names: Vec<String>,
    /// The names that there are at the most among what a serializer makes.
    pub(super) only: Option<Vec<String>>,
    pub(super) relationships: Vec<RelationshipId>,
    /// The names of members that the client does not write, whatever the attributes say.
    pub(super) locked: Vec<&'static str>,
    /// Whether an object of the classic format goes without its key.
    pub(super) is_keyless: bool,
}

impl Seen {
    /// What the model's attributes say, to clients of a format.
    pub(super) fn by_attributes(resource: &'static ResourceType, format: Format) -> Self {
        let attributes = resource.attributes_by_id();
        let attributes = attributes.filter(|(_, attribute)| attribute.is_shown(format)).map(|(id, _)| id);
        let mut seen = Self {
            format,
            attributes: attributes.collect(),
            relationships: RelationshipId::first(resource.relationships.len()).collect(),
            is_keyless: resource.attributes.iter().any(|attribute| attribute.is_key),
            ..Self::default()
        };
        // Whoever may not write a relationship does not write its foreign key either.
        for relationship in resource.relationships.iter().filter(|relationship| relationship.is_read_only) {
            seen.locked.extend(foreign_key(resource, relationship.name).map(|id| resource.attributes[id].name));
        }
        seen
    }

    /// Leaves out what the mount does not show, with the foreign key of a relationship that is excluded. It can be written
    /// all the same, but for relationships.
    pub(super) fn show(&mut self, resource: &'static ResourceType, columns: &Columns) {
        let unshown: Vec<AttributeId> =
            columns.excluded.iter().filter_map(|name| foreign_key(resource, name)).collect();
        let is_shown = |id: &AttributeId| columns.show(resource.attributes[*id].name) && !unshown.contains(id);
        self.attributes.retain(is_shown);
        self.relationships.retain(|id| columns.show(resource.relationships[*id].name));
        self.is_keyless |= !columns.show(resource.key.name);
        let Some(presented) = &resource.presented else {
            return;
        };
        self.hidden_names.extend(presented.computed().into_iter().filter(|name| !columns.show(name)));
        if presented.is_whole {
            self.hidden_names.extend(columns.excluded.iter().cloned());
            if let Some(included) = &columns.included {
                let included = included.iter().chain(&columns.methods);
                self.only = Some(
                    included
                        .filter(|name| self.only.as_ref().is_none_or(|only| only.contains(name)))
                        .cloned()
                        .collect(),
                );
            }
        }
    }

    /// Leaves out what the application hides, and notes what it locks.
    pub(super) fn narrow(&mut self, resource: &'static ResourceType, rules: &FieldRules) {
        if rules.is_closed {
            let hidden_names = resource.presented.as_ref().map(Presented::computed).unwrap_or_default();
            let hidden = AttributeId::first(resource.attributes.len()).collect();
            let attributes = resource.attributes.iter().map(|attribute| attribute.name);
            let locked =
                attributes.chain(resource.relationships.iter().map(|relationship| relationship.name)).collect();
            *self = Self { format: self.format, hidden, hidden_names, locked, ..Self::default() };
            return;
        }
        for name in &rules.hidden {
            self.hide(resource, name);
        }
        // What is hidden is written by no relationship of another resource either.
        for name in rules.locked.iter().chain(&rules.hidden) {
            self.locked.extend(attribute(resource, name).map(|id| resource.attributes[id].name));
            self.locked.extend(relationship(resource, name).map(|id| resource.relationships[id].name));
        }
    }

    fn hide(&mut self, resource: &'static ResourceType, name: &Name) {
        if let Some(hidden) = attribute(resource, name) {
            self.attributes.retain(|id| *id != hidden);
            self.hidden.push(hidden);
        }
        if let Some(hidden) = relationship(resource, name) {
            self.relationships.retain(|id| *id != hidden);
        }
        if let Name::Member(name) = name {
            self.hidden_names.push(name.clone());
        }
    }
}

/// The attribute of that name; of a relationship, its foreign key.
fn attribute(resource: &'static ResourceType, name: &Name) -> Option<AttributeId> {
    match name {
        Name::Column(column) => resource.attribute_id_of_column(column),
        Name::Member(name) => resource.attribute(name).map(|(id, _)| id).or_else(|| foreign_key(resource, name)),
        Name::Relationship(name) => foreign_key(resource, name),
    }
}

/// The attribute that is the foreign key of a relationship.
fn foreign_key(resource: &'static ResourceType, relationship: &str) -> Option<AttributeId> {
    let (_, relationship) = resource.relationship(relationship)?;
    let Link::BelongsTo(foreign_key) = &relationship.link else {
        return None;
    };
    resource.attribute_id_of_column(foreign_key.column)
}

/// The relationship of that name, or the one whose foreign key is hidden with its column.
fn relationship(resource: &ResourceType, name: &Name) -> Option<RelationshipId> {
    match name {
        Name::Relationship(name) => resource.relationship(name).map(|(id, _)| id),
        Name::Member(name) => resource.relationship(name).map(|(id, _)| id),
        Name::Column(column) => {
            let found = resource.relationship_of_column(column)?;
            resource.relationship(found.name).map(|(id, _)| id)
        }
    }
}
