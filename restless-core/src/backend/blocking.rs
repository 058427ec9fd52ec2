//! Connections of asynchronous drivers, for code that blocks.

use std::any::Any;

use diesel::connection::{
    AnsiTransactionManager, CacheSize, Connection, ConnectionSealed, Instrumentation, LoadConnection, SimpleConnection,
    TransactionManager as _,
};
use diesel::expression::QueryMetadata;
use diesel::internal::derives::multiconnection::MultiConnectionHelper;
use diesel::migration::{CREATE_MIGRATIONS_TABLE, MigrationConnection};
use diesel::query_builder::{Query, QueryFragment, QueryId};
use diesel::{ConnectionResult, QueryResult};
use diesel_async::AsyncConnection;
use diesel_async::async_connection_wrapper::AsyncConnectionWrapper;

/// A connection of an asynchronous driver that Diesel's own, blocking interface works with.
pub struct Blocking<C> {
    inner: AsyncConnectionWrapper<C>,
    transactions: AnsiTransactionManager,
}

impl<C: AsyncConnection> Blocking<C> {
    pub(crate) fn new(connection: C) -> Self {
        Self { inner: connection.into(), transactions: AnsiTransactionManager::default() }
    }

    pub(crate) fn into_inner(self) -> C {
        self.inner.into_inner()
    }
}

impl<C: AsyncConnection> SimpleConnection for Blocking<C> {
    fn batch_execute(&mut self, query: &str) -> QueryResult<()> {
        self.inner.batch_execute(query)
    }
}

impl<C> ConnectionSealed for Blocking<C> {}

impl<C: AsyncConnection> Connection for Blocking<C> {
    type Backend = C::Backend;
    type TransactionManager = AnsiTransactionManager;

    fn establish(url: &str) -> ConnectionResult<Self> {
        let inner = <AsyncConnectionWrapper<C> as Connection>::establish(url)?;
        Ok(Self { inner, transactions: AnsiTransactionManager::default() })
    }

    fn execute_returning_count<T>(&mut self, source: &T) -> QueryResult<usize>
    where
        T: QueryFragment<Self::Backend> + QueryId,
    {
        self.inner.execute_returning_count(source)
    }

    fn transaction_state(&mut self) -> &mut AnsiTransactionManager {
        &mut self.transactions
    }

    fn instrumentation(&mut self) -> &mut dyn Instrumentation {
        Connection::instrumentation(&mut self.inner)
    }

    fn set_instrumentation(&mut self, instrumentation: impl Instrumentation) {
        Connection::set_instrumentation(&mut self.inner, instrumentation);
    }

    fn set_prepared_statement_cache_size(&mut self, size: CacheSize) {
        Connection::set_prepared_statement_cache_size(&mut self.inner, size);
    }
}

impl<C: AsyncConnection> LoadConnection for Blocking<C> {
    type Cursor<'conn, 'query>
        = <AsyncConnectionWrapper<C> as LoadConnection>::Cursor<'conn, 'query>
    where
        Self: 'conn;
    type Row<'conn, 'query>
        = C::Row<'conn, 'query>
    where
        Self: 'conn;

    fn load<'conn, 'query, T>(&'conn mut self, source: T) -> QueryResult<Self::Cursor<'conn, 'query>>
    where
        T: Query + QueryFragment<Self::Backend> + QueryId + 'query,
        Self::Backend: QueryMetadata<T::SqlType>,
    {
        self.inner.load(source)
    }
}

impl<C: AsyncConnection> MigrationConnection for Blocking<C> {
    fn setup(&mut self) -> QueryResult<usize> {
        self.batch_execute(CREATE_MIGRATIONS_TABLE).map(|()| 0)
    }
}

/// What `MultiConnection` wants as soon as something in the application's build enables Diesel's pools.
impl<C: AsyncConnection + 'static> diesel::r2d2::R2D2Connection for Blocking<C> {
    fn ping(&mut self) -> QueryResult<()> {
        self.batch_execute("SELECT 1")
    }

    fn is_broken(&mut self) -> bool {
        AnsiTransactionManager::is_broken_transaction_manager(self)
    }
}

/// `MultiConnection` serves no types that a server would have to be asked for.
#[cfg(feature = "postgres")]
mod lookup {
    use super::{Any, Blocking, MultiConnectionHelper};
    use diesel::pg::{PgMetadataLookup, PgTypeMetadata};
    use diesel_async::AsyncPgConnection;

    type Lookup = dyn PgMetadataLookup + 'static;

    struct NoOwnTypes;

    impl PgMetadataLookup for NoOwnTypes {
        fn lookup_type(&mut self, _: &str, _: Option<&str>) -> PgTypeMetadata {
            PgTypeMetadata::new(0, 0)
        }

        fn as_any<'a>(&mut self) -> &mut (dyn Any + 'a)
        where
            Self: 'a,
        {
            self
        }
    }

    impl MultiConnectionHelper for Blocking<AsyncPgConnection> {
        fn to_any<'a>(_: &mut Lookup) -> &mut (dyn Any + 'a) {
            // It has no size, so that nothing is allocated.
            Box::leak(Box::new(NoOwnTypes))
        }

        fn from_any(_: &mut dyn Any) -> Option<&mut Lookup> {
            Some(Box::leak(Box::new(NoOwnTypes)))
        }
    }
}

#[cfg(feature = "mysql")]
impl MultiConnectionHelper for Blocking<diesel_async::AsyncMysqlConnection> {
    fn to_any<'a>(lookup: &mut ()) -> &mut (dyn Any + 'a) {
        lookup
    }

    fn from_any(lookup: &mut dyn Any) -> Option<&mut ()> {
        lookup.downcast_mut()
    }
}
