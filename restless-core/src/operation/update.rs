//! Update a resource (JSON:API 1.1, "Updating Resources").

use super::changes::{Changes, Moment, check_type};
use super::compound::{self, Compound};
use super::create::read_back;
use super::modification::Modification;
use super::returned::Returned;
use super::{Given, Incoming, Outcome, Place, Site, begin};
use crate::backend::{Access, Operation, Session};
use crate::dialect::Dialect;
use crate::error::{Error, Errors};
use crate::query::View;
use crate::resource_type::{Access as FieldAccess, Presentation};
use crate::statement::Assignment;

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
    returned: Option<Returned<DB>>,
    place: Place,
}

impl<DB: Dialect> UpdateResource<DB> {
    /// Reads the request.
    pub(crate) fn plan(
        (site, id): (Site<DB>, String),
        mut incoming: Incoming<'_>,
        view: View,
        preference: Preference,
    ) -> Result<Self, Errors> {
        site.key(&id)?;
        let mut errors = std::mem::take(&mut incoming.mistakes);
        check_type(site.endpoint(), &incoming, &mut errors);
        check_id(&incoming, &id, &mut errors);
        let changes = Changes::read(&site, &mut incoming, Moment::Update, &mut errors);
        Errors::check(errors)?;
        let is_shown = preference == Preference::Representation || changes_by_itself(&site);
        let returned = if is_shown { Returned::new(&site, &view) } else { None };
        Ok(Self { site, id, view, changes, is_shown, returned, place: incoming.place })
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
            return Err(self.changes.explain(session, (&self.site, &self.place), (&[], refused)).await);
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
            && self.site.has_unique_ids(session).await
            && self.changes.are_one_row(session, &self.site).await
            && (!self.is_shown || (self.returned.is_some() && session.returns_what_it_keeps(table).await))
    }
}

impl<DB: Dialect> Operation<DB> for UpdateResource<DB> {
    type Output = Outcome;

    fn access(&self) -> Access {
        Access::Write
    }

    async fn execute<S: Session<Dialect = DB>>(&self, session: &S) -> Result<Outcome, Errors> {
        let is_one_row = self.is_one_row(session).await;
        if !is_one_row {
            begin(session).await?;
        }
        if let Some(returned) = self.returned.as_ref().filter(|_| is_one_row && self.changes.is_any()) {
            let foreign_keys = self.changes.resolve_own(session, &self.site, &[]).await?;
            let compound = self.update_whole(session, returned, self.changes.assignments(&foreign_keys)).await?;
            return Ok(Outcome::Updated(Some(compound)));
        }
        self.modification().write(session).await?;
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
        Given::Malformed | Given::Implied => {}
        Given::Absent => {
            let error = Error::invalid_document("the resource object has no member \"id\"");
            errors.push(error.at_pointer(incoming.place.whole.clone()));
        }
    }
}

/// Whether an update may change more than the client asked for: a client cannot write what the database maintains.
fn changes_by_itself<DB: Dialect>(site: &Site<DB>) -> bool {
    let resource = site.endpoint().resource;
    let computes = resource.presentation.as_ref().is_some_and(Presentation::computes_any);
    computes
        || resource
            .attributes
            .iter()
            .any(|attribute| attribute.access == FieldAccess::ReadOnly && !attribute.is_foreign_key)
}
