//! What the application's own code says of a document, besides what its resource type says.

use std::borrow::Cow;

use super::{Description, Incoming};
use crate::dialect::Dialect;
use crate::endpoint::{Decision, Endpoint};
use crate::error::{Error, ValidationErrors};
use crate::value::Input;

/// Lets the application make attributes of what the client sends.
pub(super) fn deserialize<DB: Dialect>(endpoint: &Endpoint<DB>, incoming: &mut Incoming<'_>, errors: &mut Vec<Error>) {
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
            errors.extend(explained(&found, incoming));
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
pub(super) fn validates<DB: Dialect>(endpoint: &Endpoint<DB>) -> bool {
    endpoint.settings.validate.is_some() || endpoint.resource.validate.is_some()
}

/// What the application finds wrong with a document, and with the foreign keys that are written with it.
pub(super) fn invalid_with<DB: Dialect>(
    endpoint: &Endpoint<DB>,
    incoming: &Incoming<'_>,
    foreign_keys: &[Referring],
) -> Vec<Error> {
    if !validates(endpoint) {
        return Vec::new();
    }
    let mut described = Incoming { description: Some(Description(endpoint.resource)), ..incoming.clone() }.into_owned();
    for foreign_key in foreign_keys {
        add(endpoint, &mut described, foreign_key);
    }
    let found = match (&endpoint.settings.validate, endpoint.resource.validate) {
        (Some(Decision(validate)), _) => validate(&described),
        (None, Some(validate)) => validate(&described),
        (None, None) => ValidationErrors::new(),
    };
    let errors = found.iter().map(|(name, message)| {
        let attribute = endpoint.resource.attribute(name).map(|(_, attribute)| attribute.column);
        let foreign_key = foreign_keys.iter().find(|foreign_key| Some(foreign_key.column) == attribute);
        let pointer = foreign_key.map_or_else(|| pointer(name, incoming), |foreign_key| foreign_key.pointer.clone());
        Error::invalid(name, message).at_pointer(pointer)
    });
    errors.collect()
}

/// Adds a foreign key to what the application looks at, unless the application has set it. It stands in the place of the
/// attribute that the client knows it as.
fn add<DB: Dialect>(endpoint: &Endpoint<DB>, described: &mut Incoming<'static>, foreign_key: &Referring) {
    let Referring { column, json, .. } = foreign_key;
    if described.set.iter().any(|(set, _)| set == column) {
        return;
    }
    if let Some(attribute) = endpoint.resource.attribute_of_column(column) {
        described.attributes.retain(|(name, _)| name != attribute.name);
        described.attributes.push((Cow::Borrowed(attribute.name), Cow::Owned(json.clone())));
        return;
    }
    let field = endpoint.resource.field_of_column(column);
    let value = field.and_then(|(_, codec)| (codec.parse)(Input::Json(json)).ok());
    described.set.extend(value.map(|value| (*column, value)));
}

/// One error for each attribute, with its pointer.
fn explained(found: &ValidationErrors, incoming: &Incoming<'_>) -> Vec<Error> {
    found.iter().map(|(name, message)| Error::invalid(name, message).at_pointer(pointer(name, incoming))).collect()
}

/// Where an attribute stands in a document, or should stand.
fn pointer(name: &str, incoming: &Incoming<'_>) -> String {
    let is_sent = incoming.attributes.iter().any(|(sent, _)| sent == name);
    if is_sent { incoming.place.attribute(name) } else { incoming.place.missing_attribute() }
}
