//! Fetch what the application's own code asks for, as its own type.

use std::marker::PhantomData;

use diesel::QueryResult;
use diesel::result::Error as DieselError;
use diesel::row::Row;

use super::chronology::look_at_spellings;
use super::fetch_collection::known_total;
use super::model_columns::ModelColumns;
use super::{compound, refusal};
use crate::backend::{Access, Operation, Session, Visitor};
use crate::dialect::{Dialect, TableName};
use crate::error::Errors;
use crate::query::Paging;
use crate::resource_type::{Readable, ResourceType};
use crate::statement::{Caching, Predicate, Select, SelectModels};

/// Whether it is told how many there are in all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Total {
    Told,
    NotTold,
}

/// Rows as models, and how many there are in all.
pub(crate) struct FetchModels<DB: Dialect, M> {
    pub(crate) select: Select<DB>,
    pub(crate) paging: Paging,
    pub(crate) total: Total,
    pub(crate) access: Access,
    pub(crate) model: PhantomData<fn() -> M>,
}

/// What was found.
pub struct Found<M> {
    pub(crate) models: Vec<M>,
    /// How many there are in all; how many were found, if that is not told.
    pub(crate) total: u64,
}

impl<DB: Dialect, M: Readable<DB>> Operation<DB> for FetchModels<DB, M> {
    type Output = Found<M>;

    fn access(&self) -> Access {
        self.access
    }

    async fn execute<S: Session<Dialect = DB>>(&self, session: &S) -> Result<Found<M>, Errors> {
        let resource = self.select.resource;
        let mut models = Models { resource, columns: ModelColumns::default(), found: Vec::new() };
        look_at_spellings(session, &self.select.order).await;
        let statement = SelectModels { selection: M::selection(), select: &self.select };
        session.load(&statement, &mut models).await.map_err(refusal::of_read)?;
        let models = models.found;
        let rows = models.len() as u64;
        let known = if self.total == Total::Told { known_total(self.paging, rows) } else { Some(rows) };
        let total = match known {
            Some(total) => total,
            None => self.count(session).await?,
        };
        Ok(Found { models, total })
    }
}

impl<DB: Dialect, M> FetchModels<DB, M> {
    async fn count<S: Session<Dialect = DB>>(&self, session: &S) -> Result<u64, Errors> {
        let Select { resource, predicate, caching, .. } = &self.select;
        compound::count(session, resource.table, predicate, *caching).await
    }
}

/// How many rows there are.
pub(crate) struct CountModels<DB: Dialect> {
    pub(crate) table: TableName,
    pub(crate) predicate: Predicate<DB>,
    pub(crate) caching: Caching,
}

impl<DB: Dialect> Operation<DB> for CountModels<DB> {
    type Output = u64;

    fn access(&self) -> Access {
        Access::Read
    }

    async fn execute<S: Session<Dialect = DB>>(&self, session: &S) -> Result<u64, Errors> {
        compound::count(session, self.table, &self.predicate, self.caching).await
    }
}

/// Reads rows as models.
struct Models<DB: Dialect, M> {
    resource: &'static ResourceType,
    columns: ModelColumns<DB>,
    found: Vec<M>,
}

impl<DB: Dialect, M: Readable<DB>> Visitor<DB> for Models<DB, M> {
    fn visit<'a, R: Row<'a, DB>>(&mut self, row: &R) -> QueryResult<()> {
        self.columns.check(self.resource, row, 0)?;
        self.found.push(M::read(row).map_err(DieselError::DeserializationError)?);
        Ok(())
    }
}
