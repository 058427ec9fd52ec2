//! Databases: connections, pools, and what differs in their SQL. The only place that runs a statement.

mod database;
mod dialect;
#[cfg(feature = "mysql")]
mod mysql;
#[cfg(feature = "postgres")]
mod postgres;
mod session;
#[cfg(feature = "sqlite")]
mod sqlite;
mod violation;

pub use database::{Database, DatabaseBuilder};
pub use dialect::Dialect;
pub(crate) use database::Backend;
pub(crate) use session::{Access, Operation, Pool, Session, Visitor};
pub use violation::Violation;
