//! The values that a client wants a resource to have, checked against its type.

use super::{Incoming, Place};
use crate::backend::Dialect;
use crate::endpoint::Endpoint;
use crate::error::Error;
use crate::resource_type::Attribute;
use crate::statement::Fragment;
use crate::value::Input;

/// Values by column, ready to be written.
pub(super) struct Changes<DB: Dialect> {
    pub(super) values: Vec<(&'static str, Fragment<DB>)>,
    /// The names of the attributes that the client sent.
    pub(super) sent: Vec<&'static str>,
}

/// What a write may set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Moment {
    Creation,
    Update,
}

impl<DB: Dialect> Changes<DB> {
    /// Reads the attributes of a document; what cannot be set or does not fit is collected.
    pub(super) fn read(
        endpoint: &Endpoint<DB>,
        incoming: &Incoming<'_>,
        moment: Moment,
        errors: &mut Vec<Error>,
    ) -> Self {
        let mut changes = Changes { values: Vec::new(), sent: Vec::new() };
        for (name, json) in &incoming.attributes {
            match value(endpoint, name, json, moment) {
                Ok((attribute, value)) => {
                    changes.values.push((attribute.column, value));
                    changes.sent.push(attribute.name);
                }
                Err(error) => errors.push(error.at_pointer(incoming.place.attribute(name))),
            }
        }
        refuse_relationships(endpoint, incoming, errors);
        changes
    }

    /// Adds what attributes have by default and the client did not send.
    pub(super) fn add_defaults(&mut self, endpoint: &Endpoint<DB>) {
        for attribute in endpoint.resource.attributes {
            if let Some(default) = attribute.default
                && !self.has(attribute.column)
            {
                self.values.push((attribute.column, default()));
            }
        }
        let key = &endpoint.resource.key;
        if let Some(default) = key.default
            && !self.has(key.column)
        {
            self.values.push((key.column, default()));
        }
    }

    pub(super) fn has(&self, column: &str) -> bool {
        self.values.iter().any(|(found, _)| *found == column)
    }
}

fn value<DB: Dialect>(
    endpoint: &Endpoint<DB>,
    name: &str,
    json: &str,
    moment: Moment,
) -> Result<(&'static Attribute<DB>, Fragment<DB>), Error> {
    let attribute = endpoint.resource.attribute(name);
    let (_, attribute) = attribute.ok_or_else(|| Error::unknown_attribute(name, &endpoint.settings.collection_name))?;
    match moment {
        Moment::Creation if !attribute.access.is_creatable() => return Err(Error::attribute_is_read_only(name)),
        Moment::Update if !attribute.access.is_creatable() => return Err(Error::attribute_is_read_only(name)),
        Moment::Update if !attribute.access.is_updatable() => return Err(Error::attribute_is_create_only(name)),
        Moment::Creation | Moment::Update => {}
    }
    if attribute.is_key && json == "\"\"" {
        return Err(Error::empty_key(name));
    }
    let value = (attribute.codec.bind)(Input::Json(json)).map_err(|mismatch| Error::invalid_value(name, &mismatch))?;
    Ok((attribute, value))
}

fn refuse_relationships<DB: Dialect>(endpoint: &Endpoint<DB>, incoming: &Incoming<'_>, errors: &mut Vec<Error>) {
    let type_name = &endpoint.settings.collection_name;
    errors.extend(incoming.relationships.iter().map(|(name, _)| {
        let pointer = Place { whole: incoming.place.member("relationships"), attributes: None }.member(name);
        Error::unknown_relationship(name, type_name).at_pointer(pointer)
    }));
}

/// Checks that the document's type is the endpoint's.
pub(super) fn check_type<DB: Dialect>(endpoint: &Endpoint<DB>, incoming: &Incoming<'_>, errors: &mut Vec<Error>) {
    let expected = &endpoint.settings.collection_name;
    match &incoming.type_name {
        Some(found) if found == expected => {}
        Some(found) => errors.push(Error::wrong_type(expected, found).at_pointer(incoming.place.member("type"))),
        None => {
            let error = Error::invalid_document("the resource object has no member \"type\"");
            errors.push(error.at_pointer(incoming.place.whole.clone()));
        }
    }
}
