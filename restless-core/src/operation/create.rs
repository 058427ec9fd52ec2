//! Create a resource (JSON:API 1.1, "Creating Resources").

use std::hash::Hash;

use super::changes::{Changes, ForeignKeys, Moment, check_type};
use super::compound::{self, Compound};
use super::linking::{Owner, apply};
use super::records::{KeyReader, Records};
use super::refusal::{self, Subject};
use super::returned::Returned;
use super::shape::Shape;
use super::{Given, Incoming, Outcome, Place, Site, begin};
use crate::backend::{Access, Operation, Refused, Session};
use crate::dialect::{Dialect, Fragment, Kind, SqlText};
use crate::error::{Error, Errors};
use crate::query::{Parameters, View};
use crate::statement::{Assignment, Caching, FindKey, Insert, Returning};
use crate::value::Input;

/// A new resource.
pub(crate) struct Create<DB: Dialect> {
    site: Site<DB>,
    view: View,
    changes: Changes<DB>,
    returned: Option<Returned<DB>>,
    place: Place,
}

impl<DB: Dialect> Create<DB> {
    /// Reads the request.
    pub(crate) fn plan(site: Site<DB>, mut incoming: Incoming<'_>, parameters: &Parameters) -> Result<Self, Errors> {
        let view = View::read(&site.registry, site.place, parameters)?;
        let mut errors = std::mem::take(&mut incoming.mistakes);
        check_type(site.endpoint(), &incoming, &mut errors);
        let mut changes = Changes::read(&site, &mut incoming, Moment::Creation, &mut errors);
        set_id(&site, &incoming, &mut changes, &mut errors);
        Errors::check(errors)?;
        changes.add_defaults(site.endpoint());
        let returned = Returned::new(&site, &view);
        Ok(Self { site, view, changes, returned, place: incoming.place })
    }

    /// Inserts the row and takes the resource from what the statement returns.
    async fn insert_whole<S: Session<Dialect = DB>>(
        &self,
        session: &S,
        returned: &Returned<DB>,
        foreign_keys: &ForeignKeys<DB>,
    ) -> Result<Compound, Errors> {
        let insert = self.statement(self.changes.assignments(foreign_keys), returned.returning());
        let mut reader = returned.reader(&self.site);
        if let Err(refused) = session.load(&insert, &mut reader).await {
            return Err(self.explain(session, refused).await);
        }
        let records = kept(reader.records)?;
        compound::load(session, &self.site.registry, &self.view, returned.resources(records)).await
    }

    /// Inserts the row and gives its id.
    async fn insert<S: Session<Dialect = DB>>(
        &self,
        session: &S,
        foreign_keys: &ForeignKeys<DB>,
    ) -> Result<String, Errors> {
        let key = &self.site.endpoint().resource.key;
        let assignments = self.changes.assignments(foreign_keys);
        let mut reader = KeyReader { codec: &key.codec, key: None };
        match self.untold_key(&assignments) {
            None => {
                let insert = self.statement(assignments, Returning::Key);
                if let Err(refused) = session.load(&insert, &mut reader).await {
                    return Err(self.explain(session, refused).await);
                }
            }
            Some(value) => {
                let known = assignments.iter().find(|(column, _)| *column == key.column).map(|(_, value)| *value);
                let insert = self.statement(assignments, Returning::Nothing);
                if let Err(refused) = session.execute(&insert).await {
                    return Err(self.explain(session, refused).await);
                }
                let (resource, value) = (self.site.endpoint().resource, known.unwrap_or(&value));
                let find = FindKey { resource, value, caching: Caching::Discard };
                session.load(&find, &mut reader).await.map_err(refusal::of_read)?;
            }
        }
        reader.key.ok_or_else(|| Error::conflict("the database refuses the change").into())
    }

