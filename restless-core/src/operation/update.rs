//! Update a resource (JSON:API 1.1, "Updating Resources").

use super::changes::{Changes, Moment, check_type};
use super::compound::{self, Compound};
use super::create::read_back;
use super::foreign_keys::Written;
use super::modification::Modification;
use super::returned::Returned;
use super::{EndpointRef, Given, Incoming, Outcome, Place, RowMoment, WriteSession, begin};
use crate::backend::{RowId, Session};
use crate::dialect::{Dialect, Kind};
use crate::error::{Error, Errors, Mistakes};
use crate::query::View;
use crate::resource_type::{Access, Presented};
use crate::statement::Assignment;

/// What the client wants to be told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Preference {
    /// No more than is needed (RFC 7240, section 4.2, `return=minimal`).
    Minimal,
    /// The resource as it is now (`return=representation`).
    Representation,
}

/// Asks the application about an update, by the id and the changes that it may replace.
pub(super) async fn ask<S: WriteSession>(
    session: &S,
    site: &EndpointRef,
    (id, changed): &mut (String, Incoming<'static>),
) -> Result<(), Errors> {
    let asked = id.clone();
    if let Some(claimed) = claimed::<S::Dialect>(site, changed, id).map(str::to_owned)
        && site.is_same(session, [id.as_str(), &claimed]).await?
    {
        changed.id = Given::Text(id.clone());
    }
    session.ask(site, RowMoment::BeforeUpdate(id, changed)).await?;
    if *id != asked && changed.id == Given::Text(asked) {
        changed.id = Given::Text(id.clone());
    }
    Ok(())
}

/// New values of a resource.
pub(crate) struct UpdateResource<DB: Dialect> {
    site: EndpointRef,
    id: String,
    view: View,
    changes: Changes<DB>,
    is_shown: bool,
    returned: Option<Returned<DB>>,
    place: Place,
    /// The id in the document, where it may be another spelling of that in the URL.
    claimed: Option<String>,
}

impl<DB: Dialect> UpdateResource<DB> {
    /// Reads the request.
    pub(crate) fn plan(
        (site, id): (EndpointRef, String),
        mut incoming: Incoming<'_>,
        view: View,
        preference: Preference,
    ) -> Result<Self, Errors> {
        site.key::<DB>(&id)?;
        let mut errors = std::mem::take(&mut incoming.mistakes);
        check_type(site.endpoint(), &incoming, &mut errors);
        let claimed = claimed::<DB>(&site, &incoming, &id).map(str::to_owned);
        if claimed.is_none() {
            check_id(&incoming, &id, &mut errors);
        }
        let changes = Changes::read(&site, &mut incoming, Moment::Update, &mut errors);
        errors.check()?;
        let is_shown = preference == Preference::Representation || changes_by_itself(&site);
        let returned = if is_shown { Returned::new(&site, &view) } else { None };
        Ok(Self { site, id, view, changes, is_shown, returned, place: incoming.place, claimed })
    }

    /// The row.
    pub(super) fn row(&self) -> RowId<'_> {
        self.site.row(&self.id)
    }

    /// A row that a foreign key is to refer to.
    pub(super) fn referred(&self) -> Option<RowId<'_>> {
        self.changes.referred(&self.site)
    }

    /// Updates the resource, and reads it as far as the client is to see it.
    pub(super) async fn run<S: WriteSession<Dialect = DB>>(&self, session: &S) -> Result<Outcome, Errors> {
        self.update(session).await.map(Outcome::Updated)
    }

    /// Fails if the id in the document is that of another row, as far as only the database knows.
    async fn check_claimed<S: Session<Dialect = DB>>(&self, session: &S) -> Result<(), Errors> {
        match &self.claimed {
            Some(claimed) if !self.site.is_same(session, [&self.id, claimed]).await? => {
                Err(Error::wrong_id(&self.id, claimed).at_pointer(self.place.member("id")).into())
            }
            _ => Ok(()),
        }
    }

    /// Writes the row and takes the resource from what the statement returns.
    async fn update_whole<S: Session<Dialect = DB>>(
        &self,
        session: &S,
        returned: &Returned<DB>,
        values: Vec<Assignment<'_, DB>>,
    ) -> Result<Compound, Errors> {
        let update = self.modification().statement(values, returned.returning())?;
        let mut reader = returned.reader(&self.site);
        if let Err(refused) = session.load(&update, &mut reader).await {
            return Err(self
                .changes
                .explain(session, Written { site: &self.site, place: &self.place, more: &[] }, refused)
                .await);
        }
        if reader.records.is_empty() {
            return Err(self.site.missing(&self.id).into());
        }
        let primary = returned.resources(reader.records);
        compound::load(session, &self.site.registry, &self.view, primary).await
    }

    fn modification(&self) -> Modification<'_, DB> {
        Modification { site: &self.site, id: &self.id, changes: &self.changes, place: &self.place }
    }

    /// Whether a single statement does everything and tells everything that the client is to be told.
    async fn is_one_row<S: Session<Dialect = DB>>(&self, session: &S) -> bool {
        let table = self.site.endpoint().resource.table;
        !self.site.registry.has_rules()
            && self.claimed.is_none()
            && self.site.has_unique_ids(session).await
            && self.changes.are_one_row(session, &self.site).await
            && (!self.is_shown || (self.returned.is_some() && session.returns_what_it_keeps(table).await))
    }

    async fn update<S: WriteSession<Dialect = DB>>(&self, session: &S) -> Result<Option<Compound>, Errors> {
        if self.is_shown && self.claimed.is_none() && self.changes.is_nothing() {
            return read_back(session, &self.site, &self.view, &self.id).await.map(Some);
        }
        let is_one_row = self.is_one_row(session).await;
        if !is_one_row {
            begin(session).await?;
        }
        self.check_claimed(session).await?;
        if let Some(returned) = self.returned.as_ref().filter(|_| is_one_row && self.changes.is_any()) {
            let foreign_keys = self.changes.resolve_own(session, &self.site, &[]).await?;
            let compound = self.update_whole(session, returned, self.changes.assignments(&foreign_keys)).await?;
            return Ok(Some(compound));
        }
        self.modification().write(session).await?;
        if !self.is_shown {
            return Ok(None);
        }
        read_back(session, &self.site, &self.view, &self.id).await.map(Some)
    }
}

