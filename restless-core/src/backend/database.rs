//! The database as an application sees it: one type, whatever its URL.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};

#[cfg(feature = "mysql")]
use super::mysql::MysqlDriver;
#[cfg(feature = "postgres")]
use super::postgres::PostgresDriver;
#[cfg(any(feature = "postgres", feature = "mysql"))]
use super::server::ServerPool;
#[cfg(feature = "sqlite")]
use super::sqlite::SqlitePool;
use super::{DatabaseBuilder, Uniqueness};
use crate::error::{Error, Errors};

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
pub struct Database(Arc<Open>);

/// A database for as long as somebody has it.
struct Open {
    backend: Backend,
    /// What has been found out of its keys, by the address of the table and the column.
    keys: Mutex<HashMap<(usize, &'static str), Uniqueness>>,
}

/// All open databases.
static OPEN: Mutex<Vec<Weak<Open>>> = Mutex::new(Vec::new());

/// The connections, by backend.
pub(crate) enum Backend {
    #[cfg(feature = "sqlite")]
    Sqlite(SqlitePool),
    #[cfg(feature = "postgres")]
    Postgres(ServerPool<PostgresDriver>),
    #[cfg(feature = "mysql")]
    Mysql(ServerPool<MysqlDriver>),
    /// No backend is compiled in, so that there is no database either.
    #[cfg(not(any(feature = "sqlite", feature = "postgres", feature = "mysql")))]
    Absent,
}

impl Database {
    pub(super) fn new(backend: Backend) -> Self {
        let open = Arc::new(Open { backend, keys: Mutex::default() });
        locked(&OPEN).push(Arc::downgrade(&open));
        Self(open)
    }

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
    /// | URL | database |
    /// | --- | --- |
    /// | `sqlite://people.db` | a file; it is made if it is missing |
    /// | `sqlite::memory:` | gone with the process |
    /// | `postgres://user:password@host:5432/database?sslmode=verify-full` | PostgreSQL; `host` may be a parameter, the directory of a Unix socket. Without `sslmode`, what leaves the machine is encrypted if the server can |
    /// | `mysql://user:password@host:3306/database` | MySQL; also `mariadb://…` |
    #[must_use]
    pub fn builder(url: &str) -> DatabaseBuilder {
        DatabaseBuilder::new(url)
    }

    /// The names of all backends.
    pub(crate) const BACKENDS: [&'static str; 3] = ["sqlite", "postgres", "mysql"];

    /// The name of the backend, as it begins its URLs: `sqlite`, `postgres` or `mysql`.
    #[must_use]
    pub fn backend_name(&self) -> &'static str {
        self.0.backend.name()
    }

    /// Runs the application's own Diesel code on a connection of its own, where it may block.
    ///
    /// The connection is that of the one backend that is enabled; if several are, it is one for whatever they have in
    /// common. On SQLite it is the one connection that writes, so keep the work short there. What the code leaves open
    /// is rolled back.
    ///
    /// Within a hook of a write it is refused: [`Context::transaction`](crate::Context::transaction) runs code within the
    /// transaction of the write.
    ///
    /// # Errors
    ///
    /// The code's own, 503 when no connection is to be had in time, and 500 within a hook of a write.
    pub async fn run<T, E, F>(&self, work: F) -> Result<T, Error>
    where
        F: FnOnce(&mut super::DatabaseConnection) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: Into<Error> + Send + 'static,
    {
        let outcome: Result<Result<T, E>, Errors> = match &self.0.backend {
            #[cfg(feature = "sqlite")]
            Backend::Sqlite(pool) => pool.exclusive(work).await,
            #[cfg(feature = "postgres")]
            Backend::Postgres(pool) => pool.exclusive(work).await,
            #[cfg(feature = "mysql")]
            Backend::Mysql(pool) => pool.exclusive(work).await,
            #[cfg(not(any(feature = "sqlite", feature = "postgres", feature = "mysql")))]
            Backend::Absent => {
                drop(work);
                Err(Error::internal("no backend is compiled in").into())
            }
        };
        let outcome = outcome.map_err(|errors| errors.into_iter().next().unwrap_or_else(Error::busy));
        outcome?.map_err(Into::into)
    }

