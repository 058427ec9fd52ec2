//! What a pool of connections to a server needs of their driver.

use std::fmt;
use std::hash::Hash;
use std::time::Duration;

use super::{Constraint, Failure, ServerOptions};
use crate::backend::{DatabaseConnection, Uniqueness, Visitor};
use crate::dialect::{Dialect, TableName};
use crate::error::Error;
use crate::statement::Statement;

/// Why there is no connection.
#[derive(Debug)]
pub(crate) enum Unopened {
    /// The server has as many as it takes, or as it lets us have; these are its words.
    Full(String),
    Failed(Error),
}

impl From<Error> for Unopened {
    fn from(error: Error) -> Self {
        Unopened::Failed(error)
    }
}

impl fmt::Display for Unopened {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Unopened::Full(reason) => reason.fmt(formatter),
            Unopened::Failed(error) => error.fmt(formatter),
        }
    }
}

impl From<Unopened> for Error {
    fn from(unopened: Unopened) -> Self {
        match unopened {
            Unopened::Full(cause) => Error::busy().with_cause(cause),
            Unopened::Failed(error) => error,
        }
    }
}

/// One connection to a server. Statements may be run on it at the same time; how many of them wait for their answers
/// on the way is the driver's matter.
pub(crate) trait Driver: Send + Sized + 'static {
    type Dialect: Dialect;

    /// What makes two statements the same.
    type Identity: Eq + Hash + 'static;

    /// How many operations may read at the same time on one connection.
    const DEPTH: usize;

    /// Whether it is known, without asking the server, that the connection lives. If it is not, a write begins with a
    /// statement that changes nothing, and so does the application's own code.
    const KNOWS_ITS_STATE: bool;

    /// Whether a refused statement fails the transaction, so that nothing but its end can follow.
    const REFUSAL_FAILS_TRANSACTION: bool;

    /// Begins a transaction that only reads, all of it from one moment, whose statements may run for so long.
    fn begin_snapshot(timeout: Option<Duration>) -> String;

    /// Opens a connection and sets it up; its statements may run for so long.
    async fn open(options: &ServerOptions, timeout: Option<Duration>) -> Result<Self, Unopened>;

    /// From now on statements may run for so long.
    async fn limit(&self, timeout: Option<Duration>) -> Result<(), Failure>;

    /// Asks the server to stop the statement that it is running on this connection.
    async fn cancel(&self, options: &ServerOptions);

    /// Whether the server is there, as far as is known.
    fn is_open(&self) -> bool;

    /// Runs statements that have no result.
    async fn batch(&self, sql: &str) -> Result<(), Failure>;

    /// Runs a statement and hands its rows to the visitor.
    async fn load<Q, V>(&self, statement: &Q, visitor: &mut V) -> Result<(), Failure>
    where
        Q: Statement<Self::Dialect>,
        V: Visitor<Self::Dialect>;

    /// Runs a statement and tells how many rows it changed.
    async fn execute<Q: Statement<Self::Dialect>>(&self, statement: &Q) -> Result<usize, Failure>;

    /// The identity of a statement, if it has one.
    fn identity<Q: Statement<Self::Dialect>>(statement: &Q) -> Option<Self::Identity>;

    /// The columns that a violated constraint is about.
    async fn columns(&self, table: TableName, constraint: &Constraint) -> Vec<String>;

    /// See [`Session::returns_what_it_keeps`](crate::backend::Session::returns_what_it_keeps).
    async fn returns_what_it_keeps(&self, table: TableName) -> bool;

    /// See [`Session::checks_foreign_key`](crate::backend::Session::checks_foreign_key).
    async fn checks_foreign_key(&self, table: TableName, column: &'static str) -> bool;

    /// See [`Session::is_unique`](crate::backend::Session::is_unique).
    async fn is_unique(&self, table: TableName, column: &'static str) -> bool;

    /// What the server's catalog says of a column, whoever has asked before.
    async fn uniqueness(&self, table: TableName, column: &str) -> Uniqueness;

    /// See [`Session::settles_on_delete`](crate::backend::Session::settles_on_delete).
    async fn settles_on_delete(&self, table: TableName, column: &str) -> bool;

    /// Runs the application's own code on this thread, which may block, within the transaction that is open. The
    /// connection comes back unless it is not what it was.
    fn lend<T>(self, work: impl FnOnce(&mut DatabaseConnection) -> T) -> (Option<Self>, std::thread::Result<T>);

    /// Runs the application's own code on this thread, which may block. What it leaves open is rolled back; the
    /// connection comes back unless that has failed.
    fn block_on<T>(self, work: impl FnOnce(&mut DatabaseConnection) -> T) -> (Option<Self>, std::thread::Result<T>);
}
