//! A SQLite connection for the time of one operation.

use std::cell::RefCell;

use diesel::connection::LoadConnection;
use diesel::prelude::*;
use diesel::sqlite::Sqlite;

use super::{message, schema};
use crate::backend::{Refused, Session, Visitor};
use crate::resource_type::TableName;
use crate::statement::Statement;

/// The connection; its futures are ready at once.
pub(super) struct SqliteSession<'a>(RefCell<&'a mut SqliteConnection>);

impl<'a> SqliteSession<'a> {
    pub(super) fn new(connection: &'a mut SqliteConnection) -> Self {
        Self(RefCell::new(connection))
    }

    fn visit_all<Q, V>(&self, statement: &Q, visitor: &mut V) -> QueryResult<()>
    where
        Q: Statement<Sqlite>,
        V: Visitor<Sqlite>,
    {
        let mut connection = self.0.borrow_mut();
        for row in LoadConnection::load(&mut **connection, statement)? {
            visitor.visit(&row?)?;
        }
        Ok(())
    }
}

impl Session for SqliteSession<'_> {
    type Dialect = Sqlite;

    const PIPELINES: bool = false;

    async fn load<Q, V>(&self, statement: &Q, visitor: &mut V) -> Result<(), Refused>
    where
        Q: Statement<Sqlite>,
        V: Visitor<Sqlite>,
    {
        self.visit_all(statement, visitor).map_err(message::refused)
    }

    async fn execute<Q: Statement<Sqlite>>(&self, statement: &Q) -> Result<usize, Refused> {
        self.0.borrow_mut().execute_returning_count(statement).map_err(message::refused)
    }

    /// The writer has begun one.
    async fn begin(&self) -> Result<(), Refused> {
        Ok(())
    }

    /// `RETURNING` shows the row before `AFTER` triggers have changed it.
    async fn returns_what_it_keeps(&self, _: TableName<Sqlite>) -> bool {
        false
    }

    async fn settles_on_delete(&self, table: TableName<Sqlite>, column: &str) -> bool {
        schema::settles_on_delete(&mut self.0.borrow_mut(), table, column)
    }
}
