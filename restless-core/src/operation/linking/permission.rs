//! Whether a client may write what a change of a relationship writes, by what the model says that owns it.

use super::{Change, LinkChange};
use crate::Method;
use crate::endpoint::{Endpoint, Writable};
use crate::error::Error;
use crate::operation::EndpointRef;
use crate::operation::changes::Moment;
use crate::resource_type::{Link, Relationship, RelationshipId};

/// The methods that change a resource.
pub(in crate::operation) const CHANGES: [Method; 2] = [Method::PATCH, Method::PUT];

impl Change {
    /// Whether it may write anything at the other end, of a resource that is new or has been there.
    fn reaches_others(&self, moment: Moment) -> bool {
        match (self, moment) {
            (Change::Add(members) | Change::Remove(members), _) => !members.is_empty(),
            (_, Moment::Creation) => self.keeps_any(),
            (_, Moment::Update) => true,
        }
    }
}

impl LinkChange {
    /// Fails if the client may not write the columns, or the join table, that hold the relationship. Which rows change is
    /// known only within the transaction, where what depends on that is checked.
    pub(in crate::operation) fn check_permitted(&self, site: &EndpointRef, moment: Moment) -> Result<(), Error> {
        check_own(site.endpoint(), self.relationship, moment).map_err(|error| error.at_pointer(&*self.pointer))?;
        if self.change.reaches_others(moment) { self.check_other_end(site) } else { Ok(()) }
    }

    fn check_other_end(&self, site: &EndpointRef) -> Result<(), Error> {
        check_other_end(site, self.relationship).map_err(|error| error.at_pointer(&*self.pointer))
    }
}

/// Fails if the client may not write a relationship, or the column of this table that is its foreign key.
pub(in crate::operation) fn check_own(
    endpoint: &Endpoint,
    relationship: RelationshipId,
    moment: Moment,
) -> Result<(), Error> {
    let relationship: &Relationship = &endpoint.resource.relationships[relationship];
    if endpoint.is_kept(relationship) {
        return Err(Error::relationship_is_read_only(relationship.name));
    }
    let Link::BelongsTo(foreign_key) = &relationship.link else {
        return Ok(());
    };
    match (endpoint.writable(foreign_key.column), moment) {
        (Writable::Never, _) => Err(Error::relationship_is_read_only(relationship.name)),
        (Writable::AtCreation, Moment::Update) => Err(Error::relationship_is_create_only(relationship.name)),
        _ => Ok(()),
    }
}

/// Fails if the model at the other end lets this client write the foreign key, or the join table, at no time. A member that
/// the client does not know of is not named.
pub(in crate::operation) fn check_other_end(site: &EndpointRef, relationship: RelationshipId) -> Result<(), Error> {
    let endpoint = site.endpoint();
    let description: &Relationship = &endpoint.resource.relationships[relationship];
    let other_end = site.other_end(relationship);
    let other = other_end.endpoint();
    let kept = match &description.link {
        Link::BelongsTo(_) => return Ok(()),
        Link::HasOne(foreign_key) | Link::HasMany(foreign_key) => {
            let is_kept = other.writable(foreign_key.column) == Writable::Never;
            is_kept.then(|| other.name_of_column(foreign_key.column))
        }
        Link::Through { .. } => {
            let mut opposites = endpoint.opposites(relationship);
            let kept = opposites.find(|opposite| other.is_kept(opposite)).map(|opposite| opposite.name);
            kept.map(|name| other.relationship(name).map(|_| name))
        }
    };
    match kept {
        None => Ok(()),
        Some(None) => Err(Error::relationship_is_read_only(description.name)),
        Some(Some(member)) => {
            Err(Error::other_end_is_read_only(description.name, &other.settings.collection_name, member))
        }
    }
}

/// Fails if the endpoint answers none of the methods: whoever may not write a resource at its own URL may not do so by
/// way of another one. A type that nobody mounted has no URLs that could say so.
pub(in crate::operation) fn check_method(
    site: &EndpointRef,
    methods: &[Method],
    done: &str,
    pointer: &str,
) -> Result<(), Error> {
    if answers(site, methods) {
        return Ok(());
    }
    let name = &site.endpoint().settings.collection_name;
    Err(Error::forbidden(format!("\"{name}\" is not {done} here")).at_pointer(pointer))
}

/// Whether clients may use one of the methods on the resources of an endpoint.
pub(super) fn answers(site: &EndpointRef, methods: &[Method]) -> bool {
    let endpoint = site.endpoint();
    !endpoint.has_settings || methods.iter().any(|method| endpoint.settings.methods.contains(method))
}
