//! PostgreSQL: pipelined reads, writes on connections of their own.

mod catalog;
mod client;
mod dialect;
mod driver;
mod extremes;
mod failure;
mod row;
mod tls;
mod types;
mod url;

pub use client::PostgresClient;
pub(super) use driver::PostgresDriver;
