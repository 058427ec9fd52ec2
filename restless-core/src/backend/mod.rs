//! Databases: connections, pools, and what differs in their SQL. The only place that runs a statement.

mod database;
#[cfg(feature = "mysql")]
mod mysql;
#[cfg(feature = "postgres")]
mod postgres;
mod session;
#[cfg(feature = "sqlite")]
mod sqlite;

pub(crate) use database::Backend;
pub use database::{Database, DatabaseBuilder};
pub(crate) use session::{Access, Operation, Pool, Session, Visitor};
