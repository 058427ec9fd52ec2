//! Settings for a database that is about to be opened.

use std::time::Duration;

#[cfg(any(feature = "postgres", feature = "mysql"))]
use super::server::{ServerOptions, ServerPool};
#[cfg(feature = "sqlite")]
use super::sqlite::{SqliteOptions, SqlitePool, SqliteUrl};
use super::timeouts::StatementTimeouts;
use super::{Backend, Database, Isolation};
use crate::error::Error;

#[cfg(any(feature = "postgres", feature = "mysql"))]
/// The greatest number of connections to a server, unless the application says another one.
const MOST: usize = 20;

#[cfg(any(feature = "postgres", feature = "mysql"))]
/// The least greatest number of connections to a server: one for each thing that they are for.
const LEAST: usize = 3;

/// Settings for a [`Database`] that is about to be opened.
#[derive(Debug, Clone)]
pub struct DatabaseBuilder {
    url: String,
    max_connections: Option<usize>,
    acquire_timeout: Duration,
    idle_timeout: Duration,
    timeouts: StatementTimeouts,
    lock_timeout: Duration,
    isolation: Option<Isolation>,
    has_snapshots: bool,
}

impl DatabaseBuilder {
    pub(super) fn new(url: &str) -> Self {
        Self {
            url: url.to_owned(),
            max_connections: None,
            acquire_timeout: Duration::from_secs(5),
            idle_timeout: Duration::from_secs(10),
            timeouts: StatementTimeouts::USUAL,
            lock_timeout: Duration::from_secs(2),
            isolation: None,
            has_snapshots: false,
        }
    }

    /// The greatest number of connections of the whole process, at least 2.
    ///
    /// On SQLite one writes and the others read; it is one more than the machine has cores, 17 at most, unless this
    /// says otherwise. On a server there are 20, unless this says otherwise, and at least 3. Connections belong to the
    /// threads that serve HTTP, which open them when they need them and give them up for each other. Some are kept for
    /// reads and some for writes, so that neither waits for the end of the other; where there are fewer connections than
    /// threads, threads take turns, which costs a new connection each time.
    #[must_use]
    pub fn max_connections(mut self, number: usize) -> Self {
        self.max_connections = Some(number.max(2));
        self
    }

    /// How long a request waits for a connection before it is answered with 503.
    #[must_use]
    pub fn acquire_timeout(mut self, duration: Duration) -> Self {
        self.acquire_timeout = duration;
        self
    }

    /// How long a connection to a server stays open that nothing uses; 10 seconds, unless this says otherwise. It is
    /// without effect on SQLite.
    #[must_use]
    pub fn idle_timeout(mut self, duration: Duration) -> Self {
        self.idle_timeout = duration;
        self
    }

    /// How long a write waits for a row that another one holds before it is answered with 409 and `"retry": true` in
    /// `meta`; 2 seconds, unless this says otherwise. On SQLite it is how long it waits for another process that writes.
    /// MySQL and MariaDB count in whole seconds. A read whose table is locked is answered with 503.
    #[must_use]
    pub fn lock_timeout(mut self, duration: Duration) -> Self {
        self.lock_timeout = duration;
        self
    }

    /// How long a statement may run; a request whose statement takes longer is answered with 503.
    ///
    /// Without it, statements that read may run for 5 seconds, and those that write, or are the application's own, as long
    /// as they need. What this says holds for all of them; [`Duration::ZERO`] is no limit. MySQL, unlike MariaDB, knows one
    /// for statements that read alone. On SQLite it does not hold for the application's own code.
    ///
    /// ```
    /// use std::time::Duration;
    /// # use restless_core::Database;
    /// let builder = Database::builder("sqlite://people.db").statement_timeout(Duration::from_secs(2));
    /// ```
    #[must_use]
    pub fn statement_timeout(mut self, duration: Duration) -> Self {
        self.timeouts = StatementTimeouts::all(duration);
        self
    }

    /// How much transactions see of each other; else it is as the database is configured. SQLite is serializable.
    #[must_use]
    pub fn isolation(mut self, isolation: Isolation) -> Self {
        self.isolation = Some(isolation);
        self
    }

    /// Reads everything that one request asks for from one moment: a page, its total and what is included.
    ///
    /// Without it each of the statements of a request sees what is committed when it runs. With it a read takes a
    /// transaction of its own, and its statements wait for each other.
    #[must_use]
    pub fn snapshot_reads(mut self) -> Self {
        self.has_snapshots = true;
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
        let scheme = self.url.split(':').next().unwrap_or_default();
        let backend = match scheme {
            #[cfg(feature = "sqlite")]
            "sqlite" => Backend::Sqlite(SqlitePool::open(self.for_sqlite())?),
            #[cfg(feature = "postgres")]
            "postgres" | "postgresql" => Backend::Postgres(ServerPool::open(self.for_server()).await?),
            #[cfg(feature = "mysql")]
            "mysql" | "mariadb" => Backend::Mysql(ServerPool::open(self.for_server()).await?),
            _ => return Err(unknown(scheme)),
        };
        #[cfg(any(feature = "sqlite", feature = "postgres", feature = "mysql"))]
        Ok(Database::new(backend))
    }

    #[cfg(feature = "sqlite")]
    fn for_sqlite(&self) -> SqliteOptions {
        let connections = self.max_connections.unwrap_or_else(|| cores().clamp(2, 16) + 1);
        SqliteOptions {
            url: SqliteUrl::parse(&self.url),
            readers: connections - 1,
            acquire_timeout: self.acquire_timeout,
            timeouts: self.timeouts,
            lock_timeout: self.lock_timeout,
            has_snapshots: self.has_snapshots,
        }
    }

    #[cfg(any(feature = "postgres", feature = "mysql"))]
    fn for_server(&self) -> ServerOptions {
        ServerOptions {
            url: self.url.clone(),
            connections: self.max_connections.unwrap_or(MOST).max(LEAST),
            threads: cores(),
            acquire_timeout: self.acquire_timeout,
            idle_timeout: self.idle_timeout,
            timeouts: self.timeouts,
            lock_timeout: self.lock_timeout,
            isolation: self.isolation,
            has_snapshots: self.has_snapshots,
        }
    }
}

fn cores() -> usize {
    std::thread::available_parallelism().map_or(4, std::num::NonZero::get)
}

fn unknown(scheme: &str) -> Error {
    let served: &[&str] = &[
        #[cfg(feature = "sqlite")]
        "sqlite",
        #[cfg(feature = "postgres")]
        "postgres",
        #[cfg(feature = "mysql")]
        "mysql",
    ];
    Error::internal(format!(
        "a URL that begins with {scheme:?} names no database that restless serves; enabled are {served:?}"
    ))
}
