//! MySQL and MariaDB: connections that one operation has at a time.

mod catalog;
mod client;
mod dialect;
mod driver;
mod failure;
mod number;
mod out_of_range;
mod value;

pub use client::MysqlClient;
pub(super) use driver::MysqlDriver;
