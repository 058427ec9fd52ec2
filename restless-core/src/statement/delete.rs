//! Rows that go away.

use diesel::QueryResult;
use diesel::query_builder::{AstPass, QueryFragment};

use super::{Predicate, statement};
use crate::dialect::{Dialect, TableName};

/// `DELETE FROM table WHERE …`
pub(crate) struct Delete<DB: Dialect> {
    pub(crate) table: TableName,
    pub(crate) predicate: Predicate<DB>,
}

statement!(Delete, table, true);

impl<DB: Dialect> QueryFragment<DB> for Delete<DB> {
    fn walk_ast<'b>(&'b self, mut pass: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        pass.push_sql("DELETE FROM ");
        self.table.on::<DB>().walk_ast(pass.reborrow())?;
        self.predicate.write_where(&mut pass)
    }
}