    /// How the database names the key that it has made, where its `INSERT` does not return it. A key that is no number
    /// is made by a default of the column, and nobody but the statement can tell it.
    fn untold_key(&self, assignments: &[Assignment<'_, DB>]) -> Option<Fragment<DB>> {
        let key = &self.site.endpoint().resource.key;
        let generated = DB::GENERATED_KEY?;
        let is_known = assignments.iter().any(|(column, _)| *column == key.column);
        (is_known || key.codec.kind() == Kind::Integer).then(|| -> Fragment<DB> { Box::new(SqlText(generated)) })
    }

    fn statement<'a>(&'a self, values: Vec<Assignment<'a, DB>>, returning: Returning<'a, DB>) -> Insert<'a, DB> {
        let endpoint = self.site.endpoint();
        let caching = endpoint.shapes.caching(|hasher| {
            "insert".hash(hasher);
            for (column, _) in &values {
                column.hash(hasher);
            }
            returning.shape(hasher)
        });
        Insert { resource: endpoint.resource, values, returning, caching }
    }

    async fn explain<S: Session<Dialect = DB>>(&self, session: &S, refused: Refused) -> Errors {
        let Changes { sent, links, .. } = &self.changes;
        let subject = Subject { endpoint: self.site.endpoint(), place: Some(&self.place), sent, links };
        self.changes.explain(session, &subject, (&self.site, refused)).await
    }

    /// Links the new resource with others whose tables hold the foreign keys.
    async fn link<S: Session<Dialect = DB>>(&self, session: &S, id: &str) -> Result<(), Errors> {
        if !self.changes.reach_elsewhere(&self.site) {
            return Ok(());
        }
        let keys = self.site.find_written(session, id).await?;
        let owner = Owner { site: &self.site, id, reference: keys.reference.as_deref() };
        for link in &self.changes.links {
            apply(session, &owner, link).await?;
        }
        Ok(())
    }
}

impl<DB: Dialect> Operation<DB> for Create<DB> {
    type Output = Outcome;

    fn access(&self) -> Access {
        Access::Write
    }

    async fn execute<S: Session<Dialect = DB>>(&self, session: &S) -> Result<Outcome, Errors> {
        let is_one_row = self.returned.is_some()
            && session.returns_what_it_keeps(self.site.endpoint().resource.table).await
            && self.changes.are_one_row(session, &self.site).await;
        let returned = self.returned.as_ref().filter(|_| is_one_row);
        if returned.is_none() {
            begin(session).await?;
        }
        let foreign_keys = self.changes.resolve_own(session, &self.site).await?;
        if let Some(returned) = returned {
            return self.insert_whole(session, returned, &foreign_keys).await.map(Outcome::Created);
        }
        let id = self.insert(session, &foreign_keys).await?;
        self.link(session, &id).await?;
        self.site.check_kept(session, &id).await?;
        let compound = read_back(session, &self.site, &self.view, &id).await?;
        Ok(Outcome::Created(compound))
    }
}

/// The rows that a write has returned; none where a trigger has kept the row out.
pub(super) fn kept(records: Records) -> Result<Records, Error> {
    if records.is_empty() { Err(Error::conflict("the database refuses the change")) } else { Ok(records) }
}

/// The resource as the database holds it now, with whatever triggers and defaults made of it.
pub(super) async fn read_back<DB: Dialect, S: Session<Dialect = DB>>(
    session: &S,
    site: &Site<DB>,
    view: &View,
    id: &str,
) -> Result<compound::Compound, Errors> {
    let shape = Shape::new(&site.registry, site.place, view, &view.include.nodes);
    let mut select = shape.select(&site.registry, site.by_key(id)?);
    select.caching = site.endpoint().shapes.caching(|hasher| select.shape(hasher));
    let records = compound::read(session, site.endpoint(), &select, None).await?;
    if records.is_empty() {
        return Err(site.missing(id).into());
    }
    compound::load(session, &site.registry, view, shape.resources(records)).await
}

/// The id that the client chose becomes the key, if it may choose one.
fn set_id<DB: Dialect>(site: &Site<DB>, incoming: &Incoming<'_>, changes: &mut Changes<DB>, errors: &mut Vec<Error>) {
    let Given::Text(id) = &incoming.id else {
        return;
    };
    let endpoint = site.endpoint();
    let key = &endpoint.resource.key;
    let pointer = incoming.place.member("id");
    if key.is_read_only || !endpoint.settings.allow_client_generated_ids {
        errors.push(Error::client_generated_id().at_pointer(pointer));
    } else if changes.has(key.column) {
        let detail = format!("the id is that of the attribute \"{}\" already", key.name);
        errors.push(Error::invalid_document(detail).at_pointer(pointer));
    } else {
        match (key.codec.bind)(Input::Text(id)) {
            Ok(_) if id.is_empty() => errors.push(Error::empty_key("id").at_pointer(pointer)),
            Ok(value) => {
                changes.values.push((key.column, value));
                changes.sent.push("id");
            }
            Err(mismatch) => errors.push(Error::invalid_value("id", &mismatch).at_pointer(pointer)),
        }
    }
}
