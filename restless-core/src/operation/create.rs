//! Create a resource (JSON:API 1.1, "Creating Resources").

use super::changes::{Changes, Moment, check_type};
use super::compound::{self, Compound};
use super::foreign_keys::{ForeignKeys, Written};
use super::insertion::Insertion;
use super::records::Records;
use super::returned::Returned;
use super::shape::Shape;
use super::{EndpointRef, Incoming, Outcome, Place, WriteSession, begin};
use crate::backend::{RowId, Session};
use crate::dialect::Dialect;
use crate::error::{Error, Errors};
use crate::query::View;

/// A new resource.
pub(crate) struct Create<DB: Dialect> {
    site: EndpointRef,
    view: View,
    changes: Changes<DB>,
    returned: Option<Returned<DB>>,
    place: Place,
}

impl<DB: Dialect> Create<DB> {
    /// Reads the request.
    pub(crate) fn plan(site: EndpointRef, mut incoming: Incoming<'_>, view: View) -> Result<Self, Errors> {
        let mut errors = std::mem::take(&mut incoming.mistakes);
        check_type(site.endpoint(), &incoming, &mut errors);
        let mut changes = Changes::read(&site, &mut incoming, Moment::Creation, &mut errors);
        changes.set_id(&site, &incoming, &mut errors);
        errors.check()?;
        let defaults = changes.defaults(site.endpoint());
        changes.values.extend(defaults);
        let returned = Returned::new(&site, &view);
        Ok(Self { site, view, changes, returned, place: incoming.place })
    }

    /// A row that a foreign key is to refer to.
    pub(super) fn referred(&self) -> Option<RowId<'_>> {
        self.changes.referred(&self.site)
    }

    /// Creates the resource, and reads it as the client is to see it.
    pub(super) async fn run<S: WriteSession<Dialect = DB>>(&self, session: &S) -> Result<Outcome, Errors> {
        self.create(session).await.map(Outcome::Created)
    }

    /// Inserts the row and takes the resource from what the statement returns.
    async fn insert_whole<S: Session<Dialect = DB>>(
        &self,
        session: &S,
        returned: &Returned<DB>,
        foreign_keys: &ForeignKeys<DB>,
    ) -> Result<Compound, Errors> {
        let insert = self.insertion().statement(self.changes.assignments(foreign_keys), returned.returning());
        let mut reader = returned.reader(&self.site);
        if let Err(refused) = session.load(&insert, &mut reader).await {
            return Err(self
                .changes
                .explain(session, Written { site: &self.site, place: &self.place, more: &[] }, refused)
                .await);
        }
        let records = kept(reader.records)?;
        compound::load(session, &self.site.registry, &self.view, returned.resources(records)).await
    }

    fn insertion(&self) -> Insertion<'_, DB> {
        Insertion { site: &self.site, changes: &self.changes, place: &self.place, given: Vec::new() }
    }

    async fn create<S: WriteSession<Dialect = DB>>(&self, session: &S) -> Result<Compound, Errors> {
        let is_one_row = self.returned.is_some()
            && session.returns_what_it_keeps(self.site.endpoint().resource.table).await
            && self.changes.are_one_row(session, &self.site).await;
        let returned = self.returned.as_ref().filter(|_| is_one_row);
        if returned.is_none() {
            begin(session).await?;
        }
        if let Some(returned) = returned {
            let foreign_keys = self.changes.resolve_own(session, &self.site, &[]).await?;
            return self.insert_whole(session, returned, &foreign_keys).await;
        }
        let id = self.insertion().write(session).await?;
        read_back(session, &self.site, &self.view, &id).await
    }
}

/// The rows that a write has returned; none where a trigger has kept the row out.
pub(super) fn kept(records: Records) -> Result<Records, Error> {
    if records.is_empty() { Err(Error::refused_by_database()) } else { Ok(records) }
}

/// The resource as the database holds it now, with whatever triggers and defaults made of it.
pub(super) async fn read_back<S: Session>(
    session: &S,
    site: &EndpointRef,
    view: &View,
    id: &str,
) -> Result<compound::Compound, Errors> {
    let shape = Shape::new(&site.registry, site.id, view, &view.include.nodes);
    let mut select = shape.select(&site.registry, site.by_key(id)?);
    select.caching = site.endpoint().shapes.caching(|hasher| select.shape(hasher));
    let records = compound::read(session, site.endpoint(), &select, None).await?;
    site.check_one(id, records.len())?;
    compound::load(session, &site.registry, view, shape.resources(records)).await
}
