//! MySQL and MariaDB: connections that one operation has at a time.

mod catalog;
mod dialect;
mod driver;
mod message;
mod number;
mod out_of_range;

pub(super) use driver::MysqlDriver;
