//! One row of each group of rows.

use std::hash::{Hash, Hasher};

use diesel::QueryResult;
use diesel::query_builder::AstPass;

use super::{Column, Join, Predicate, comma_separated};
use crate::dialect::Dialect;

/// The rows with the least key among those that have the same values in all of the columns.
///
/// `key IN (SELECT representative FROM (SELECT key AS representative, ROW_NUMBER() OVER (PARTITION BY … ORDER BY key) AS
/// place FROM table … WHERE …) AS grouped WHERE place = 1)`: no database takes columns that are not grouped by all alike.
pub(crate) struct Representative<DB: Dialect> {
    pub(crate) key: Column,
    pub(crate) columns: Vec<Column>,
    /// The tables that the columns need.
    pub(crate) joins: Vec<Join<DB>>,
    /// The rows that are grouped.
    pub(crate) predicate: Predicate<DB>,
}

impl<DB: Dialect> Representative<DB> {
    /// Feeds what decides the text of the SQL to `hasher`; false if the text depends on a value's length.
    pub(super) fn shape(&self, hasher: &mut impl Hasher) -> bool {
        (self.key, &self.columns).hash(hasher);
        self.joins.iter().all(|join| join.shape(hasher)) && self.predicate.shape(hasher)
    }

    pub(super) fn write<'b>(&'b self, pass: &mut AstPass<'_, 'b, DB>) -> QueryResult<()> {
        self.key.write(pass)?;
        pass.push_sql(" IN (SELECT representative FROM (SELECT ");
        self.key.write(pass)?;
        pass.push_sql(" AS representative, ROW_NUMBER() OVER (PARTITION BY ");
        comma_separated(pass, &self.columns, |pass, column| column.write(pass))?;
        pass.push_sql(" ORDER BY ");
        self.key.write(pass)?;
        pass.push_sql(") AS place FROM ");
        self.key.source.table.on::<DB>().walk_ast(pass.reborrow())?;
        for join in &self.joins {
            join.write(pass)?;
        }
        self.predicate.write_where_of_many(pass)?;
        pass.push_sql(") AS grouped WHERE place = 1)");
        Ok(())
    }
}
