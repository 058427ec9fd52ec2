//! Update a resource (JSON:API 1.1, "Updating Resources").

use std::hash::Hash;

use super::changes::{Changes, Moment, check_type};
use super::create::read_back;
use super::linking::{Owner, apply};
use super::refusal::Subject;
use super::{Given, Incoming, Outcome, Place, Record, Site, begin};
use crate::backend::{Access, Operation, Session};
use crate::dialect::Dialect;
use crate::error::{Error, Errors};
use crate::query::{Parameters, View};
use crate::resource_type::{Access as FieldAccess, Link};
use crate::statement::{Returning, Update};

/// What the client wants to be told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Preference {
    /// No more than is needed (RFC 7240, section 4.2, `return=minimal`).
    Minimal,
    /// The resource as it is now (`return=representation`).
    Representation,
}

/// New values of a resource.
pub(crate) struct UpdateResource<DB: Dialect> {
    site: Site<DB>,
    id: String,
    view: View,
    changes: Changes<DB>,
    is_shown: bool,
    place: Place,
}

impl<DB: Dialect> UpdateResource<DB> {
    /// Reads the request.
    pub(crate) fn plan(
        (site, id): (Site<DB>, String),
        mut incoming: Incoming<'_>,
        parameters: &Parameters,
        preference: Preference,
    ) -> Result<Self, Errors> {
        let view = View::read(&site.registry, site.place, parameters)?;
        site.key(&id)?;
        let mut errors = std::mem::take(&mut incoming.mistakes);
        check_type(site.endpoint(), &incoming, &mut errors);
        check_id(&incoming, &id, &mut errors);
        let changes = Changes::read(&site, &mut incoming, Moment::Update, &mut errors);
        Errors::check(errors)?;
        let is_shown = preference == Preference::Representation || changes_by_itself(&site);
        Ok(Self { site, id, view, changes, is_shown, place: incoming.place })
    }

    /// Writes the row, or makes sure that there is one.
    async fn update<S: Session<Dialect = DB>>(&self, session: &S) -> Result<(), Errors> {
        let foreign_keys = self.changes.resolve_own(session, &self.site).await?;
        let values = self.changes.assignments(&foreign_keys);
        if values.is_empty() {
            return self.site.check_exists(session, &self.id).await;
        }
        let endpoint = self.site.endpoint();
        let columns: Vec<&'static str> = values.iter().map(|(column, _)| *column).collect();
        let caching = endpoint.shapes.caching(|hasher| {
            ("update", columns).hash(hasher);
            true
        });
        let update = Update {
            resource: endpoint.resource,
            values,
            predicate: self.site.by_key(&self.id)?,
            returning: Returning::Nothing,
            caching,
        };
        let updated = session.execute(&update).await;
        let subject =
            Subject { endpoint, place: Some(&self.place), sent: &self.changes.sent, links: &self.changes.links };
        match updated.map_err(|error| subject.refuse(error))? {
            0 => Err(self.site.missing(&self.id).into()),
            _ => Ok(()),
        }
    }

    /// Changes the relationships whose foreign keys other tables hold.
    async fn link<S: Session<Dialect = DB>>(&self, session: &S) -> Result<(), Errors> {
        let relationships = self.site.endpoint().resource.relationships;
        let elsewhere = |relationship: usize| !matches!(relationships[relationship].link, Link::BelongsTo(_));
        if !self.changes.links.iter().any(|link| elsewhere(link.relationship)) {
            return Ok(());
        }
        let keys: Record = self.site.find(session, &self.id).await?;
        let owner = Owner { site: &self.site, id: &self.id, reference: keys.reference.as_deref() };
        for link in &self.changes.links {
            apply(session, &owner, link).await?;
        }
        Ok(())
    }
}

impl<DB: Dialect> Operation<DB> for UpdateResource<DB> {
    type Output = Outcome;

    fn access(&self) -> Access {
        Access::Write
    }

    async fn execute<S: Session<Dialect = DB>>(&self, session: &S) -> Result<Outcome, Errors> {
        if self.is_shown || !self.changes.links.is_empty() {
            begin(session).await?;
        }
        self.update(session).await?;
        self.link(session).await?;
        if !self.is_shown {
            return Ok(Outcome::Updated(None));
        }
        let compound = read_back(session, &self.site, &self.view, &self.id).await?;
        Ok(Outcome::Updated(Some(compound)))
    }
}

fn check_id(incoming: &Incoming<'_>, id: &str, errors: &mut Vec<Error>) {
    match &incoming.id {
        Given::Text(found) if found == id => {}
        Given::Text(found) => errors.push(Error::wrong_id(id, found).at_pointer(incoming.place.member("id"))),
        Given::Malformed => {}
        Given::Absent => {
            let error = Error::invalid_document("the resource object has no member \"id\"");
            errors.push(error.at_pointer(incoming.place.whole.clone()));
        }
    }
}

/// Whether an update may change more than the client asked for: a client cannot write what the database maintains.
fn changes_by_itself<DB: Dialect>(site: &Site<DB>) -> bool {
    let mut attributes = site.endpoint().resource.attributes.iter();
    attributes.any(|attribute| attribute.access == FieldAccess::ReadOnly && attribute.is_shown())
}
