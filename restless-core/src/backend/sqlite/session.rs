//! A SQLite connection for the time of one operation.

use std::cell::RefCell;

use diesel::connection::LoadConnection;
use diesel::prelude::*;
use diesel::query_builder::{Query, QueryFragment, QueryId};
use diesel::sql_types::Untyped;
use diesel::sqlite::Sqlite;

use super::schema;
use crate::backend::{Session, Visitor};
use crate::resource_type::TableName;

/// The connection; its futures are ready at once.
pub(super) struct SqliteSession<'a>(RefCell<&'a mut SqliteConnection>);

impl<'a> SqliteSession<'a> {
    pub(super) fn new(connection: &'a mut SqliteConnection) -> Self {
        Self(RefCell::new(connection))
    }
}

impl Session for SqliteSession<'_> {
    type Dialect = Sqlite;

    async fn load<Q, V>(&self, statement: &Q, visitor: &mut V) -> QueryResult<()>
    where
        Q: QueryFragment<Sqlite> + QueryId + Query<SqlType = Untyped>,
        V: Visitor<Sqlite>,
    {
        let mut connection = self.0.borrow_mut();
        for row in LoadConnection::load(&mut **connection, statement)? {
            visitor.visit(&row?)?;
        }
        Ok(())
    }

    /// The writer has begun one.
    async fn begin(&self) -> QueryResult<()> {
        Ok(())
    }

    /// A refused statement leaves the transaction as it was; the writer takes it back once the operation has failed.
    async fn roll_back(&self) {}

    /// `RETURNING` shows the row before `AFTER` triggers have changed it.
    async fn returns_what_it_keeps(&self, _: TableName<Sqlite>) -> bool {
        false
    }

    async fn settles_on_delete(&self, table: TableName<Sqlite>, column: &str) -> bool {
        schema::settles_on_delete(&mut self.0.borrow_mut(), table, column)
    }

    async fn execute<Q>(&self, statement: &Q) -> QueryResult<usize>
    where
        Q: QueryFragment<Sqlite> + QueryId,
    {
        self.0.borrow_mut().execute_returning_count(statement)
    }
}
