//! A connection to a server for the time of one operation.

use std::cell::Cell;
use std::rc::Rc;

use diesel::result::Error as DieselError;

use super::connections::Lease;
use super::shared_count::Tallies;
use super::slot::Slot;

use super::{Aftermath, Constraint, Driver, Failure};
use crate::backend::session::count;
use crate::backend::{DatabaseConnection, Refused, Session, Visitor};
use crate::dialect::{TableName, Violation};
use crate::error::Error;
use crate::statement::Statement;

/// A commit of what the application's own code has had a part in. Where a statement of that code has failed, the transaction
/// is failed though the code may not say so, and a `COMMIT` alone would take everything back without an error.
const CHECKED_COMMIT: &str = "SAVEPOINT restless; COMMIT";

/// What has become of an operation's connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fate {
    Fine,
    /// Another transaction was in the way; this one has been taken back, and might succeed the next time.
    Contended,
    /// Somebody has asked the server to stop a statement: this one, or another one that was sent with it.
    Cancelled,
    /// Another transaction holds something, and has not let it go in time.
    Locked,
    /// The server takes no changes: a new connection may lead to one that does.
    ReadOnly,
    /// The server is gone, and no statement that changes anything had been sent.
    LostBefore,
    /// The server is gone, or has failed after something was changed that it does not take back.
    Lost,
}

/// A connection, and the transaction on it.
pub(super) struct ServerSession<'a, C: Driver> {
    slot: &'a Slot<C>,
    /// The number of the operation on its connection.
    operation: u64,
    /// The counts that may be shared with other operations: not where they belong to a transaction.
    tallies: Option<&'a Tallies<C::Identity>>,
    begin: &'a str,
    has_begun: Cell<bool>,
    has_sent: Cell<bool>,
    /// Whether the application's own code has had the connection.
    has_lent: Cell<bool>,
    /// Whether something may have been changed that no rollback takes back.
    is_kept: Cell<bool>,
    fate: Cell<Fate>,
}

impl<'a, C: Driver> ServerSession<'a, C> {
    /// A session whose transaction, if it needs one, is begun by this statement.
    pub(super) fn new(lease: &'a Lease<C>, begin: &'a str) -> Self {
        let (slot, operation) = (lease.slot(), lease.operation());
        Self {
            slot,
            operation,
            tallies: None,
            begin,
            has_begun: Cell::default(),
            has_sent: Cell::default(),
            has_lent: Cell::default(),
            is_kept: Cell::default(),
            fate: Cell::new(Fate::Fine),
        }
    }

    /// The same for an operation that has no transaction and shares its counts.
    pub(super) fn sharing(self, tallies: &'a Tallies<C::Identity>) -> Self {
        Self { tallies: Some(tallies), ..self }
    }

    pub(super) fn fate(&self) -> Fate {
        match self.fate.get() {
            Fate::Fine => Fate::Fine,
            _ if self.may_have_written() => Fate::Lost,
            fate => fate,
        }
    }

    /// Whether something may have been changed for good: the answer to a statement or a `COMMIT` has not come, or what
    /// followed has failed.
    pub(super) fn may_have_written(&self) -> bool {
        self.is_kept.get()
    }

    /// Whether the connection can be used again: no transaction is open on it.
    pub(super) fn is_clean(&self) -> bool {
        !self.has_begun.get() && !matches!(self.fate.get(), Fate::Lost | Fate::LostBefore | Fate::ReadOnly)
    }

    /// Ends the transaction, if there is one, and keeps what it did.
    pub(super) async fn commit(&self) -> Result<(), Refused> {
        if !self.has_begun.get() {
            return Ok(());
        }
        let connection = self.connection()?;
        self.is_kept.set(true);
        let is_checked = C::REFUSAL_FAILS_TRANSACTION && self.has_lent.get();
        let committed = connection.batch(if is_checked { CHECKED_COMMIT } else { "COMMIT" }).await;
        self.slot.note_progress();
        committed.map_err(|failure| self.refused_to_keep(failure))?;
        self.has_begun.set(false);
        Ok(())
    }

    /// Takes back what the transaction has done so far, and ends it.
    pub(super) async fn roll_back(&self) {
        let Ok(connection) = self.connection() else {
            return;
        };
        if self.has_begun.get() && connection.batch("ROLLBACK").await.is_ok() {
            self.has_begun.set(false);
        }
    }

    /// The connection; it is lost if the application's own code has not given it back.
    fn connection(&self) -> Result<Rc<C>, Refused> {
        self.slot.connection().ok_or_else(|| {
            self.fate.set(Fate::Lost);
            let cause = DieselError::QueryBuilderError("the connection is gone".into());
            Refused { violation: Violation::Unreachable, cause }
        })
    }

    /// The same for what would have changed something for good. Only an answer of the server's tells that it has not.
    fn refused_to_keep(&self, failure: Failure) -> Refused {
        let is_answer = matches!(failure.cause, DieselError::DatabaseError(..));
        let is_there = failure.aftermath == Aftermath::Open;
        let refused = self.refused(failure);
        if is_answer && (is_there || self.fate.get() == Fate::LostBefore) {
            self.is_kept.set(false);
        }
        refused
    }

