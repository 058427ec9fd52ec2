//! What the application's own code says of a document, besides what its resource type says.

use std::borrow::Cow;

use super::{Description, Incoming};
use crate::dialect::Dialect;
use crate::endpoint::{Decision, Endpoint};
use crate::error::{Error, Mistakes, ValidationErrors};

/// Lets the application make attributes of what the client sends.
pub(super) fn deserialize<DB: Dialect>(endpoint: &Endpoint<DB>, incoming: &mut Incoming<'_>, errors: &mut Mistakes) {
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

/// Collects what the application finds wrong with a document.
pub(super) fn validate<DB: Dialect>(endpoint: &Endpoint<DB>, incoming: &Incoming<'_>, errors: &mut Mistakes) {
    if endpoint.settings.validate.is_none() && endpoint.resource.validate.is_none() {
        return;
    }
    let described = sent_alone(endpoint, incoming);
    let found = match (&endpoint.settings.validate, endpoint.resource.validate) {
        (Some(Decision(validate)), _) => validate(&described),
        (None, Some(validate)) => validate(&described),
        (None, None) => ValidationErrors::new(),
    };
    explain(&found, incoming, errors);
}

/// What the client sends, without what the application sets in its stead.
fn sent_alone<DB: Dialect>(endpoint: &Endpoint<DB>, incoming: &Incoming<'_>) -> Incoming<'static> {
    let description = Some(Description(endpoint.resource));
    let mut sent = Incoming { description, ..incoming.clone() }.into_owned();
    let set = std::mem::take(&mut sent.set);
    let is_set = |name: &str| {
        let attribute = endpoint.resource.attribute(name);
        attribute.is_some_and(|(_, attribute)| set.iter().any(|(column, _)| *column == attribute.column))
    };
    sent.attributes.retain(|(name, _)| !is_set(name));
    sent
}

/// One error for each attribute, with its pointer.
fn explain(found: &ValidationErrors, incoming: &Incoming<'_>, errors: &mut Mistakes) {
    errors.extend(found.iter().map(|(name, message)| {
        let is_sent = incoming.attributes.iter().any(|(sent, _)| sent == name);
        let pointer = if is_sent { incoming.place.attribute(name) } else { incoming.place.missing_attribute() };
        Error::invalid(name, message).at_pointer(pointer)
    }));
}
