//! Databases: connections, pools, and what differs in their SQL. The only place that runs a statement.

#[cfg(any(feature = "postgres", feature = "mysql"))]
mod blocking;
mod builder;
mod connection;
mod database;
#[cfg(any(feature = "sqlite", feature = "postgres", feature = "mysql"))]
mod facts;
mod isolation;
mod journal;
#[cfg(any(feature = "postgres", feature = "mysql"))]
mod local;
#[cfg(feature = "mysql")]
mod mysql;
#[cfg(feature = "postgres")]
mod postgres;
#[cfg(any(feature = "postgres", feature = "mysql"))]
mod server;
mod session;
#[cfg(feature = "sqlite")]
mod sqlite;
mod start;
mod timeouts;
mod transaction;
mod uniqueness;

#[cfg(any(feature = "postgres", feature = "mysql"))]
pub use blocking::Blocking;
pub use builder::DatabaseBuilder;
pub use connection::*;
pub(crate) use database::Backend;
pub use database::Database;
pub use isolation::Isolation;
pub(crate) use session::{Access, Operation, Pool, Refused, RowId, Session, Visitor};
pub(crate) use start::AskAtStart;
pub(crate) use transaction::within;
pub(crate) use uniqueness::Uniqueness;
