//! Fetching models in the application's own code, on the engine that answers requests.

mod fetchable;
mod load_from;
mod page;
mod plan;
mod registries;

use crate::backend::Database;
use crate::error::Error;
use crate::query::Paging;
use crate::resource_type::Model;
use crate::typed::Filter;

pub use fetchable::Fetchable;
pub use load_from::LoadFrom;
pub use page::Page;

use plan::{Plan, Wanted};

/// What is to be fetched of a model: which resources, in which order, which page of them. Begun by [`Fetchable::fetch`].
///
/// The application sees every row and every field; rules and access are for clients.
#[must_use = "nothing is fetched before `load`, `first` or `count`"]
pub struct Fetch<M> {
    filter: Option<Filter<M>>,
    sort: String,
    page: Option<(u64, u64)>,
}

impl<M: Model> Fetch<M> {
    pub(crate) const fn everything() -> Self {
        Self { filter: None, sort: String::new(), page: None }
    }

    /// Only resources that pass the filter; several filters have to be passed all.
    pub fn filter(mut self, filter: Filter<M>) -> Self {
        self.filter = Some(match self.filter {
            Some(others) => others.and(filter),
            None => filter,
        });
        self
    }

    /// In this order, as clients write it: `"-age,name,owner.name"`. Fields are called by their names on the wire, as they
    /// would be if no key kept them from it. The key is the last tiebreak.
    pub fn sort(mut self, keys: &str) -> Self {
        keys.clone_into(&mut self.sort);
        self
    }

    /// Only the page of that number, which begins with 1, with pages of that size. Without it, all resources are fetched.
    pub const fn page(mut self, number: u64, size: u64) -> Self {
        self.page = Some((number, size));
        self
    }

    /// Fetches the page, and how many resources there are in all.
    ///
    /// # Errors
    ///
    /// 400 when the order names no field, the page has no number or size, or a test does not suit the column; 503 when the
    /// database cannot be reached.
    pub async fn load(self, database: &Database) -> Result<Page<M>, Error>
    where
        M::Backends: LoadFrom<M>,
    {
        let (paging, page) = (self.paging()?, self.page);
        let found = M::Backends::load(database, self.plan(paging, Wanted::Page)).await.map_err(first)?;
        let (number, size) = page.unwrap_or((1, found.total));
        Ok(Page { items: found.models, total: found.total, number, size })
    }

    /// Fetches the first resource in the order, if there is one.
    ///
    /// # Errors
    ///
    /// Those of [`load`](Self::load).
    pub async fn first(self, database: &Database) -> Result<Option<M>, Error>
    where
        M::Backends: LoadFrom<M>,
    {
        let plan = self.plan(Paging::Page { number: 1, size: 1 }, Wanted::Rows);
        M::Backends::load(database, plan).await.map(|found| found.models.into_iter().next()).map_err(first)
    }

    /// Counts the resources that pass the filters.
    ///
    /// # Errors
    ///
    /// Those of [`load`](Self::load).
    pub async fn count(self, database: &Database) -> Result<u64, Error> {
        plan::count::<M>(database, self.plan(Paging::Whole { most: 0 }, Wanted::Rows)).await.map_err(first)
    }

    fn paging(&self) -> Result<Paging, Error> {
        match self.page {
            None => Ok(Paging::Whole { most: 0 }),
            Some((0, _) | (_, 0)) => Err(Error::bad_request("page: expected a number and a size from 1 on")),
            Some((number, size)) if i64::try_from(Paging::offset(number, size)).is_err() => {
                Err(Error::bad_request("page: the number is too large"))
            }
            Some((number, size)) => Ok(Paging::Page { number, size }),
        }
    }

    fn plan(self, paging: Paging, wanted: Wanted) -> Plan {
        Plan { clause: self.filter.map(Filter::into_clause), sort: self.sort, paging, wanted }
    }
}

/// One of the errors; the application's own code is not a request, which would be told all of them.
fn first(errors: crate::error::Errors) -> Error {
    errors.into_iter().next().unwrap_or_else(|| Error::internal("an error without a reason"))
}
