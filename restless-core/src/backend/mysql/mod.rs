//! MySQL and MariaDB: connections that one operation has at a time.

mod catalog;
mod dialect;
mod driver;
mod extremes;
mod message;
mod number;

pub(super) use driver::MysqlDriver;
