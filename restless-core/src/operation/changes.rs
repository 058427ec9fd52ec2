//! The values that a client wants a resource to have, checked against its type.

use super::foreign_keys::{is_checked, own};
use super::incoming::IncomingRelationship;
use super::kept::refuse_kept;
use super::linking::{Change, LinkChange, Manner, Owner, apply};
use super::nested::Nested;
use super::{EndpointRef, Given, Incoming, Place, WriteSession, application, nested};
use crate::backend::{RowId, Session};
use crate::dialect::{Dialect, Fragment};
use crate::endpoint::Endpoint;
use crate::error::{Error, Errors, Mistakes};
use crate::resource_type::{Attribute, Link};
use crate::value::Input;

/// Values by column, ready to be written, and the relationships that change with them.
pub(super) struct Changes<DB: Dialect> {
    pub(super) values: Vec<(&'static str, Fragment<DB>)>,
    /// The names of the attributes that the client sent.
    pub(super) sent: Vec<&'static str>,
    pub(super) links: Vec<LinkChange>,
    /// The related rows that are written with this one.
    pub(super) nested: Vec<Nested<DB>>,
    /// What the application is asked about once more, when foreign keys are known that are not yet.
    pub(super) described: Option<Box<Incoming<'static>>>,
}

/// What a write may set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Moment {
    Creation,
    Update,
}

impl Moment {
    /// What the members of a to-many relationship in a resource object mean.
    const fn manner(self) -> Manner {
        match self {
            Moment::Creation => Manner::Add,
            Moment::Update => Manner::Replace,
        }
    }
}

/// An attribute as a client sends it.
#[derive(Clone, Copy)]
struct SentAttribute<'a> {
    name: &'a str,
    json: &'a str,
    moment: Moment,
}

impl<DB: Dialect> Changes<DB> {
    /// Reads a document; what cannot be set or does not fit is collected.
    pub(super) fn read(site: &EndpointRef, incoming: &mut Incoming<'_>, moment: Moment, errors: &mut Mistakes) -> Self {
        let mut changes = Changes::of_links(Vec::new());
        let endpoint = site.endpoint();
        application::deserialize(endpoint, incoming, errors);
        incoming.drop_kept(endpoint, moment);
        let is_no_key = |name: &str, json: &str| {
            moment == Moment::Creation
                && json == "null"
                && endpoint.resource.attribute(name).is_some_and(|(_, one)| one.is_key)
        };
        for (name, json) in incoming.attributes.iter().filter(|(name, json)| !is_no_key(name, json)) {
            let added = changes.add(site, SentAttribute { name, json, moment }, &incoming.place);
            errors.extend(added.err().map(|error| error.at_pointer(incoming.place.attribute(name))));
        }
        let mut of_relationships = endpoint.mistakes();
        for untouched in incoming.untouched.iter().filter(|one| endpoint.relationship(&one.name).is_none()) {
            let error = Error::unknown_relationship(&untouched.name, &endpoint.settings.collection_name);
            of_relationships.push(error.at_pointer(&*untouched.pointer));
        }
        for relationship in std::mem::take(&mut incoming.relationships) {
            match link(site, relationship, moment) {
                Ok(link) => changes.links.push(link),
                Err(refusals) => of_relationships.extend(refusals),
            }
        }
        for nested in std::mem::take(&mut incoming.nested) {
            match Nested::plan(site, nested, moment, &mut of_relationships) {
                Ok(nested) => changes.nest(nested),
                Err(error) => of_relationships.push(error),
            }
        }
        changes.validate(site, incoming, errors);
        errors.append(of_relationships);
        changes.set(site, incoming, errors);
        changes
    }

    /// Changes of relationships and nothing else.
    pub(super) const fn of_links(links: Vec<LinkChange>) -> Self {
        Self { values: Vec::new(), sent: Vec::new(), links, nested: Vec::new(), described: None }
    }

    /// Adds an attribute. A foreign key is the link that it stands for, where it holds an id.
    fn add(&mut self, site: &EndpointRef, sent: SentAttribute<'_>, place: &Place) -> Result<(), Error> {
        let SentAttribute { name, json, moment } = sent;
        let (attribute, value) = value(site.endpoint(), name, json, moment)?;
        match LinkChange::of_foreign_key(site.endpoint(), attribute, json, place) {
            Some(link) => {
                check_nullable(site, &link)?;
                self.links.push(link);
            }
            None => self.values.push((attribute.column, value)),
        }
        self.sent.push(attribute.name);
        Ok(())
    }

    /// Related resources count for more than the foreign key that stands beside them.
    fn nest(&mut self, nested: Nested<DB>) {
        self.links.retain(|link| link.relationship != nested.relationship);
        self.nested.push(nested);
    }

    /// What attributes have by default and the client did not send; the key stands among them where it is one.
    pub(super) fn defaults(&self, endpoint: &Endpoint) -> Vec<(&'static str, Fragment<DB>)> {
        let (resource, codecs) = (endpoint.resource, endpoint.resource.codecs());
        let is_attribute = resource.attributes.iter().any(|attribute| attribute.is_key);
        let hidden_key = (!is_attribute).then_some((resource.key.column, codecs.key.default));
        let attributes = resource.attributes.iter().zip(codecs.attributes);
        let attributes = attributes.map(|(attribute, field)| (attribute.column, field.default));
        let defaults = attributes.chain(hidden_key).filter(|(column, _)| !self.has(column));
        defaults.filter_map(|(column, default)| Some((column, default?()))).collect()
    }

