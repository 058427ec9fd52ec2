//! Update a resource (JSON:API 1.1, "Updating Resources").

use std::sync::Arc;

use super::changes::{Changes, Moment, check_type};
use super::refusal::Subject;
use super::{Incoming, Outcome, Place, Records, fetch_resource};
use crate::backend::{Access, Dialect, Operation, Session};
use crate::endpoint::Endpoint;
use crate::error::{Error, Errors};
use crate::query::{self, Parameters};
use crate::resource_type::Access as FieldAccess;
use crate::statement::{Caching, Predicate, Select, Update};

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
    endpoint: Arc<Endpoint<DB>>,
    id: String,
    /// Nothing to do if the client sent no attribute.
    update: Option<Update<DB>>,
    /// What the client is shown, or how to find out whether the resource exists.
    select: Select<DB>,
    is_shown: bool,
    place: Place,
    sent: Vec<&'static str>,
}

impl<DB: Dialect> UpdateResource<DB> {
    /// Reads the request.
    pub(crate) fn plan(
        target: (Arc<Endpoint<DB>>, String),
        incoming: Incoming<'_>,
        parameters: &Parameters,
        preference: Preference,
    ) -> Result<Self, Errors> {
        let (endpoint, id) = target;
        let attributes = query::read_fields(&endpoint, parameters)?;
        fetch_resource::key(&endpoint, &id)?;
        let mut errors = Vec::new();
        check_type(&endpoint, &incoming, &mut errors);
        check_id(&incoming, &id, &mut errors);
        let changes = Changes::read(&endpoint, &incoming, Moment::Update, &mut errors);
        Errors::check(errors)?;
        let is_shown = preference == Preference::Representation || changes_by_itself(&endpoint);
        let select = fetch_resource::select_by_key(&endpoint, fetch_resource::key(&endpoint, &id)?, attributes);
        let sent = changes.sent.clone();
        let update = update(&endpoint, &id, changes)?;
        Ok(Self { endpoint, id, update, select, is_shown, place: incoming.place, sent })
    }

    async fn update<S: Session<Dialect = DB>>(&self, session: &S) -> Result<(), Errors> {
        let Some(update) = &self.update else {
            return Ok(());
        };
        let updated = session.execute(update).await;
        let subject = Subject { endpoint: &self.endpoint, place: Some(&self.place), sent: &self.sent };
        match updated.map_err(|error| subject.refuse(error))? {
            0 => Err(fetch_resource::missing(&self.endpoint, &self.id).into()),
            _ => Ok(()),
        }
    }

    async fn select<S: Session<Dialect = DB>>(&self, session: &S) -> Result<Records, Errors> {
        let records = fetch_resource::read(session, &self.endpoint, &self.select).await?;
        if records.is_empty() {
            return Err(fetch_resource::missing(&self.endpoint, &self.id).into());
        }
        Ok(records)
    }
}

impl<DB: Dialect> Operation<DB> for UpdateResource<DB> {
    type Output = Outcome;

    fn access(&self) -> Access {
        Access::Write
    }

    async fn execute<S: Session<Dialect = DB>>(self, session: &S) -> Result<Outcome, Errors> {
        self.update(session).await?;
        if !self.is_shown && self.update.is_some() {
            return Ok(Outcome::Updated(None));
        }
        let records = self.select(session).await?;
        Ok(Outcome::Updated(self.is_shown.then_some(records)))
    }
}

fn check_id(incoming: &Incoming<'_>, id: &str, errors: &mut Vec<Error>) {
    match &incoming.id {
        Some(found) if found == id => {}
        Some(found) => errors.push(Error::wrong_id(id, found).at_pointer(incoming.place.member("id"))),
        None => {
            let error = Error::invalid_document("the resource object has no member \"id\"");
            errors.push(error.at_pointer(incoming.place.whole.clone()));
        }
    }
}

/// Whether an update may change more than the client asked for: a client cannot write what the database maintains.
fn changes_by_itself<DB: Dialect>(endpoint: &Endpoint<DB>) -> bool {
    endpoint.resource.attributes.iter().any(|attribute| attribute.access == FieldAccess::ReadOnly)
}

fn update<DB: Dialect>(endpoint: &Endpoint<DB>, id: &str, changes: Changes<DB>) -> Result<Option<Update<DB>>, Errors> {
    if changes.values.is_empty() {
        return Ok(None);
    }
    let caching = caching(endpoint, &changes);
    let key = fetch_resource::key(endpoint, id)?;
    let predicate = Predicate::Equals { column: endpoint.resource.key.column, value: key };
    Ok(Some(Update { resource: endpoint.resource, values: changes.values, predicate, caching }))
}

fn caching<DB: Dialect>(endpoint: &Endpoint<DB>, changes: &Changes<DB>) -> Caching {
    use std::hash::Hash;
    endpoint.shapes.caching(|hasher| {
        ("update", changes.values.iter().map(|(column, _)| *column).collect::<Vec<_>>()).hash(hasher);
        true
    })
}
