//! Update or delete all resources that a search finds (Flask-Restless 0.17).

use super::changes::{Changes, Moment};
use super::delete::delete_rows;
use super::fetch_collection::cut_window;
use super::modification::Modification;
use super::{Incoming, Outcome, Place, Records, Site, begin, compound};
use crate::backend::{Access, Operation, Session};
use crate::dialect::Dialect;
use crate::error::{Error, Errors};
use crate::query::{CollectionQuery, Grouping};
use crate::statement::{Caching, Hold, Returning, Select, Update};

/// The greatest number of resources that one request may change.
const MOST: u64 = 10_000;

/// Selects the keys of what a search finds.
pub(crate) struct Found<DB: Dialect> {
    site: Site<DB>,
    select: Select<DB>,
}

impl<DB: Dialect> Found<DB> {
    /// Reads the search.
    pub(crate) fn plan(site: Site<DB>, search: Option<&str>) -> Result<Self, Errors> {
        let query = CollectionQuery::search_within(&site.registry, site.place, search)?;
        let CollectionQuery { predicate, sorting, cut, grouping, .. } = query;
        let predicate = Grouping::apply(grouping, (&site.registry, site.place), predicate);
        let mut select = site.keys_where(predicate);
        select.window = Some(cut_window(cut, (0, MOST + 1)));
        let is_joined = !sorting.joins.is_empty();
        (select.joins, select.order) = (sorting.joins, sorting.order);
        // Databases do not hold rows of joined tables that may be missing.
        select.hold = if is_joined { Hold::No } else { Hold::UntilTheEnd };
        select.caching = Caching::Discard;
        Ok(Self { site, select })
    }

    /// The rows. Too many of them are refused: nothing that a client starts is without bound.
    pub(crate) async fn load<S: Session<Dialect = DB>>(&self, session: &S) -> Result<Records, Errors> {
        let rows = compound::read(session, self.site.endpoint(), &self.select, None).await?;
        if rows.len() as u64 > MOST {
            let detail = format!("q: more than {MOST} resources would change at once");
            return Err(Error::invalid_parameter("q", detail).with_meta("maxChanged", MOST).into());
        }
        Ok(rows)
    }
}

/// New values of every resource that a search finds.
pub(crate) struct UpdateMany<DB: Dialect> {
    found: Found<DB>,
    changes: Changes<DB>,
    place: Place,
}

impl<DB: Dialect> UpdateMany<DB> {
    /// Reads the request.
    pub(crate) fn plan(site: &Site<DB>, mut incoming: Incoming<'_>, search: Option<&str>) -> Result<Self, Errors> {
        let found = Found::plan(site.clone(), search)?;
        let mut errors = std::mem::take(&mut incoming.mistakes);
        if incoming.id != super::Given::Implied {
            errors.push(Error::invalid_document("id: many resources have no id in common").at_pointer("/id"));
        }
        let changes = Changes::read(site, &mut incoming, Moment::Update, &mut errors);
        Errors::check(errors).map(|()| Self { found, changes, place: incoming.place })
    }

    /// Where nothing but columns change, one statement does it.
    async fn update_columns<S: Session<Dialect = DB>>(&self, session: &S, ids: &[String]) -> Result<(), Errors> {
        let Self { found: Found { site, .. }, changes, place } = self;
        let foreign_keys = changes.resolve_own(session, site, &[]).await?;
        let endpoint = site.endpoint();
        let update = Update {
            resource: endpoint.resource,
            values: changes.assignments(&foreign_keys),
            predicate: site.by_keys(ids)?,
            returning: Returning::Nothing,
            caching: Caching::Discard,
        };
        match session.execute(&update).await {
            Ok(rows) => site.check_rows(ids.len(), rows)?,
            Err(refused) => return Err(changes.explain(session, (site, place), (&[], refused)).await),
        }
        site.check_all_kept(session, ids).await
    }
}

impl<DB: Dialect> Operation<DB> for UpdateMany<DB> {
    type Output = Outcome;

    fn access(&self) -> Access {
        Access::Write
    }

    async fn execute<S: Session<Dialect = DB>>(&self, session: &S) -> Result<Outcome, Errors> {
        begin(session).await?;
        let rows = self.found.load(session).await?;
        let ids: Vec<String> = rows.iter().map(|row| row.id.clone()).collect();
        let Self { found: Found { site, .. }, changes, place } = self;
        if ids.is_empty() || changes.is_nothing() {
            return Ok(Outcome::Modified(ids.len() as u64));
        }
        if changes.reach_elsewhere(site) || !changes.nested.is_empty() {
            for id in &ids {
                Modification { site, id, changes, place }.write(session).await?;
            }
        } else {
            self.update_columns(session, &ids).await?;
        }
        Ok(Outcome::Modified(ids.len() as u64))
    }
}

/// The end of every resource that a search finds.
pub(crate) struct DeleteMany<DB: Dialect>(Found<DB>);

impl<DB: Dialect> DeleteMany<DB> {
    /// Reads the request.
    pub(crate) fn plan(site: Site<DB>, search: Option<&str>) -> Result<Self, Errors> {
        Found::plan(site, search).map(Self)
    }
}

impl<DB: Dialect> Operation<DB> for DeleteMany<DB> {
    type Output = Outcome;

    fn access(&self) -> Access {
        Access::Write
    }

    async fn execute<S: Session<Dialect = DB>>(&self, session: &S) -> Result<Outcome, Errors> {
        begin(session).await?;
        let rows = self.0.load(session).await?;
        let deleted = deleted(rows.len())?;
        delete_rows(session, &self.0.site, rows).await?;
        Ok(deleted)
    }
}

/// Nothing to delete is 404, as Flask-Restless documents it.
pub(crate) fn deleted(rows: usize) -> Result<Outcome, Error> {
    if rows == 0 { Err(Error::no_result()) } else { Ok(Outcome::Deleted(rows as u64)) }
}
