//! Statements in the log: their text with placeholders, the rows that they gave or changed, and how long they took. No value
//! is among it.

use std::time::Instant;

use diesel::QueryResult;
use diesel::query_builder::QueryBuilder as _;
use diesel::row::Row;

use super::{Refused, Visitor};
use crate::dialect::Dialect;
use crate::statement::Statement;

/// Where they are found in the log.
const TARGET: &str = "restless::statement";

/// A statement that is to be noted once it is over; nothing where nobody wants to read it.
pub(super) struct Entry(Option<Running>);

/// A statement under way.
struct Running {
    sql: String,
    since: Instant,
}

impl Entry {
    /// A statement that is about to be run.
    pub(super) fn of<DB: Dialect, Q: Statement<DB>>(statement: &Q) -> Self {
        let is_wanted = log::log_enabled!(target: TARGET, log::Level::Debug);
        Self(is_wanted.then(|| Running { sql: text(statement), since: Instant::now() }))
    }

    /// Notes what came of it.
    pub(super) fn end(self, outcome: Result<usize, &Refused>) {
        let Some(Running { sql, since }) = self.0 else {
            return;
        };
        let took = since.elapsed();
        match outcome {
            Ok(rows) => log::debug!(target: TARGET, "{sql} -- rows: {rows}, took {took:?}"),
            Err(_) => log::debug!(target: TARGET, "{sql} -- refused, took {took:?}"),
        }
    }
}

fn text<DB: Dialect, Q: Statement<DB>>(statement: &Q) -> String {
    let mut builder = DB::QueryBuilder::default();
    match statement.to_sql(&mut builder, &DB::default()) {
        Ok(()) => builder.finish(),
        Err(error) => format!("a statement that cannot be written down: {error}"),
    }
}

/// Counts the rows on their way to a visitor.
pub(super) struct Counted<'a, V> {
    pub(super) visitor: &'a mut V,
    pub(super) rows: usize,
}

impl<DB: Dialect, V: Visitor<DB>> Visitor<DB> for Counted<'_, V> {
    fn visit<'a, R: Row<'a, DB>>(&mut self, row: &R) -> QueryResult<()> {
        self.rows += 1;
        self.visitor.visit(row)
    }
}
