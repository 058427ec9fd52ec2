//! Connections of asynchronous drivers, for code that blocks.

use diesel::backend::Backend;
use diesel::connection::{
    AnsiTransactionManager, CacheSize, Connection, ConnectionSealed, DynInstrumentation, Instrumentation,
    LoadConnection, SimpleConnection, TransactionManager as _,
};
use diesel::expression::QueryMetadata;
use diesel::migration::{CREATE_MIGRATIONS_TABLE, MigrationConnection};
use diesel::query_builder::{Query, QueryFragment, QueryId};
use diesel::row::Row;
use diesel::{ConnectionError, ConnectionResult, QueryResult};
use futures_util::StreamExt as _;
use futures_util::stream::LocalBoxStream;
use tokio::runtime::{Builder, Handle};

/// A connection of an asynchronous driver, as far as Diesel's blocking interface needs it. It bounds a public type, so that
/// it is public itself.
pub trait Client: Send + Sized {
    /// Its SQL.
    type Backend: Backend;

    /// A row of a result.
    type Row: for<'a> Row<'a, Self::Backend>;

    /// Opens a connection.
    fn open(url: &str) -> impl Future<Output = ConnectionResult<Self>>;

    /// Runs statements that have no result.
    fn run_batch(&mut self, sql: &str) -> impl Future<Output = QueryResult<()>>;

    /// Runs a statement, whose rows come one after the other.
    fn run<'a>(
        &'a mut self,
        query: &dyn QueryFragment<Self::Backend>,
    ) -> impl Future<Output = QueryResult<Stream<'a, Self::Row>>>;

    /// Runs a statement and tells how many rows it changed.
    fn change(&mut self, query: &dyn QueryFragment<Self::Backend>) -> impl Future<Output = QueryResult<usize>>;

    /// Who is told of its statements.
    fn instrumentation(&mut self) -> &mut DynInstrumentation;

    /// Whether statements stay prepared.
    fn keep_statements(&mut self, size: CacheSize);
}

/// Rows that are still to come.
pub(super) type Stream<'a, R> = LocalBoxStream<'a, QueryResult<R>>;

/// A connection of an asynchronous driver that Diesel's own, blocking interface works with.
pub struct Blocking<C> {
    inner: C,
    runtime: Runtime,
    transactions: AnsiTransactionManager,
}

/// What drives the futures of a connection.
enum Runtime {
    /// That of whoever has opened the connection.
    Shared(Handle),
    /// One for this connection, which nobody else has opened.
    Own(tokio::runtime::Runtime),
}

impl Runtime {
    fn block_on<T>(&self, future: impl Future<Output = T>) -> T {
        match self {
            Runtime::Shared(handle) => handle.block_on(future),
            Runtime::Own(runtime) => runtime.block_on(future),
        }
    }
}

impl<C: Client> Blocking<C> {
    /// A connection that has been opened within a runtime.
    pub(crate) fn new(connection: C) -> Self {
        let runtime = Runtime::Shared(Handle::current());
        Self { inner: connection, runtime, transactions: AnsiTransactionManager::default() }
    }

    pub(crate) fn into_inner(self) -> C {
        self.inner
    }
}

impl<C: Client> SimpleConnection for Blocking<C> {
    fn batch_execute(&mut self, query: &str) -> QueryResult<()> {
        self.runtime.block_on(self.inner.run_batch(query))
    }
}

impl<C> ConnectionSealed for Blocking<C> {}

impl<C: Client> Connection for Blocking<C> {
    type Backend = C::Backend;
    type TransactionManager = AnsiTransactionManager;

    fn establish(url: &str) -> ConnectionResult<Self> {
        let runtime = if let Ok(handle) = Handle::try_current() {
            Runtime::Shared(handle)
        } else {
            let runtime = Builder::new_current_thread().enable_all().build();
            Runtime::Own(runtime.map_err(|error| ConnectionError::BadConnection(error.to_string()))?)
        };
        let inner = runtime.block_on(C::open(url))?;
        Ok(Self { inner, runtime, transactions: AnsiTransactionManager::default() })
    }

    fn execute_returning_count<T>(&mut self, source: &T) -> QueryResult<usize>
    where
        T: QueryFragment<Self::Backend> + QueryId,
    {
        self.runtime.block_on(self.inner.change(source))
    }

    fn transaction_state(&mut self) -> &mut AnsiTransactionManager {
        &mut self.transactions
    }

    fn instrumentation(&mut self) -> &mut dyn Instrumentation {
        &mut **self.inner.instrumentation()
    }

    fn set_instrumentation(&mut self, instrumentation: impl Instrumentation) {
        *self.inner.instrumentation() = instrumentation.into();
    }

    fn set_prepared_statement_cache_size(&mut self, size: CacheSize) {
        self.inner.keep_statements(size);
    }
}

impl<C: Client> LoadConnection for Blocking<C> {
    type Cursor<'conn, 'query>
        = Rows<'conn, C::Row>
    where
        Self: 'conn;
    type Row<'conn, 'query>
        = C::Row
    where
        Self: 'conn;

    fn load<'conn, 'query, T>(&'conn mut self, source: T) -> QueryResult<Self::Cursor<'conn, 'query>>
    where
        T: Query + QueryFragment<Self::Backend> + QueryId + 'query,
        Self::Backend: QueryMetadata<T::SqlType>,
    {
        let stream = self.runtime.block_on(self.inner.run(&source))?;
        Ok(Rows { stream, runtime: &self.runtime })
    }
}

/// The rows of a result, each of which is waited for.
pub struct Rows<'conn, R> {
    stream: Stream<'conn, R>,
    runtime: &'conn Runtime,
}

impl<R> Iterator for Rows<'_, R> {
    type Item = QueryResult<R>;

    fn next(&mut self) -> Option<Self::Item> {
        self.runtime.block_on(self.stream.next())
    }
}

impl<C: Client> MigrationConnection for Blocking<C> {
    fn setup(&mut self) -> QueryResult<usize> {
        self.batch_execute(CREATE_MIGRATIONS_TABLE).map(|()| 0)
    }
}

/// What `MultiConnection` wants as soon as something in the application's build enables Diesel's pools.
impl<C: Client + 'static> diesel::r2d2::R2D2Connection for Blocking<C> {
    fn ping(&mut self) -> QueryResult<()> {
        self.batch_execute("SELECT 1")
    }

    fn is_broken(&mut self) -> bool {
        AnsiTransactionManager::is_broken_transaction_manager(self)
    }
}
