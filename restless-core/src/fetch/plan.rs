//! What the application asks for, and what that means on the database at hand.

use std::marker::PhantomData;
use std::sync::Arc;

use super::registries;
use crate::backend::{Access, Backend, Database, Pool};
use crate::clause::Clause;
use crate::dialect::Dialect;
use crate::endpoint::EndpointId;
use crate::error::{Error, Errors, Mistakes};
use crate::filter::{Resolver, Rows};
use crate::operation::{CountModels, FetchModels, Found, Total};
use crate::query::{Paging, Sorting, sorting};
use crate::registry::{EndpointRef, Registry};
use crate::resource_type::{Model, Readable, ResourceType};
use crate::statement::{Predicate, Select, Window};

/// Resources of a model, on whatever database.
pub struct Plan {
    pub(super) clause: Option<Clause>,
    pub(super) sort: String,
    pub(super) paging: Paging,
    pub(super) wanted: Wanted,
}

/// What is wanted of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wanted {
    /// The one that there can be.
    One,
    Rows,
    /// The rows, and how many there are in all.
    Page,
}

/// The model's own endpoint in its registry.
const OWN: EndpointId = EndpointId::new(0);

impl Plan {
    /// Fetches the models.
    pub(super) async fn load<DB: Dialect, M: Readable<DB>>(
        self,
        resource: &'static ResourceType,
        pool: &impl Pool<DB>,
    ) -> Result<Found<M>, Errors> {
        let registry = registries::of(resource);
        let select = self.select(&registry)?;
        let total = if self.wanted == Wanted::Page { Total::Told } else { Total::NotTold };
        let access = if self.wanted == Wanted::One { Access::ReadOne } else { Access::Read };
        pool.run(FetchModels { select, paging: self.paging, total, access, model: PhantomData }).await
    }

    /// Counts them.
    async fn count<DB: Dialect>(self, resource: &'static ResourceType, pool: &impl Pool<DB>) -> Result<u64, Errors> {
        if !resource.is_made_for::<DB>() {
            return Err(not_made().into());
        }
        let registry = registries::of(resource);
        let select = self.select(&registry)?;
        pool.run(CountModels { table: resource.table, predicate: select.predicate, caching: select.caching }).await
    }

    fn select<DB: Dialect>(&self, registry: &Arc<Registry>) -> Result<Select<DB>, Errors> {
        let mut errors = Mistakes::default();
        let predicate = self.predicate(registry, &mut errors);
        let Sorting { joins, order } = self.sorting(registry, &mut errors);
        errors.check()?;
        let endpoint = registry.endpoint(OWN);
        let window = self.window();
        let mut select = Select { joins, order, window, ..Select::keys(endpoint.resource, predicate) };
        select.caching = endpoint.shapes.caching(|hasher| select.shape(hasher));
        Ok(select)
    }

    fn predicate<DB: Dialect>(&self, registry: &Registry, errors: &mut Mistakes) -> Predicate<DB> {
        let rows = Rows::of(registry, OWN);
        let clause = self.clause.as_ref();
        let resolved = clause.and_then(|clause| Resolver::of_application(registry, errors).resolve(clause, rows));
        Predicate::All(resolved.into_iter().collect())
    }

    /// One resource needs no order.
    fn sorting<DB: Dialect>(&self, registry: &Arc<Registry>, errors: &mut Mistakes) -> Sorting<DB> {
        match self.wanted {
            Wanted::One => Sorting { joins: Vec::new(), order: Vec::new() },
            Wanted::Rows | Wanted::Page => {
                sorting(&EndpointRef { registry: Arc::clone(registry), id: OWN }, &self.sort, errors)
            }
        }
    }

    fn window<DB: Dialect>(&self) -> Option<Window<DB>> {
        let (before, size) = self.paging.extent()?;
        let offset = i64::try_from(before).unwrap_or(i64::MAX);
        Some(Window { limit: size.min(i64::MAX as u64), offset: (offset > 0).then(|| DB::integer(offset)) })
    }
}

/// Counts the resources of a model on whatever database there is.
pub(super) async fn count<M: Model>(database: &Database, plan: Plan) -> Result<u64, Errors> {
    let resource = M::resource_type();
    match database.backend() {
        #[cfg(feature = "sqlite")]
        Backend::Sqlite(pool) => plan.count(resource, pool).await,
        #[cfg(feature = "postgres")]
        Backend::Postgres(pool) => plan.count(resource, pool).await,
        #[cfg(feature = "mysql")]
        Backend::Mysql(pool) => plan.count(resource, pool).await,
        #[cfg(not(any(feature = "sqlite", feature = "postgres", feature = "mysql")))]
        Backend::Absent => Err(not_made().into()),
    }
}

/// The model is made for other backends than that of the database.
pub(super) fn not_made() -> Error {
    Error::internal("the model is not made for the backend of the database: see its check_for_backend")
}
