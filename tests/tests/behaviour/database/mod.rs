//! The database: its connections, its one writer, its failures.

mod busy;
mod disconnect;
mod files;
mod grouping;
mod memory;
mod run;
