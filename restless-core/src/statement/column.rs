//! Columns by their tables.

use std::hash::{Hash, Hasher};

use diesel::QueryResult;
use diesel::query_builder::AstPass;

use crate::dialect::Dialect;
use crate::resource_type::TableName;

/// A column of a table that stands in the statement.
pub(crate) struct Column<DB: Dialect> {
    pub(crate) table: TableName<DB>,
    pub(crate) name: &'static str,
}

impl<DB: Dialect> Clone for Column<DB> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<DB: Dialect> Copy for Column<DB> {}

impl<DB: Dialect> Hash for Column<DB> {
    fn hash<H: Hasher>(&self, hasher: &mut H) {
        self.name.hash(hasher);
    }
}

impl<DB: Dialect> Column<DB> {
    /// Writes `table.column`.
    pub(crate) fn write(self, pass: &mut AstPass<'_, '_, DB>) -> QueryResult<()> {
        self.table.walk_ast(pass.reborrow())?;
        pass.push_sql(".");
        pass.push_identifier(self.name)
    }
}
