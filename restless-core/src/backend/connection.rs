//! The connection that the application's own code works with.

#[cfg(any(feature = "postgres", feature = "mysql"))]
use super::blocking::Blocking;
#[cfg(feature = "mysql")]
use super::mysql::MysqlClient;
#[cfg(feature = "postgres")]
use super::postgres::PostgresClient;
#[cfg(feature = "sqlite")]
use diesel::sqlite::SqliteConnection;

/// A connection to PostgreSQL, for code that blocks.
#[cfg(feature = "postgres")]
pub type PostgresConnection = Blocking<PostgresClient>;

/// A connection to MySQL or MariaDB, for code that blocks.
#[cfg(feature = "mysql")]
pub type MysqlConnection = Blocking<MysqlClient>;

/// One backend is enabled: its own connection, with everything that Diesel offers for it.
#[cfg(all(
    any(feature = "sqlite", feature = "postgres", feature = "mysql"),
    not(any(
        all(feature = "sqlite", feature = "postgres"),
        all(feature = "sqlite", feature = "mysql"),
        all(feature = "postgres", feature = "mysql")
    ))
))]
mod kind {
    #[cfg(feature = "mysql")]
    pub use super::MysqlConnection as DatabaseConnection;
    #[cfg(feature = "postgres")]
    pub use super::PostgresConnection as DatabaseConnection;
    #[cfg(feature = "sqlite")]
    pub use diesel::sqlite::SqliteConnection as DatabaseConnection;

    /// A connection of the one backend.
    macro_rules! one_of_several {
        ($connection:ty, $variant:ident) => {
            impl OneOf for $connection {
                fn into_any(self) -> DatabaseConnection {
                    self
                }

                fn of_any(connection: DatabaseConnection) -> Option<Self> {
                    Some(connection)
                }
            }
        };
    }
    pub(super) use one_of_several;
}

/// No backend is enabled: there is no connection either.
#[cfg(not(any(feature = "sqlite", feature = "postgres", feature = "mysql")))]
mod absent {
    /// A connection to none of the databases.
    #[derive(Debug)]
    pub enum DatabaseConnection {}
}

/// Several backends are enabled: the URL decides.
#[cfg(any(
    all(feature = "sqlite", feature = "postgres"),
    all(feature = "sqlite", feature = "mysql"),
    all(feature = "postgres", feature = "mysql")
))]
mod kind {
    #[cfg(feature = "mysql")]
    use super::MysqlConnection;
    #[cfg(feature = "postgres")]
    use super::PostgresConnection;
    #[cfg(feature = "sqlite")]
    use super::SqliteConnection;

    pub use AnyConnection as DatabaseConnection;

    /// A connection to whichever database the URL names.
    ///
    /// Diesel's own interface works with it as far as the backends have things in common. What only one of them has is
    /// found in its variant.
    // There is one for the time of a call, and what Diesel makes of it wants its variants as they are.
    #[allow(clippy::large_enum_variant)]
    #[derive(diesel::MultiConnection)]
    pub enum AnyConnection {
        /// SQLite.
        #[cfg(feature = "sqlite")]
        Sqlite(SqliteConnection),
        /// PostgreSQL.
        #[cfg(feature = "postgres")]
        Postgres(PostgresConnection),
        /// MySQL or MariaDB.
        #[cfg(feature = "mysql")]
        Mysql(MysqlConnection),
    }

    /// A connection of one of the backends.
    macro_rules! one_of_several {
        ($connection:ty, $variant:ident) => {
            impl OneOf for $connection {
                fn into_any(self) -> DatabaseConnection {
                    DatabaseConnection::$variant(self)
                }

                fn of_any(connection: DatabaseConnection) -> Option<Self> {
                    match connection {
                        DatabaseConnection::$variant(connection) => Some(connection),
                        _ => None,
                    }
                }
            }
        };
    }
    pub(super) use one_of_several;
}

#[cfg(not(any(feature = "sqlite", feature = "postgres", feature = "mysql")))]
pub use absent::DatabaseConnection;
#[cfg(any(feature = "sqlite", feature = "postgres", feature = "mysql"))]
pub use kind::*;

#[cfg(feature = "sqlite")]
kind::one_of_several!(SqliteConnection, Sqlite);
#[cfg(feature = "postgres")]
kind::one_of_several!(PostgresConnection, Postgres);
#[cfg(feature = "mysql")]
kind::one_of_several!(MysqlConnection, Mysql);

/// A connection as the application's own code sees it, and back.
#[cfg(any(feature = "sqlite", feature = "postgres", feature = "mysql"))]
pub(super) trait OneOf: Sized {
    fn into_any(self) -> DatabaseConnection;
    fn of_any(connection: DatabaseConnection) -> Option<Self>;
}
