//! A resource type where it is mounted: its settings, and what can be prepared before the first request.

mod columns;
mod id;
mod mount;
mod seen;
mod writing;

use std::any::Any;
use std::sync::Arc;

use percent_encoding::{AsciiSet, CONTROLS, NON_ALPHANUMERIC, PercentEncode, utf8_percent_encode};

pub(crate) use columns::Columns;
pub(crate) use id::EndpointId;
pub(crate) use mount::{Decision, Mount, PageSizes};
use seen::Seen;
use serde_json::{Map, Value};
pub(crate) use writing::Writable;

use crate::clause::Clause;
use crate::dialect::Dialect;
use crate::error::Mistakes;
use crate::resource_type::{Attribute, AttributeId, Format, Looked, Relationship, RelationshipId, ResourceType, Sight};
use crate::statement::{Column, Shapes};
use crate::value::Codec;

/// What stands in a path segment as it is: the unreserved letters of RFC 3986.
const SEGMENT: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// What a path that a client sent may hold though RFC 3986 forbids it.
const UNSAFE: &AsciiSet =
    &CONTROLS.add(b' ').add(b'"').add(b'<').add(b'>').add(b'\\').add(b'^').add(b'`').add(b'{').add(b'|').add(b'}');

/// Percent-encodes a text as one segment of a path.
pub(crate) fn encode_segment(text: &str) -> PercentEncode<'_> {
    utf8_percent_encode(text, SEGMENT)
}

/// Percent-encodes what must not stand in a path, and nothing that is encoded already.
pub(crate) fn encode_path(path: &str) -> PercentEncode<'_> {
    utf8_percent_encode(path, UNSAFE)
}

/// A resource type on a backend, mounted. Of one that knows who asks there is a copy for each request, which is cheap.
pub(crate) struct Endpoint {
    pub(crate) resource: &'static ResourceType,
    pub(crate) settings: Arc<Mount>,
    /// The path of the collection below whatever scope it is mounted in, percent-encoded.
    pub(crate) path: Arc<str>,
    /// The first endpoint whose resources are the same to a client: its own, unless it shows less of another's,
    /// or by another way.
    pub(crate) origin: EndpointId,
    /// Which members of its resources there are for the client.
    seen: Seen,
    /// For each attribute its name as a member of a JSON object, `"age":`.
    pub(crate) members: Arc<[Vec<u8>]>,
    /// For each relationship the endpoint that it leads to.
    pub(crate) targets: Arc<[EndpointId]>,
    /// Which of the resources that the application mounts it is, if it is one of them.
    pub(crate) candidate: Option<usize>,
    /// For each relationship through a join table those that lead back through it.
    opposites: Arc<[Vec<RelationshipId>]>,
    /// Whether its resources have URLs that links can name.
    pub(crate) has_links: bool,
    /// Whether its settings say what may be done to its resources; those of a type that an `Api` does not mount are nobody's
    /// choice.
    pub(crate) has_settings: bool,
    /// Whether the application has mounted it, rather than that relationships lead to it.
    pub(crate) is_mounted: bool,
    pub(crate) shapes: Arc<Shapes>,
}

/// Where the relationships of an endpoint lead, and which endpoint its resources are the same as.
pub(crate) struct Leads {
    pub(crate) targets: Vec<EndpointId>,
    pub(crate) origin: EndpointId,
}

impl Endpoint {
    /// For clients of a format; its relationships lead where `leads` says.
    pub(crate) fn new(resource: &'static ResourceType, settings: Mount, format: Format, leads: Leads) -> Self {
        let Leads { targets, origin } = leads;
        let mut seen = Seen::by_attributes(resource, format);
        for columns in settings.columns.iter().filter(|columns| !columns.are_all()) {
            seen.show(resource, columns);
        }
        Self {
            resource,
            path: settings.path().into(),
            settings: Arc::new(settings),
            origin,
            seen,
            members: resource.attributes.iter().map(member).collect(),
            targets: targets.into(),
            candidate: None,
            opposites: writing::opposites(resource).into(),
            has_links: true,
            has_settings: true,
            is_mounted: true,
            shapes: Arc::default(),
        }
    }

    /// The same for one request, in that context.
    pub(crate) fn for_request(&self, context: &dyn Any) -> Self {
        let rules = match (&self.settings.field_access, self.resource.field_access) {
            (Some(Decision(decide)), _) => Some(decide(context)),
            (None, Some(decide)) => Some(decide(context)),
            (None, None) => None,
        };
        let mut seen = self.seen.clone();
        if let Some(rules) = rules {
            seen.narrow(self.resource, &rules);
        }
        Self { seen, ..self.shared() }
    }

    fn shared(&self) -> Self {
        Self {
            resource: self.resource,
            settings: Arc::clone(&self.settings),
            path: Arc::clone(&self.path),
            origin: self.origin,
            seen: Seen::default(),
            members: Arc::clone(&self.members),
            targets: Arc::clone(&self.targets),
            candidate: self.candidate,
            opposites: Arc::clone(&self.opposites),
            has_links: self.has_links,
            has_settings: self.has_settings,
            is_mounted: self.is_mounted,
            shapes: Arc::clone(&self.shapes),
        }
    }

    /// No mistakes yet, and never more than one of its answers tells.
    pub(crate) fn mistakes(&self) -> Mistakes {
        Mistakes::at_most(self.settings.limits.errors)
    }

    /// A column of its table.
    pub(crate) fn column(&self, name: &'static str) -> Column {
        Column::of(self.resource.table, name)
    }

    /// The column of its key.
    pub(crate) fn key_column(&self) -> Column {
        self.column(self.resource.key.column)
    }

