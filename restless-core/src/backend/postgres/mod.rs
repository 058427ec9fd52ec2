//! PostgreSQL: pipelined reads, writes on connections of their own.

mod catalog;
mod client;
mod dialect;
mod driver;
mod failure;
mod out_of_range;
mod row;
mod tls;
mod types;
mod url;

pub use client::PostgresClient;
pub(super) use driver::PostgresDriver;
