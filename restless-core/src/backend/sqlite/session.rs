//! A SQLite connection for the time of one operation.

use std::cell::RefCell;

use diesel::connection::LoadConnection;
use diesel::prelude::*;
use diesel::result::Error as DieselError;
use diesel::sqlite::Sqlite;

use super::borrowed_connection::lend;
use super::bound::Bound;
use super::{message, savepoint, schema};
use crate::backend::facts::{Fact, Facts};
use crate::backend::{DatabaseConnection, Refused, Session, Uniqueness, Visitor};
use crate::dialect::{TableName, Violation};
use crate::error::Error;
use crate::statement::Statement;

/// The connection; its futures are ready at once.
pub(super) struct SqliteSession<'a> {
    connection: RefCell<&'a mut SqliteConnection>,
    facts: &'a Facts,
    /// Whether other operations share the transaction.
    is_grouped: bool,
    bound: Bound,
}

impl<'a> SqliteSession<'a> {
    pub(super) fn new(connection: &'a mut SqliteConnection, facts: &'a Facts) -> Self {
        Self { connection: RefCell::new(connection), facts, is_grouped: false, bound: Bound::default() }
    }

    /// The same with a limit to what its statements may take.
    pub(super) fn within(self, bound: Bound) -> Self {
        Self { bound, ..self }
    }

    /// The same for an operation that shares the transaction with others.
    pub(super) fn grouped(connection: &'a mut SqliteConnection, facts: &'a Facts) -> Self {
        Self { is_grouped: true, ..Self::new(connection, facts) }
    }

    /// What a failure means; where SQLite names a constraint, the columns are in its definition.
    fn refused(&self, table: TableName, cause: DieselError) -> Refused {
        let mut refused = message::refused(cause);
        let (Violation::Unique(columns) | Violation::Check(columns)) = &mut refused.violation else {
            return refused;
        };
        if let DieselError::DatabaseError(_, information) = &refused.cause
            && let Some(name) = message::constraint(information.message())
        {
            columns.extend(schema::words_of_constraint(&mut self.connection.borrow_mut(), table, name));
        }
        refused
    }

    fn visit_all<Q, V>(&self, statement: &Q, visitor: &mut V) -> QueryResult<()>
    where
        Q: Statement<Sqlite>,
        V: Visitor<Sqlite>,
    {
        let mut connection = self.connection.borrow_mut();
        let _running = self.bound.begin();
        for row in LoadConnection::load(&mut **connection, statement)? {
            visitor.visit(&row?)?;
        }
        Ok(())
    }
}

impl Session for SqliteSession<'_> {
    type Dialect = Sqlite;

    const PIPELINES: bool = false;

    async fn query<Q, V>(&self, statement: &Q, visitor: &mut V) -> Result<(), Refused>
    where
        Q: Statement<Sqlite>,
        V: Visitor<Sqlite>,
    {
        self.visit_all(statement, visitor).map_err(|error| self.refused(statement.table(), error))
    }

    async fn change<Q: Statement<Sqlite>>(&self, statement: &Q) -> Result<usize, Refused> {
        let running = self.bound.begin();
        let executed = self.connection.borrow_mut().execute_returning_count(statement);
        drop(running);
        executed.map_err(|error| self.refused(statement.table(), error))
    }

    /// The writer has begun one; what others share it with stands under a savepoint of its own. SQLite takes back a
    /// single statement that fails, without one.
    async fn begin(&self) -> Result<(), Refused> {
        if !self.is_grouped {
            return Ok(());
        }
        savepoint::open(&mut self.connection.borrow_mut()).map_err(message::refused)
    }

    async fn lend<T, F>(&self, work: F) -> Result<T, Error>
    where
        T: Send + 'static,
        F: FnOnce(&mut DatabaseConnection) -> T + Send + 'static,
    {
        lend(&mut self.connection.borrow_mut(), work)
    }

    /// `RETURNING` shows the row before `AFTER` triggers have changed it.
    async fn returns_what_it_keeps(&self, table: TableName) -> bool {
        let asked = async { !schema::has_after_triggers(&mut self.connection.borrow_mut(), table) };
        self.facts.know(table, Fact::ReturnsWhatItKeeps, asked).await
    }

    async fn checks_foreign_key(&self, table: TableName, column: &'static str) -> bool {
        let asked = async { schema::checks_foreign_key(&mut self.connection.borrow_mut(), table, column) };
        self.facts.know(table, Fact::ChecksForeignKey(column), asked).await
    }

    async fn mixes_spellings(&self, table: TableName, column: &'static str) -> bool {
        let asked = async {
            let _running = self.bound.begin();
            schema::mixes_spellings(&mut self.connection.borrow_mut(), table, column)
        };
        self.facts.know_for_now(table, Fact::MixesSpellings(column), asked).await
    }

    async fn is_unique(&self, table: TableName, column: &'static str) -> bool {
        let asked =
            async { schema::uniqueness(&mut self.connection.borrow_mut(), table, column) == Uniqueness::Unique };
        self.facts.know(table, Fact::IsUnique(column), asked).await
    }

    async fn settles_on_delete(&self, table: TableName, column: &str) -> bool {
        schema::settles_on_delete(&mut self.connection.borrow_mut(), table, column)
    }
}
