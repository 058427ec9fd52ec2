//! Fetch a collection (JSON:API 1.1, "Fetching Resources").

use std::sync::Arc;

use super::records::CountReader;
use super::{Outcome, Page, fetch_resource, refusal};
use crate::backend::{Access, Dialect, Operation, Session};
use crate::endpoint::Endpoint;
use crate::error::{Error, Errors};
use crate::query::{CollectionQuery, Paging, Parameters};
use crate::resource_type::Count;
use crate::statement::{Caching, CountRows, Select, Window};

/// A page of a collection, and how many resources there are.
pub(crate) struct FetchCollection<DB: Dialect> {
    endpoint: Arc<Endpoint<DB>>,
    select: Select<DB>,
    paging: Paging,
}

impl<DB: Dialect> FetchCollection<DB> {
    /// Reads the request.
    pub(crate) fn plan(endpoint: Arc<Endpoint<DB>>, parameters: &Parameters) -> Result<Self, Errors> {
        let query = CollectionQuery::read(&endpoint, parameters)?;
        let mut select = Select {
            resource: endpoint.resource,
            attributes: query.attributes,
            predicate: query.predicate,
            order: query.order,
            window: window(query.paging, endpoint.settings.count),
            caching: Caching::Discard,
        };
        select.caching = endpoint.shapes.caching(|hasher| select.shape(hasher));
        Ok(Self { endpoint, select, paging: query.paging })
    }

    async fn total<S: Session<Dialect = DB>>(&self, session: &S, rows: u64) -> Result<Option<u64>, Errors> {
        if self.endpoint.settings.count == Count::None {
            return Ok(None);
        }
        if let Some(total) = known_total(self.paging, rows) {
            return Ok(Some(total));
        }
        let count = CountRows {
            resource: self.endpoint.resource,
            predicate: &self.select.predicate,
            caching: self.select.caching,
        };
        let mut reader = CountReader::default();
        session.load(&count, &mut reader).await.map_err(refusal::of_read::<DB>)?;
        Ok(Some(reader.0))
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

    async fn execute<S: Session<Dialect = DB>>(self, session: &S) -> Result<Outcome, Errors> {
        let mut records = fetch_resource::read(session, &self.endpoint, &self.select).await?;
        let rows = records.len() as u64;
        self.check_whole(rows)?;
        let total = self.total(session, rows).await?;
        let has_next = has_next(self.paging, total, rows);
        if let Paging::Page { size, .. } = self.paging {
            records.truncate(usize::try_from(size).unwrap_or(usize::MAX));
        }
        Ok(Outcome::Collection(Page { records, paging: self.paging, total, has_next }))
    }
}

/// The rows to select: where the total is not told, one more than the page has, which tells whether there is a next one.
fn window<DB: Dialect>(paging: Paging, count: Count) -> Option<Window<DB>> {
    match paging {
        Paging::Whole { most: 0 } => None,
        Paging::Whole { most } => Some(Window { limit: most + 1, offset: None }),
        Paging::Page { number, size } => {
            let offset = i64::try_from(Paging::offset(number, size)).unwrap_or(i64::MAX);
            let limit = if count == Count::None { size.saturating_add(1) } else { size };
            let limit = limit.min(i64::MAX as u64);
            Some(Window { limit, offset: (offset > 0).then(|| DB::integer(offset)) })
        }
    }
}

/// The total, where the page tells it: it is not full, and it is the first or not empty.
fn known_total(paging: Paging, rows: u64) -> Option<u64> {
    match paging {
        Paging::Whole { .. } => Some(rows),
        Paging::Page { number, size } if rows < size && (number == 1 || rows > 0) => {
            Some(Paging::offset(number, size) + rows)
        }
        Paging::Page { .. } => None,
    }
}

fn has_next(paging: Paging, total: Option<u64>, rows: u64) -> bool {
    match (paging, total) {
        (Paging::Whole { .. }, _) => false,
        (Paging::Page { number, size }, Some(total)) => Paging::offset(number, size).saturating_add(size) < total,
        (Paging::Page { size, .. }, None) => rows > size,
    }
}
