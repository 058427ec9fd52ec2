//! What a client sends back though it may not write it.

use super::Incoming;
use super::changes::Moment;
use super::linking::check_own;
use crate::endpoint::Endpoint;
use crate::error::Error;

/// Why the client may not write an attribute that it knows of, if it may not.
pub(super) fn refuse_kept(endpoint: &Endpoint, name: &str, moment: Moment) -> Result<(), Error> {
    let Some((_, attribute)) = endpoint.known_attribute(name) else {
        let computes = endpoint.resource.presented.as_ref().is_some_and(|found| found.computes(name));
        let is_computed = computes && endpoint.is_presented(name);
        return if is_computed { Err(Error::attribute_is_read_only(name)) } else { Ok(()) };
    };
    if !attribute.access.is_creatable() || endpoint.is_locked(name) {
        return Err(Error::attribute_is_read_only(name));
    }
    if moment == Moment::Update && !attribute.access.is_updatable() {
        return Err(Error::attribute_is_create_only(name));
    }
    Ok(())
}

impl Incoming<'_> {
    /// Drops what the client may not write, where the mount says that it is ignored: a resource that was fetched can be sent
    /// back then. What the application sets stays.
    pub(super) fn drop_kept(&mut self, endpoint: &Endpoint, moment: Moment) {
        if !endpoint.settings.ignore_read_only {
            return;
        }
        let is_kept = |name: &str| match endpoint.relationship(name) {
            Some((relationship, _)) => check_own(endpoint, relationship, moment).is_err(),
            None => false,
        };
        self.attributes.retain(|(name, _)| refuse_kept(endpoint, name, moment).is_ok());
        self.relationships.retain(|relationship| !is_kept(&relationship.name));
        self.nested.retain(|nested| !is_kept(&nested.name));
    }

    /// The same before the application is asked, unless it makes other attributes of what the client sends.
    pub(super) fn drop_kept_as_sent(&mut self, endpoint: &Endpoint, moment: Moment) {
        if endpoint.resource.deserialize.is_none() {
            self.drop_kept(endpoint, moment);
        }
    }
}