/// The id in a document that is not that of the URL by its letters, but may be for the database.
fn claimed<'i, DB: Dialect>(site: &EndpointRef, incoming: &'i Incoming<'_>, id: &str) -> Option<&'i str> {
    let Given::Text(found) = &incoming.id else {
        return None;
    };
    let may_differ = site.endpoint().resource.key.sql.kind() != Kind::Integer;
    (may_differ && found != id && site.key::<DB>(id).is_ok() && site.key::<DB>(found).is_ok()).then_some(found)
}

fn check_id(incoming: &Incoming<'_>, id: &str, errors: &mut Mistakes) {
    match &incoming.id {
        Given::Text(found) if found == id => {}
        Given::Text(found) => errors.push(Error::wrong_id(id, found).at_pointer(incoming.place.member("id"))),
        Given::Malformed | Given::Implied => {}
        Given::Absent => {
            let error = Error::invalid_document("the resource object has no member \"id\"");
            errors.push(error.at_pointer(incoming.place.whole.clone()));
        }
    }
}

/// Whether an update may change more than the client asked for: a client cannot write what the database maintains.
fn changes_by_itself(site: &EndpointRef) -> bool {
    let resource = site.endpoint().resource;
    let computes = resource.presented.as_ref().is_some_and(Presented::computes_any);
    computes
        || resource.attributes.iter().any(|attribute| attribute.access == Access::ReadOnly && !attribute.is_foreign_key)
}