    pub(crate) fn backend(&self) -> &Backend {
        &self.0.backend
    }

    /// Whether any database is open in this process.
    #[must_use]
    pub fn is_any_open() -> bool {
        !Self::all_open().is_empty()
    }

    /// All databases that are open in this process.
    pub(crate) fn all_open() -> Vec<Database> {
        let open: Vec<Weak<Open>> = locked(&OPEN).clone();
        open.iter().filter_map(Weak::upgrade).map(Database).collect()
    }

    /// What is known of a key of a table, or what `ask` finds out. A table that is not there yet is asked for again.
    pub(crate) fn know_key(&self, table: usize, column: &'static str, ask: impl FnOnce() -> Uniqueness) -> Uniqueness {
        let mut keys = locked(&self.0.keys);
        if let Some(known) = keys.get(&(table, column)) {
            return *known;
        }
        let found = ask();
        if found != Uniqueness::NoTable {
            keys.insert((table, column), found);
        }
        found
    }
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Drop for Open {
    fn drop(&mut self) {
        locked(&OPEN).retain(|open| open.strong_count() > 0);
    }
}

impl Backend {
    /// The connections to SQLite, if that is it.
    #[cfg(feature = "sqlite")]
    pub(crate) fn sqlite(&self) -> Option<&SqlitePool> {
        match self {
            Backend::Sqlite(pool) => Some(pool),
            #[cfg(feature = "postgres")]
            Backend::Postgres(_) => None,
            #[cfg(feature = "mysql")]
            Backend::Mysql(_) => None,
        }
    }

    /// The connections to PostgreSQL, if that is it.
    #[cfg(feature = "postgres")]
    pub(crate) fn postgres(&self) -> Option<&ServerPool<PostgresDriver>> {
        match self {
            Backend::Postgres(pool) => Some(pool),
            #[cfg(feature = "sqlite")]
            Backend::Sqlite(_) => None,
            #[cfg(feature = "mysql")]
            Backend::Mysql(_) => None,
        }
    }

    /// The connections to MySQL or MariaDB, if that is it.
    #[cfg(feature = "mysql")]
    pub(crate) fn mysql(&self) -> Option<&ServerPool<MysqlDriver>> {
        match self {
            Backend::Mysql(pool) => Some(pool),
            #[cfg(feature = "sqlite")]
            Backend::Sqlite(_) => None,
            #[cfg(feature = "postgres")]
            Backend::Postgres(_) => None,
        }
    }

    /// The address of the connections, for as long as somebody has the database.
    pub(super) fn address(&self) -> usize {
        match self {
            #[cfg(feature = "sqlite")]
            Backend::Sqlite(pool) => std::ptr::from_ref(pool) as usize,
            #[cfg(feature = "postgres")]
            Backend::Postgres(pool) => std::ptr::from_ref(pool) as usize,
            #[cfg(feature = "mysql")]
            Backend::Mysql(pool) => std::ptr::from_ref(pool) as usize,
            #[cfg(not(any(feature = "sqlite", feature = "postgres", feature = "mysql")))]
            Backend::Absent => 0,
        }
    }

    fn name(&self) -> &'static str {
        match self {
            #[cfg(feature = "sqlite")]
            Backend::Sqlite(_) => "sqlite",
            #[cfg(feature = "postgres")]
            Backend::Postgres(_) => "postgres",
            #[cfg(feature = "mysql")]
            Backend::Mysql(_) => "mysql",
            #[cfg(not(any(feature = "sqlite", feature = "postgres", feature = "mysql")))]
            Backend::Absent => "",
        }
    }
}
