//! SQLite: Diesel's own synchronous connections, several readers, and one writer that groups waiting writes.

mod borrowed_connection;
mod bound;
mod checkpoints;
mod connect;
mod dialect;
mod functions;
mod inline;
mod job;
mod message;
mod moment;
mod pattern;
mod pool;
mod reader;
mod savepoint;
mod schema;
mod session;
mod stored;
mod sum;
mod writer;

pub(super) use connect::SqliteUrl;
pub(super) use pool::{SqliteOptions, SqlitePool};
