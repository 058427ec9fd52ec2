//! What the application's own code says of a document, besides what its resource type says.

use std::borrow::Cow;

use super::{Assigned, Description, Incoming};
use crate::dialect::Dialect;
use crate::endpoint::{Decision, Endpoint};
use crate::error::{Error, Mistakes, ValidationErrors};
use crate::resource_type::Sight;
use crate::value::Input;

/// Lets the application make attributes of what the client sends.
pub(super) fn deserialize(endpoint: &Endpoint, incoming: &mut Incoming<'_>, errors: &mut Mistakes) {
    let Some(deserialize) = endpoint.resource.deserialize else {
        return;
    };
    let sent: Vec<String> = incoming.attributes.iter().map(|(name, _)| name.clone().into_owned()).collect();
    let parsed =
        sent.iter().zip(&incoming.attributes).map(|(name, (_, json))| (name.clone(), serde_json::from_str(json)));
    let parsed = parsed.map(|(name, value)| (name, value.unwrap_or_default()));
    match deserialize(parsed.collect()) {
        Ok(made) => {
            let made = made.into_iter().map(|(name, value)| (Cow::Owned(name), Cow::Owned(value.to_string())));
            incoming.attributes = made.collect();
        }
        Err(found) => {
            explain(&found, incoming, errors);
            incoming.attributes.clear();
        }
    }
    incoming.place.sent = Some(sent);
}

/// A foreign key that is written because of a relationship, as a client of the classic format would write it.
pub(super) struct Referring {
    pub(super) column: &'static str,
    pub(super) json: String,
    /// Where the client asks for it, as a JSON Pointer.
    pub(super) pointer: String,
}

/// Whether the application looks at what clients want to write.
pub(super) fn validates(endpoint: &Endpoint) -> bool {
    endpoint.validation(Sight::Changes).is_some()
}

/// Collects what the application finds wrong with a document, and with the foreign keys that are written with it.
pub(super) fn validate<DB: Dialect>(
    endpoint: &Endpoint,
    incoming: &Incoming<'_>,
    foreign_keys: &[Referring],
    errors: &mut Mistakes,
) {
    let Some(Decision(validate)) = endpoint.validation(Sight::Changes) else {
        return;
    };
    let mut described = sent_alone::<DB>(endpoint, incoming);
    for foreign_key in foreign_keys {
        if !incoming.set.iter().any(|(set, _)| *set == foreign_key.column) {
            add::<DB>(endpoint, &mut described, foreign_key);
        }
    }
    let found = validate(&described).unwrap_or_default();
    errors.extend(found.iter().map(|(name, message)| {
        let attribute = endpoint.resource.attribute(name).map(|(_, attribute)| attribute.column);
        let foreign_key = foreign_keys.iter().find(|foreign_key| Some(foreign_key.column) == attribute);
        let missing = || missing(endpoint, name, incoming);
        let pointer = foreign_key.map_or_else(missing, |foreign_key| foreign_key.pointer.clone());
        Error::invalid(name, message).at_pointer(pointer)
    }));
}

/// What the client sends, without what the application sets in its stead.
fn sent_alone<DB: Dialect>(endpoint: &Endpoint, incoming: &Incoming<'_>) -> Incoming<'static> {
    let description = Some(Description(endpoint.resource.codecs::<DB>()));
    let mut sent = Incoming { description, ..incoming.clone() }.into_owned();
    let set = std::mem::take(&mut sent.set);
    let is_set = |name: &str| {
        let attribute = endpoint.resource.attribute(name);
        attribute.is_some_and(|(_, attribute)| set.iter().any(|(column, _)| *column == attribute.column))
    };
    sent.attributes.retain(|(name, _)| !is_set(name));
    sent
}

/// Adds a foreign key to what the application looks at. It stands in the place of the attribute that the client knows it as.
fn add<DB: Dialect>(endpoint: &Endpoint, described: &mut Incoming<'static>, foreign_key: &Referring) {
    let Referring { column, json, .. } = foreign_key;
    if let Some(attribute) = endpoint.resource.attribute_of_column(column) {
        described.attributes.retain(|(name, _)| name != attribute.name);
        described.attributes.push((Cow::Borrowed(attribute.name), Cow::Owned(json.clone())));
        return;
    }
    let field = endpoint.resource.codecs::<DB>().field_of_column(column);
    let value = field.and_then(|(_, codec)| (codec.parse)(Input::Json(json)).ok());
    described.set.extend(value.map(|value| (*column, Assigned::Typed(value))));
}

/// One error for each attribute, with its pointer.
fn explain(found: &ValidationErrors, incoming: &Incoming<'_>, errors: &mut Mistakes) {
    errors.extend(found.iter().map(|(name, message)| Error::invalid(name, message).at_pointer(incoming.pointer(name))));
}

/// Where an attribute stands in a document, or should stand, and so the relationship that stands for a foreign key.
fn missing(endpoint: &Endpoint, name: &str, incoming: &Incoming<'_>) -> String {
    let is_known = endpoint.known_attribute(name).is_some();
    let relationship = endpoint.relationship(name).map(|(_, relationship)| relationship.name);
    match relationship.or_else(|| endpoint.relationship_of_foreign_key(name)).filter(|_| !is_known) {
        Some(relationship) => incoming.place.relationship(relationship),
        None => incoming.pointer(name),
    }
}