    /// True if no code of the application's has a part in writing its resources.
    pub(crate) fn is_plain<DB: Dialect>(&self) -> bool {
        let codecs = self.resource.codecs::<DB>();
        let mut shown = self.seen.attributes.iter().map(|id| &codecs.attribute(*id).codec);
        codecs.presentation.is_none() && codecs.key.codec.is_plain() && shown.all(Codec::is_plain)
    }

    /// What rows there are in that context; `None` if there is no rule.
    pub(crate) fn rule(&self, context: &dyn Any) -> Option<Clause> {
        match (&self.settings.row_filter, self.resource.row_filter) {
            (Some(Decision(rule)), _) => Some(rule(context)),
            (None, Some(rule)) => Some(rule(context)),
            (None, None) => None,
        }
    }

    /// Whether it has a row rule.
    pub(crate) fn has_rule(&self) -> bool {
        self.settings.row_filter.is_some() || self.resource.row_filter.is_some()
    }

    /// The application's validation, if it looks at that.
    pub(crate) fn validation(&self, sight: Sight) -> Option<Decision<Looked>> {
        let own = || self.resource.validate.map(|validate| Decision(Arc::new(validate)));
        let validation = self.settings.validate.clone().or_else(own);
        validation.filter(|Decision(validate)| validate(&()) == Err(sight))
    }

    /// Whether it has field rules.
    pub(crate) fn has_field_rules(&self) -> bool {
        self.settings.field_access.is_some() || self.resource.field_access.is_some()
    }

    /// The ids of the attributes that the client may read.
    pub(crate) fn readable(&self) -> &[AttributeId] {
        &self.seen.attributes
    }

    /// The attribute of that name, if the client may read it, with its id.
    pub(crate) fn readable_attribute(&self, name: &str) -> Option<(AttributeId, &'static Attribute)> {
        self.resource.attribute(name).filter(|(id, _)| self.seen.attributes.contains(id))
    }

    /// The attribute of that name, if the client may know that there is one, with its id.
    pub(crate) fn known_attribute(&self, name: &str) -> Option<(AttributeId, &'static Attribute)> {
        let found = self.resource.attribute(name).filter(|(id, _)| !self.seen.hidden.contains(id));
        found.filter(|(_, attribute)| attribute.is_known(self.seen.format))
    }

    /// The relationship that stands for what a client calls by a foreign key's name: that of its column, or of the attribute
    /// that it is in the classic format.
    pub(crate) fn relationship_of_foreign_key(&self, name: &str) -> Option<&'static str> {
        let column = self.resource.attribute(name).map_or(name, |(_, attribute)| attribute.column);
        let relationship = self.resource.relationship_of_column(column)?;
        self.relationship(relationship.name).map(|(_, relationship)| relationship.name)
    }

    /// Whether its attributes are those that a serializer makes.
    pub(crate) fn is_whole(&self) -> bool {
        self.resource.presented.as_ref().is_some_and(|presented| presented.is_whole)
    }

    /// Whether the model itself may be asked for what the client calls by that name.
    pub(crate) fn is_presented(&self, name: &str) -> bool {
        let is_relationship = || self.resource.relationship(name).is_some();
        let is_hidden = || self.resource.attribute(name).is_some() && self.readable_attribute(name).is_none();
        let is_left_out = || self.seen.only.as_ref().is_some_and(|only| !only.iter().any(|known| known == name));
        match &self.resource.presented {
            Some(_) if is_left_out() || self.seen.hidden_names.iter().any(|hidden| hidden == name) => false,
            Some(presented) if presented.computes(name) => true,
            Some(presented) => presented.is_whole && name != "id" && !is_relationship() && !is_hidden(),
            None => false,
        }
    }

    /// Takes out of what the model tells whatever is hidden from the client.
    pub(crate) fn conceal(&self, attributes: &mut Map<String, Value>) {
        let hidden = self.seen.hidden.iter().map(|id| self.resource.attributes[*id].name);
        for name in hidden.chain(self.seen.hidden_names.iter().map(String::as_str)) {
            attributes.remove(name);
        }
        if let Some(only) = &self.seen.only {
            attributes.retain(|name, _| only.contains(name));
        }
    }

    /// Whether the mount itself shows the resources without their key.
    pub(crate) fn hides_key(&self) -> bool {
        self.settings.columns.first().is_some_and(|columns| !columns.are_all() && !columns.show(self.resource.key.name))
    }

    /// Whether objects of the classic format have a member `id` that is no attribute.
    pub(crate) fn shows_id(&self) -> bool {
        !self.seen.is_keyless
    }

    /// Whether clients may not write the attribute or the relationship of that name for now.
    pub(crate) fn is_locked(&self, name: &str) -> bool {
        self.seen.locked.contains(&name)
    }

    /// The relationships of the resource type at the other end of one whose members are rows of the same join table.
    pub(crate) fn opposites(&self, relationship: RelationshipId) -> impl Iterator<Item = &'static Relationship> {
        let target = self.resource.relationships[relationship].target();
        self.opposites[relationship].iter().map(|id| &target.relationships[*id])
    }

    /// The ids of the relationships that the client may know of.
    pub(crate) fn known_relationships(&self) -> &[RelationshipId] {
        &self.seen.relationships
    }

    /// The relationship of that name, if the client may know of it, with its id.
    pub(crate) fn relationship(&self, name: &str) -> Option<(RelationshipId, &'static Relationship)> {
        self.resource.relationship(name).filter(|(id, _)| self.seen.relationships.contains(id))
    }
}

fn member(attribute: &Attribute) -> Vec<u8> {
    // A name that JSON:API allows needs no escaping.
    format!("\"{}\":", attribute.name).into_bytes()
}
