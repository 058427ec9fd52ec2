//! A connection to a server for the time of one operation.

use std::cell::Cell;

use diesel::QueryResult;
use diesel::query_builder::{Query, QueryFragment, QueryId};
use diesel::result::Error as DieselError;
use diesel::sql_types::Untyped;

use super::Driver;
use super::lane::Slot;
use crate::backend::{Session, Visitor};
use crate::dialect::{Dialect, Violation};
use crate::resource_type::TableName;

/// What has become of an operation's connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fate {
    Fine,
    /// Another transaction was in the way; this one has been taken back, and might succeed the next time.
    Contended,
    /// The server is gone, and no statement that changes anything had been sent.
    LostBefore,
    /// The server is gone.
    Lost,
}

/// A connection, and the transaction on it.
pub(super) struct ServerSession<'a, C> {
    slot: &'a Slot<C>,
    begin: &'static str,
    has_begun: Cell<bool>,
    has_sent: Cell<bool>,
    fate: Cell<Fate>,
}

impl<'a, C: Driver> ServerSession<'a, C> {
    /// A session whose transaction, if it needs one, is begun by this statement.
    pub(super) fn new(slot: &'a Slot<C>, begin: &'static str) -> Self {
        Self { slot, begin, has_begun: Cell::new(false), has_sent: Cell::new(false), fate: Cell::new(Fate::Fine) }
    }

    pub(super) fn fate(&self) -> Fate {
        self.fate.get()
    }

    /// Whether the connection can be used again: no transaction is open on it.
    pub(super) fn is_clean(&self) -> bool {
        !self.has_begun.get() && !matches!(self.fate.get(), Fate::Lost | Fate::LostBefore)
    }

    /// Ends the transaction, if there is one, and keeps what it did.
    pub(super) async fn commit(&self) -> QueryResult<()> {
        if !self.has_begun.get() {
            return Ok(());
        }
        let committed = self.slot.connection.batch("COMMIT").await;
        if committed.is_ok() {
            self.has_begun.set(false);
        }
        self.note(committed)
    }

    /// Notes what an outcome says of the connection.
    fn note<T>(&self, outcome: QueryResult<T>) -> QueryResult<T> {
        self.slot.note_progress();
        if let Err(DieselError::DatabaseError(kind, information)) = &outcome {
            match C::Dialect::violation(*kind, information.as_ref()) {
                Violation::Unreachable if self.has_sent.get() => self.fate.set(Fate::Lost),
                Violation::Unreachable => self.fate.set(Fate::LostBefore),
                Violation::Contended => self.fate.set(Fate::Contended),
                _ => {}
            }
        }
        outcome
    }
}

impl<C: Driver> Session for ServerSession<'_, C> {
    type Dialect = C::Dialect;

    async fn load<Q, V>(&self, statement: &Q, visitor: &mut V) -> QueryResult<()>
    where
        Q: QueryFragment<C::Dialect> + QueryId + Query<SqlType = Untyped>,
        V: Visitor<C::Dialect>,
    {
        self.has_sent.set(true);
        let outcome = self.slot.connection.load(statement, visitor).await;
        self.note(outcome)
    }

    async fn begin(&self) -> QueryResult<()> {
        if self.has_begun.get() {
            return Ok(());
        }
        let begun = self.slot.connection.batch(self.begin).await;
        self.note(begun)?;
        self.has_begun.set(true);
        Ok(())
    }

    async fn roll_back(&self) {
        if self.has_begun.get() && self.slot.connection.batch("ROLLBACK").await.is_ok() {
            self.has_begun.set(false);
        }
    }

    async fn returns_what_it_keeps(&self, table: TableName<C::Dialect>) -> bool {
        self.slot.connection.returns_what_it_keeps(table).await
    }

    async fn settles_on_delete(&self, table: TableName<C::Dialect>, column: &str) -> bool {
        self.slot.connection.settles_on_delete(table, column).await
    }

    async fn execute<Q>(&self, statement: &Q) -> QueryResult<usize>
    where
        Q: QueryFragment<C::Dialect> + QueryId,
    {
        self.has_sent.set(true);
        let outcome = self.slot.connection.execute(statement).await;
        self.note(outcome)
    }
}
