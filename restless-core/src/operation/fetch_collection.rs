//! Fetch a collection, or the resources of a to-many relationship (JSON:API 1.1, "Fetching Resources").

use futures_util::future::try_join;

use super::compound;
use super::records::Records;
use super::shape::Shape;
use super::{EndpointRef, Outcome, Page, RelatedTo};
use crate::backend::{Access, Operation, Session};
use crate::dialect::Dialect;
use crate::error::{Error, Errors};
use crate::query::{CollectionQuery, Cut, Grouping, Paging, View};
use crate::resource_type::Count;
use crate::statement::{Caching, Filling, Predicate, Select, ShapeId, Window};

/// A page of a collection, what is included with it, and how many resources there are.
pub(crate) struct FetchCollection<DB: Dialect> {
    site: EndpointRef,
    view: View,
    select: Select<DB>,
    /// What is remembered of pages like this one.
    kept: Option<ShapeId>,
    shape: Shape,
    paging: Paging,
    count: Count,
    cut: Cut,
    /// The resource whose relationship this is.
    parent: Option<RelatedTo>,
}

impl<DB: Dialect> FetchCollection<DB> {
    /// The resources of a collection as far as a query asks for them.
    pub(crate) fn plan(site: EndpointRef, query: CollectionQuery<DB>) -> Self {
        Self::new(site, query, None)
    }

    /// The resources of a to-many relationship as far as a query asks for them.
    pub(crate) fn related(related: RelatedTo, mut query: CollectionQuery<DB>) -> Result<Self, Errors> {
        query.predicate = Predicate::All(vec![related.predicate()?, query.predicate]);
        Ok(Self::new(related.other_end(), query, Some(related)))
    }

    fn new(site: EndpointRef, query: CollectionQuery<DB>, parent: Option<RelatedTo>) -> Self {
        let CollectionQuery { view, predicate, sorting, paging, count, cut, grouping, .. } = query;
        let endpoint = site.endpoint();
        let predicate = Grouping::apply(grouping, &site, predicate);
        let shape = Shape::new(&site.registry, site.id, &view, &view.include.nodes);
        let mut select = shape.select(&site.registry, predicate);
        (select.joins, select.order) = (sorting.joins, sorting.order);
        select.window = window(paging, count, cut);
        let kept = endpoint.shapes.keep(|hasher| select.shape(hasher));
        select.caching = if kept.is_some() { Caching::Keep } else { Caching::Discard };
        Self { site, view, select, kept, shape, paging, count, cut, parent }
    }

    /// Fetches the page.
    pub(super) async fn load<S: Session<Dialect = DB>>(&self, session: &S) -> Result<Page, Errors> {
        let (mut records, counted) = self.read(session).await?;
        self.check_parent(session, &records).await?;
        let rows = records.len() as u64;
        self.check_whole(rows)?;
        let total = self.total(session, rows, counted).await?;
        let has_next = has_next(self.paging, total, rows);
        if let Some((_, size)) = self.paging.extent() {
            records.truncate(usize::try_from(size).unwrap_or(usize::MAX));
        }
        let primary = self.shape.resources(records);
        let compound = compound::load(session, &self.site.registry, &self.view, primary).await?;
        Ok(Page { compound, paging: self.paging, total, has_next })
    }

    /// Reads the rows; and counts them at the same time, if it costs no time and the page will hardly tell the total.
    async fn read<S: Session<Dialect = DB>>(&self, session: &S) -> Result<(Records, Option<u64>), Errors> {
        let endpoint = self.site.endpoint();
        let read = compound::read(session, endpoint, &self.select, None);
        let Some(kept) = self.kept.filter(|_| S::PIPELINES && self.count == Count::Exact) else {
            return Ok((read.await?, None));
        };
        let (records, counted) = if endpoint.shapes.filling(kept) == Filling::Full {
            let (records, counted) = try_join(read, self.count_rows(session)).await?;
            (records, Some(counted))
        } else {
            (read.await?, None)
        };
        let total = known_total(self.paging, records.len() as u64);
        endpoint.shapes.note_filling(kept, if total.is_none() { Filling::Full } else { Filling::Partial });
        Ok((records, counted))
    }

    async fn count_rows<S: Session<Dialect = DB>>(&self, session: &S) -> Result<u64, Errors> {
        let (predicate, caching) = (&self.select.predicate, self.select.caching);
        let rows = compound::count(session, self.select.resource.table, predicate, caching).await?;
        Ok(self.cut.of(rows))
    }

    /// A relationship without members may be one of a resource that does not exist.
    async fn check_parent<S: Session<Dialect = DB>>(&self, session: &S, records: &Records) -> Result<(), Errors> {
        match &self.parent {
            Some(parent) => parent.check_owner(session, records).await,
            None => Ok(()),
        }
    }

    async fn total<S: Session<Dialect = DB>>(
        &self,
        session: &S,
        rows: u64,
        counted: Option<u64>,
    ) -> Result<Option<u64>, Errors> {
        if self.count == Count::None {
            return Ok(None);
        }
        match known_total(self.paging, rows).or(counted) {
            Some(total) => Ok(Some(total)),
            None => self.count_rows(session).await.map(Some),
        }
    }

    /// Refuses a collection that was asked for as a whole and is larger than a page may be.
    fn check_whole(&self, rows: u64) -> Result<(), Error> {
        match self.paging {
            Paging::Whole { most } if most > 0 && rows > most => {
                let detail = format!("page[size]: the collection has more than {most} resources, ask for pages of it");
                Err(Error::invalid_parameter("page[size]", detail))
            }
            _ => Ok(()),
        }
    }
}

impl<DB: Dialect> Operation<DB> for FetchCollection<DB> {
    type Output = Outcome;

    fn access(&self) -> Access {
        Access::Read
    }

    async fn execute<S: Session<Dialect = DB>>(&self, session: &S) -> Result<Outcome, Errors> {
        self.load(session).await.map(Outcome::Collection)
    }
}

/// The rows to select: where the total is not told, one more than the page has, which tells whether there is a next one.
pub(super) fn window<DB: Dialect>(paging: Paging, count: Count, cut: Cut) -> Option<Window<DB>> {
    let window = |before: u64, size: u64| Some(cut_window(cut, before, size));
    match (paging.extent(), paging) {
        (Some((before, size)), _) if count == Count::None => window(before, size.saturating_add(1)),
        (Some((before, size)), _) => window(before, size),
        (None, Paging::Whole { most }) if most > 0 => window(0, most + 1),
        (None, _) if cut == Cut::default() => None,
        (None, _) => window(0, u64::MAX),
    }
}

/// So many rows of a part of a collection, behind so many others of it.
pub(super) fn cut_window<DB: Dialect>(cut: Cut, before: u64, size: u64) -> Window<DB> {
    let offset = i64::try_from(cut.offset.saturating_add(before)).unwrap_or(i64::MAX);
    let limit = cut.room(before, size).min(i64::MAX as u64);
    Window { limit, offset: (offset > 0).then(|| DB::integer(offset)) }
}

/// The total, where the page tells it: it is not full, and it is the first or not empty.
pub(super) fn known_total(paging: Paging, rows: u64) -> Option<u64> {
    match paging.extent() {
        None => Some(rows),
        Some((before, size)) if rows < size && (before == 0 || rows > 0) => Some(before + rows),
        Some(_) => None,
    }
}

pub(super) fn has_next(paging: Paging, total: Option<u64>, rows: u64) -> bool {
    match (paging.extent(), total) {
        (None, _) => false,
        (Some((before, size)), Some(total)) => before.saturating_add(size) < total,
        (Some((_, size)), None) => rows > size,
    }
}
