//! PostgreSQL: pipelined reads, writes on connections of their own.

mod catalog;
mod dialect;
mod driver;
mod message;
mod out_of_range;
mod tls;
mod url;

pub(super) use driver::PostgresDriver;
