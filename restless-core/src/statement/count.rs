//! How many rows satisfy a predicate.

use diesel::QueryResult;
use diesel::query_builder::{AstPass, QueryFragment};

use super::{Caching, Predicate, statement};
use crate::dialect::{Dialect, TableName};

/// `SELECT COUNT(*) FROM table WHERE …`, with the predicate of a page.
pub(crate) struct CountRows<'a, DB: Dialect> {
    pub(crate) table: TableName,
    pub(crate) predicate: &'a Predicate<DB>,
    pub(crate) caching: Caching,
}

statement!(CountRows<'a>, table);

impl<DB: Dialect> QueryFragment<DB> for CountRows<'_, DB> {
    fn walk_ast<'b>(&'b self, mut pass: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        if self.caching == Caching::Discard {
            pass.unsafe_to_cache_prepared();
        }
        pass.push_sql("SELECT COUNT(*) FROM ");
        self.table.on::<DB>().walk_ast(pass.reborrow())?;
        // All rows are counted without being looked at.
        if self.predicate.is_of_every_row() { Ok(()) } else { self.predicate.write_where_of_many(&mut pass) }
    }
}
