//! Update or delete all resources that a search finds (Flask-Restless 0.17).

use super::asked_row::AskedRow;
use super::changes::{Changes, Moment};
use super::delete::delete_rows;
use super::fetch_collection::cut_window;
use super::foreign_keys::Written;
use super::modification::Modification;
use super::{EndpointRef, Incoming, Outcome, Place, Records, WriteSession, begin, compound};
use crate::backend::Session;
use crate::dialect::Dialect;
use crate::error::{Error, Errors};
use crate::query::{CollectionQuery, Grouping};
use crate::statement::{Caching, Hold, Returning, Select, Update};

/// Selects the keys of what a search finds.
struct Affected<DB: Dialect> {
    site: EndpointRef,
    select: Select<DB>,
    /// How many other rows each may change.
    objects: usize,
}

impl<DB: Dialect> Affected<DB> {
    /// Reads the search.
    fn plan(site: EndpointRef, search: Option<&str>) -> Result<Self, Errors> {
        let query = CollectionQuery::search_within(&site, search)?;
        let CollectionQuery { predicate, sorting, cut, grouping, .. } = query;
        let predicate = Grouping::apply(grouping, &site, predicate);
        let mut select = site.keys_where(predicate);
        let most = site.endpoint().settings.limits.changes;
        select.window = Some(cut_window(cut, 0, most.saturating_add(1)));
        let is_joined = !sorting.joins.is_empty();
        (select.joins, select.order) = (sorting.joins, sorting.order);
        // Databases do not hold rows of joined tables that may be missing.
        select.hold = if is_joined { Hold::No } else { Hold::UntilTheEnd };
        select.caching = Caching::Discard;
        Ok(Self { site, select, objects: 0 })
    }

    /// The same, where each of the rows changes together with that many others.
    pub(crate) const fn with_others(mut self, objects: usize) -> Self {
        self.objects = objects;
        self
    }

    /// The rows. Too many of them are refused: nothing that a client starts is without bound.
    async fn load<S: Session<Dialect = DB>>(&self, session: &S) -> Result<Records, Errors> {
        let rows = compound::read(session, self.site.endpoint(), &self.select, None).await?;
        let most = self.site.endpoint().settings.limits.changes;
        if rows.len() as u64 > most {
            let detail = format!("q: more than {most} resources would change at once");
            return Err(Error::invalid_parameter("q", detail).with_meta("maxChanged", most).into());
        }
        let changes = rows.len().saturating_mul(self.objects.saturating_add(1));
        if changes as u64 > most {
            return Err(Error::too_many_changes(rows.len(), self.objects, most).into());
        }
        Ok(rows)
    }
}

/// New values of every resource that a search finds.
pub(crate) struct UpdateMany<DB: Dialect> {
    found: Affected<DB>,
    content: Content<DB>,
    place: Place,
}

/// What each of the resources is to become.
enum Content<DB: Dialect> {
    Planned(Changes<DB>),
    /// It is planned for each by itself, once the application has been asked about it.
    Asked(Box<Incoming<'static>>),
}

impl<DB: Dialect> UpdateMany<DB> {
    /// Reads the request.
    pub(crate) fn plan(site: &EndpointRef, mut incoming: Incoming<'_>, search: Option<&str>) -> Result<Self, Errors> {
        let found = Affected::plan(site.clone(), search)?.with_others(incoming.objects());
        let mut errors = std::mem::take(&mut incoming.mistakes);
        if incoming.id != super::Given::Implied {
            errors.push(Error::invalid_document("id: many resources have no id in common").at_pointer("/id"));
        }
        let place = incoming.place.clone();
        let content = if site.has_hooks() {
            Content::Asked(Box::new(incoming.into_owned()))
        } else {
            Content::Planned(Changes::read(site, &mut incoming, Moment::Update, &mut errors))
        };
        errors.check().map(|()| Self { found, content, place })
    }

    /// Where nothing but columns change, one statement does it.
    async fn update_columns<S: Session<Dialect = DB>>(
        &self,
        session: &S,
        changes: &Changes<DB>,
        ids: &[String],
    ) -> Result<(), Errors> {
        let Self { found: Affected { site, .. }, place, .. } = self;
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
            Err(refused) => return Err(changes.explain(session, Written { site, place, more: &[] }, refused).await),
        }
        site.check_all_kept(session, ids).await
    }
}

impl<DB: Dialect> UpdateMany<DB> {
    /// Updates the resources.
    pub(super) async fn run<S: WriteSession<Dialect = DB>>(&self, session: &S) -> Result<Outcome, Errors> {
        begin(session).await?;
        let rows = self.found.load(session).await?;
        let ids: Vec<String> = rows.iter().map(|row| row.id.clone()).collect();
        match &self.content {
            Content::Planned(changes) if ids.is_empty() || changes.is_nothing() => {}
            Content::Planned(changes) => self.update(session, changes, &ids).await?,
            Content::Asked(incoming) => {
                for id in &ids {
                    AskedRow::new::<DB>(&self.found.site, Incoming::clone(incoming)).update(session, id, None).await?;
                }
            }
        }
        Ok(Outcome::Modified(ids.len() as u64))
    }
}

impl<DB: Dialect> UpdateMany<DB> {
    async fn update<S: WriteSession<Dialect = DB>>(
        &self,
        session: &S,
        changes: &Changes<DB>,
        ids: &[String],
    ) -> Result<(), Errors> {
        let Self { found: Affected { site, .. }, place, .. } = self;
        if changes.reach_elsewhere(site) || !changes.nested.is_empty() {
            for id in ids {
                Modification { site, id, changes, place }.write(session).await?;
            }
            return Ok(());
        }
        self.update_columns(session, changes, ids).await
    }
}

/// The end of every resource that a search finds.
pub(crate) struct DeleteMany<DB: Dialect>(Affected<DB>);

impl<DB: Dialect> DeleteMany<DB> {
    /// Reads the request.
    pub(crate) fn plan(site: EndpointRef, search: Option<&str>) -> Result<Self, Errors> {
        Affected::plan(site, search).map(Self)
    }
}

impl<DB: Dialect> DeleteMany<DB> {
    /// Deletes the resources.
    pub(super) async fn run<S: WriteSession<Dialect = DB>>(&self, session: &S) -> Result<Outcome, Errors> {
        begin(session).await?;
        let rows = self.0.load(session).await?;
        let deleted = deleted(rows.len())?;
        delete_rows(session, &self.0.site, rows).await?;
        Ok(deleted)
    }
}

/// Nothing to delete is 404, as Flask-Restless documents it.
fn deleted(rows: usize) -> Result<Outcome, Error> {
    if rows == 0 { Err(Error::no_result()) } else { Ok(Outcome::Deleted(rows as u64)) }
}
