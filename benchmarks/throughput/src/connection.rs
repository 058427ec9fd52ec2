//! The database that this build is for.

/// A connection of Diesel's own.
#[cfg(feature = "postgres")]
pub type Connection = diesel::PgConnection;

/// A connection of Diesel's own.
#[cfg(not(feature = "postgres"))]
pub type Connection = diesel::SqliteConnection;
