//! Rows of a table with the columns that Diesel has for a model.

use diesel::QueryResult;
use diesel::query_builder::{AstPass, Query, QueryFragment, QueryId};
use diesel::sql_types::Untyped;

use super::{Caching, Select, Statement};
use crate::dialect::{Dialect, TableName};

/// `SELECT selection FROM …`: the rows of another statement.
pub(crate) struct SelectModels<'a, DB: Dialect, E> {
    pub(crate) selection: E,
    pub(crate) select: &'a Select<DB>,
}

impl<DB: Dialect, E> Query for SelectModels<'_, DB, E> {
    type SqlType = Untyped;
}

impl<DB: Dialect, E> QueryId for SelectModels<'_, DB, E> {
    type QueryId = ();
    const HAS_STATIC_QUERY_ID: bool = false;
}

impl<DB: Dialect, E: QueryFragment<DB>> Statement<DB> for SelectModels<'_, DB, E> {
    const WRITES: bool = false;

    fn table(&self) -> TableName {
        self.select.resource.table
    }
}

impl<DB: Dialect, E: QueryFragment<DB>> QueryFragment<DB> for SelectModels<'_, DB, E> {
    fn walk_ast<'b>(&'b self, mut pass: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        if self.select.caching == Caching::Discard {
            pass.unsafe_to_cache_prepared();
        }
        pass.push_sql("SELECT ");
        self.selection.walk_ast(pass.reborrow())?;
        self.select.write_rows(&mut pass)
    }
}
