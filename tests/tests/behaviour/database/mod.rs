//! The database: its connections, its failures, and the application's own code on it.

pub mod busy;
mod disconnect;
mod grouping;
mod of_sqlite;
mod run;
pub mod timeouts;
mod urls;