    /// The id that the client chose becomes the key, if it may choose one.
    pub(super) fn set_id(&mut self, site: &EndpointRef, incoming: &Incoming<'_>, errors: &mut Mistakes) {
        let Given::Text(id) = &incoming.id else {
            return;
        };
        let endpoint = site.endpoint();
        let key = &endpoint.resource.key;
        let pointer = incoming.place.member("id");
        if key.is_read_only || !endpoint.settings.allow_client_generated_ids {
            errors.push(Error::client_generated_id().at_pointer(pointer));
        } else if self.has(key.column) {
            let detail = format!("the id is that of the attribute \"{}\" already", key.name);
            errors.push(Error::invalid_document(detail).at_pointer(pointer));
        } else {
            match (endpoint.resource.codecs().key.codec.bind)(Input::Text(id)) {
                Ok(_) if id.is_empty() => errors.push(Error::empty_key("id").at_pointer(pointer)),
                Ok(value) => {
                    self.values.push((key.column, value));
                    self.sent.push("id");
                }
                Err(mismatch) => errors.push(Error::invalid_value("id", &mismatch).at_pointer(pointer)),
            }
        }
    }

    pub(super) fn has(&self, column: &str) -> bool {
        self.values.iter().any(|(found, _)| *found == column)
    }

    /// Whether nothing but the row itself is to be written, and the database finds out whether the rows exist that it
    /// refers to.
    pub(super) async fn are_one_row<S: Session<Dialect = DB>>(&self, session: &S, site: &EndpointRef) -> bool {
        if !self.nested.is_empty() {
            return false;
        }
        for link in &self.links {
            let is_own = own(site, link).is_some();
            if !is_own || !(link.change.members().is_empty() || is_checked(session, site, link).await) {
                return false;
            }
        }
        true
    }

    /// Whether relationships change whose foreign keys other tables hold.
    pub(super) fn reach_elsewhere(&self, site: &EndpointRef) -> bool {
        self.links.iter().any(|link| own(site, link).is_none()) || self.nested.iter().any(|nested| !nested.is_own(site))
    }

    /// Whether a column of the row itself changes.
    pub(super) fn is_any(&self) -> bool {
        !self.values.is_empty() || !self.links.is_empty()
    }

    /// Whether nothing changes at all.
    pub(super) fn is_nothing(&self) -> bool {
        !self.is_any() && self.nested.is_empty()
    }

    /// Changes the relationships of a row whose foreign keys other tables hold.
    pub(super) async fn link<S: WriteSession<Dialect = DB>>(
        &self,
        session: &S,
        owner: &Owner<'_>,
    ) -> Result<(), Errors> {
        for link in &self.links {
            apply(session, owner, link).await?;
        }
        nested::write_related(session, owner, &self.nested).await
    }

    /// A row that a foreign key is to refer to.
    pub(super) fn referred(&self, site: &EndpointRef) -> Option<RowId<'_>> {
        self.links.iter().find_map(|link| link.referred(site))
    }
}

fn value<DB: Dialect>(
    endpoint: &Endpoint,
    name: &str,
    json: &str,
    moment: Moment,
) -> Result<(&'static Attribute, Fragment<DB>), Error> {
    refuse_kept(endpoint, name, moment)?;
    let Some((place, attribute)) = endpoint.known_attribute(name) else {
        let unknown = Error::unknown_attribute(name, &endpoint.settings.collection_name);
        return Err(unknown.hinting_at(endpoint.relationship_of_foreign_key(name)));
    };
    if attribute.is_key && json == "\"\"" {
        return Err(Error::empty_key(name));
    }
    let codec = &endpoint.resource.codecs().attribute(place).codec;
    let value = (codec.bind)(Input::Json(json)).map_err(|mismatch| Error::invalid_value(name, &mismatch))?;
    Ok((attribute, value))
}

fn link(site: &EndpointRef, incoming: IncomingRelationship, moment: Moment) -> Result<LinkChange, Errors> {
    let link = LinkChange::of_resource(site, incoming, moment.manner())?;
    check_nullable(site, &link)?;
    Ok(link)
}

/// A foreign key that cannot be null cannot be cleared.
pub(super) fn check_nullable(site: &EndpointRef, link: &LinkChange) -> Result<(), Error> {
    let relationship = &site.endpoint().resource.relationships[link.relationship];
    match (&relationship.link, &link.change) {
        (Link::BelongsTo(foreign_key), Change::Set(None)) if !foreign_key.is_nullable => {
            Err(Error::must_not_be_empty(relationship.name).at_pointer(link.pointer.clone()))
        }
        _ => Ok(()),
    }
}

/// Checks that the document's type is the endpoint's.
pub(super) fn check_type(endpoint: &Endpoint, incoming: &Incoming<'_>, errors: &mut Mistakes) {
    let expected = &endpoint.settings.collection_name;
    match &incoming.type_name {
        Given::Text(found) if found == expected => {}
        Given::Text(found) => errors.push(Error::wrong_type(expected, found).at_pointer(incoming.place.member("type"))),
        Given::Malformed | Given::Implied => {}
        Given::Absent => {
            let error = Error::invalid_document("the resource object has no member \"type\"");
            errors.push(error.at_pointer(incoming.place.whole.clone()));
        }
    }
}