    /// What a failure means, for the request and for the connection.
    fn refused(&self, failure: Failure) -> Refused {
        let fate = match (failure.aftermath, &failure.violation) {
            (Aftermath::Gone, _) if self.has_sent.get() => Some(Fate::Lost),
            (Aftermath::Gone | Aftermath::Outdated, _) => Some(Fate::LostBefore),
            (_, Violation::Contended) => Some(Fate::Contended),
            (_, Violation::Busy) => Some(Fate::Locked),
            (_, Violation::ReadOnly) => Some(Fate::ReadOnly),
            (_, Violation::Cancelled) => Some(Fate::Cancelled),
            _ => None,
        };
        if let Some(fate) = fate {
            self.fate.set(fate);
        }
        Refused { violation: failure.violation, cause: failure.cause }
    }

    /// The columns that a constraint of a refused statement is about. They are asked of the server, for which a failed
    /// transaction has to be over.
    async fn named(&self, table: TableName, constraint: Option<Constraint>, violation: &mut Violation) {
        if C::REFUSAL_FAILS_TRANSACTION {
            self.roll_back().await;
        }
        if let Violation::Unique(columns) | Violation::Check(columns) = violation
            && let (Some(constraint), Ok(connection)) = (constraint, self.connection())
        {
            *columns = connection.columns(table, &constraint).await;
        }
    }

    /// Runs a statement, which is kept at once if it changes anything outside of a transaction.
    async fn run<Q, T>(&self, statement: &Q, run: impl AsyncFnOnce(&C) -> Result<T, Failure>) -> Result<T, Refused>
    where
        Q: Statement<C::Dialect>,
    {
        let connection = self.connection()?;
        self.has_sent.set(true);
        let is_kept = Q::WRITES && !self.has_begun.get() && !self.is_kept.replace(true);
        let sent = self.slot.send(self.operation);
        let outcome = run(&connection).await;
        drop(sent);
        self.slot.note_progress();
        match outcome {
            Ok(value) => Ok(value),
            Err(mut failure) => {
                let constraint = failure.constraint.take();
                let mut refused = if is_kept { self.refused_to_keep(failure) } else { self.refused(failure) };
                self.named(statement.table(), constraint, &mut refused.violation).await;
                Err(refused)
            }
        }
    }
}

impl<C: Driver> Session for ServerSession<'_, C> {
    type Dialect = C::Dialect;

    const PIPELINES: bool = C::DEPTH > 1;

    async fn query<Q, V>(&self, statement: &Q, visitor: &mut V) -> Result<(), Refused>
    where
        Q: Statement<C::Dialect>,
        V: Visitor<C::Dialect>,
    {
        self.run(statement, async |connection| connection.load(statement, visitor).await).await
    }

    async fn count<Q: Statement<C::Dialect>>(&self, statement: &Q) -> Result<u64, Refused> {
        let own = count(self, statement);
        match self.tallies.zip(C::identity(statement)) {
            Some((tallies, identity)) => tallies.count(identity, own).await,
            None => own.await,
        }
    }

    async fn change<Q: Statement<C::Dialect>>(&self, statement: &Q) -> Result<usize, Refused> {
        self.run(statement, async |connection| connection.execute(statement).await).await
    }

    async fn begin(&self) -> Result<(), Refused> {
        if self.has_begun.get() {
            return Ok(());
        }
        let begun = self.connection()?.batch(self.begin).await;
        self.slot.note_progress();
        begun.map_err(|failure| self.refused(failure))?;
        self.has_begun.set(true);
        Ok(())
    }

    async fn lend<T, F>(&self, work: F) -> Result<T, Error>
    where
        T: Send + 'static,
        F: FnOnce(&mut DatabaseConnection) -> T + Send + 'static,
    {
        self.has_sent.set(true);
        self.has_lent.set(true);
        let Some(connection) = self.slot.take() else {
            return Err(Error::internal("a writing connection has two users"));
        };
        let ran = tokio::task::spawn_blocking(move || connection.lend(work)).await;
        let (connection, outcome) = ran.map_err(Error::internal)?;
        if let Some(connection) = connection {
            self.slot.put(connection);
        }
        outcome.map_err(|_| Error::internal("code given to `Context::transaction` panicked"))
    }

    async fn returns_what_it_keeps(&self, table: TableName) -> bool {
        match self.connection() {
            Ok(connection) => connection.returns_what_it_keeps(table).await,
            Err(_) => false,
        }
    }

    async fn checks_foreign_key(&self, table: TableName, column: &'static str) -> bool {
        match self.connection() {
            Ok(connection) => connection.checks_foreign_key(table, column).await,
            Err(_) => false,
        }
    }

    async fn is_unique(&self, table: TableName, column: &'static str) -> bool {
        match self.connection() {
            Ok(connection) => connection.is_unique(table, column).await,
            Err(_) => false,
        }
    }

    async fn settles_on_delete(&self, table: TableName, column: &str) -> bool {
        match self.connection() {
            Ok(connection) => connection.settles_on_delete(table, column).await,
            Err(_) => false,
        }
    }
}
