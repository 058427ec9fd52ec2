//! PostgreSQL: pipelined reads, writes on connections of their own.

mod catalog;
mod dialect;
mod driver;
mod extremes;
mod message;
mod tls;
mod url;

pub(super) use driver::PostgresDriver;
