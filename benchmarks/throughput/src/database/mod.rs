//! The database that is measured: made, filled, put back in order, and removed at the end.

#[cfg(feature = "postgres")]
mod postgres;
#[cfg(not(feature = "postgres"))]
mod sqlite;

use diesel::connection::SimpleConnection as _;
use diesel::{Connection as _, ConnectionResult, QueryResult};

#[cfg(feature = "postgres")]
pub use self::postgres::{Database, NAME};
#[cfg(not(feature = "postgres"))]
pub use self::sqlite::{Database, NAME};
use crate::connection::Connection;

/// How many articles there are before anything is written.
pub const ARTICLES: i32 = 10_000;

/// How many sections the articles are in, each as large as the others.
pub const SECTIONS: i32 = 100;

/// How many authors there are.
pub const AUTHORS: i32 = 200;

fn connect(url: &str) -> ConnectionResult<Connection> {
    Connection::establish(url)
}

/// Runs each of the statements by itself.
fn run(connection: &mut Connection, statements: &[&str]) -> QueryResult<()> {
    statements.iter().try_for_each(|statement| connection.batch_execute(statement))
}
