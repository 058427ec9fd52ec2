//! The database as an application sees it: one type, whatever its URL.

use std::sync::Arc;
use std::time::Duration;

#[cfg(feature = "sqlite")]
use super::sqlite::{SqliteOptions, SqlitePool, SqliteUrl};
use crate::error::Error;

/// A database and the connections to it. Clones share them.
///
/// ```
/// use restless_core::Database;
/// # #[cfg(feature = "sqlite")]
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), restless_core::Error> {
/// use diesel::connection::SimpleConnection;
///
/// let database = Database::connect("sqlite::memory:").await?;
/// database.run(|connection| connection.batch_execute("CREATE TABLE person (id INTEGER PRIMARY KEY)")).await?;
/// # Ok(())
/// # }
/// # #[cfg(not(feature = "sqlite"))]
/// # fn main() {}
/// ```
#[derive(Clone)]
pub struct Database(Arc<Backend>);

/// The connections, by backend.
pub(crate) enum Backend {
    #[cfg(feature = "sqlite")]
    Sqlite(SqlitePool),
    /// No backend that is served is compiled in, so that there is no database either.
    #[cfg(not(feature = "sqlite"))]
    Absent,
}

impl Database {
    /// Opens a database with the usual settings; see [`Database::builder`].
    ///
    /// # Errors
    ///
    /// When the URL is not one of a backend that is compiled in, or the database cannot be opened.
    pub async fn connect(url: &str) -> Result<Self, Error> {
        Self::builder(url).connect().await
    }

    /// Settings for a database, to be opened with [`DatabaseBuilder::connect`].
    ///
    /// The URL is `sqlite://people.db` (a file; created if it is missing) or `sqlite::memory:`.
    #[must_use]
    pub fn builder(url: &str) -> DatabaseBuilder {
        DatabaseBuilder::new(url)
    }

    /// Runs the application's own Diesel code on a connection of its own.
    ///
    /// On SQLite that is the one connection that writes, so keep the work short. What the code leaves open is rolled
    /// back.
    ///
    /// # Errors
    ///
    /// The code's own, and 503 when no connection is to be had in time.
    #[cfg(feature = "sqlite")]
    pub async fn run<T, E, F>(&self, work: F) -> Result<T, Error>
    where
        F: FnOnce(&mut diesel::sqlite::SqliteConnection) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: Into<Error> + Send + 'static,
    {
        let Backend::Sqlite(pool) = &*self.0;
        let outcome = pool.exclusive(work).await;
        let outcome = outcome.map_err(|errors| errors.into_iter().next().unwrap_or_else(Error::busy));
        outcome?.map_err(Into::into)
    }

    pub(crate) fn backend(&self) -> &Backend {
        &self.0
    }
}

/// Settings for a [`Database`] that is about to be opened.
#[derive(Debug, Clone)]
pub struct DatabaseBuilder {
    url: String,
    max_connections: usize,
    acquire_timeout: Duration,
    statement_timeout: Option<Duration>,
}

impl DatabaseBuilder {
    fn new(url: &str) -> Self {
        let cores = std::thread::available_parallelism().map_or(4, std::num::NonZero::get);
        Self {
            url: url.to_owned(),
            max_connections: cores.clamp(2, 16) + 1,
            acquire_timeout: Duration::from_secs(5),
            statement_timeout: None,
        }
    }

    /// The greatest number of connections, at least 2: on SQLite one writes and the others read.
    #[must_use]
    pub fn max_connections(mut self, number: usize) -> Self {
        self.max_connections = number.max(2);
        self
    }

    /// How long a request waits for a connection before it is answered with 503.
    #[must_use]
    pub fn acquire_timeout(mut self, duration: Duration) -> Self {
        self.acquire_timeout = duration;
        self
    }

    /// How long a statement may run. SQLite has no such limit of its own; there it is without effect.
    #[must_use]
    pub fn statement_timeout(mut self, duration: Duration) -> Self {
        self.statement_timeout = Some(duration);
        self
    }

    /// Opens the database.
    ///
    /// # Errors
    ///
    /// When the URL is not one of a backend that is compiled in, or the database cannot be opened.
    // It waits for nothing on SQLite; on a server it does.
    #[allow(clippy::unused_async)]
    pub async fn connect(self) -> Result<Database, Error> {
        #[cfg(feature = "sqlite")]
        if let Some(url) = SqliteUrl::parse(&self.url) {
            let readers = self.max_connections - 1;
            let pool = SqlitePool::open(SqliteOptions { url, readers, patience: self.acquire_timeout })?;
            return Ok(Database(Arc::new(Backend::Sqlite(pool))));
        }
        let scheme = self.url.split(':').next().unwrap_or_default();
        Err(Error::internal(format!("a URL that begins with {scheme:?} names no database that restless serves")))
    }
}
