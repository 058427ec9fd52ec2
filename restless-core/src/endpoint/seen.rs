//! Which members of a resource there are for a client.

use crate::clause::Name;
use crate::dialect::Dialect;
use crate::resource_type::{Presentation, ResourceType};
use crate::typed::FieldRules;

/// Attributes and relationships by their places in the resource type.
#[derive(Debug, Clone, Default)]
pub(super) struct Seen {
    /// The attributes that are read.
    pub(super) attributes: Vec<usize>,
    /// The attributes that do not exist for the client.
    pub(super) hidden: Vec<usize>,
    /// The names of computed attributes that do not exist for the client.
    pub(super) unheard: Vec<String>,
    pub(super) relationships: Vec<usize>,
    /// The names of members that the client does not write, whatever the attributes say.
    pub(super) locked: Vec<&'static str>,
}

impl Seen {
    /// What the model's attributes say.
    pub(super) fn by_attributes<DB: Dialect>(resource: &ResourceType<DB>) -> Self {
        let attributes = resource.attributes.iter().enumerate();
        Self {
            attributes: attributes.filter(|(_, attribute)| attribute.is_shown()).map(|(place, _)| place).collect(),
            hidden: Vec::new(),
            unheard: Vec::new(),
            relationships: (0..resource.relationships.len()).collect(),
            locked: Vec::new(),
        }
    }

    /// Leaves out what the application hides, and notes what it locks.
    pub(super) fn narrow<DB: Dialect>(&mut self, resource: &'static ResourceType<DB>, rules: &FieldRules) {
        if rules.is_closed {
            let unheard = resource.presentation.as_ref().map(Presentation::computed).unwrap_or_default();
            *self = Self { hidden: (0..resource.attributes.len()).collect(), unheard, ..Self::default() };
            return;
        }
        for name in &rules.hidden {
            self.hide(resource, name);
        }
        for name in &rules.locked {
            self.locked.extend(attribute(resource, name).map(|place| resource.attributes[place].name));
            self.locked.extend(relationship(resource, name).map(|place| resource.relationships[place].name));
        }
    }

    fn hide<DB: Dialect>(&mut self, resource: &ResourceType<DB>, name: &Name) {
        if let Some(hidden) = attribute(resource, name) {
            self.attributes.retain(|place| *place != hidden);
            self.hidden.push(hidden);
        }
        if let Some(hidden) = relationship(resource, name) {
            self.relationships.retain(|place| *place != hidden);
        }
        if let Name::Member(name) = name {
            self.unheard.push(name.clone());
        }
    }
}

fn attribute<DB: Dialect>(resource: &ResourceType<DB>, name: &Name) -> Option<usize> {
    match name {
        Name::Column(column) => resource.attributes.iter().position(|attribute| attribute.column == *column),
        Name::Member(name) => resource.attribute(name).map(|(place, _)| place),
        Name::Relationship(_) => None,
    }
}

/// The relationship of that name, or the one whose foreign key is hidden with its column.
fn relationship<DB: Dialect>(resource: &ResourceType<DB>, name: &Name) -> Option<usize> {
    match name {
        Name::Relationship(name) => resource.relationship(name).map(|(place, _)| place),
        Name::Member(name) => resource.relationship(name).map(|(place, _)| place),
        Name::Column(column) => {
            let found = resource.relationship_of_column(column)?;
            resource.relationship(found.name).map(|(place, _)| place)
        }
    }
}
