//! One row with all of its columns, for the application's own code.

use std::hash::{Hash, Hasher};

use diesel::QueryResult;
use diesel::query_builder::{AstPass, QueryFragment};

use super::{Caching, Hold, Predicate, comma_separated, statement};
use crate::dialect::Dialect;
use crate::resource_type::{ResourceType, WholeColumn, write_qualified};

/// `SELECT columns FROM table WHERE …`
pub(crate) struct SelectWhole<DB: Dialect> {
    pub(crate) resource: &'static ResourceType,
    pub(crate) columns: Vec<WholeColumn<DB>>,
    pub(crate) predicate: Predicate<DB>,
    pub(crate) hold: Hold,
    pub(crate) caching: Caching,
}

statement!(SelectWhole, resource.table);

impl<DB: Dialect> SelectWhole<DB> {
    /// Feeds what decides the text of the SQL to `hasher`; false if the text depends on a value's length.
    pub(crate) fn shape(&self, hasher: &mut impl Hasher) -> bool {
        "whole".hash(hasher);
        self.hold.hash(hasher);
        self.predicate.shape(hasher)
    }
}

impl<DB: Dialect> QueryFragment<DB> for SelectWhole<DB> {
    fn walk_ast<'b>(&'b self, mut pass: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        if self.caching == Caching::Discard {
            pass.unsafe_to_cache_prepared();
        }
        pass.push_sql("SELECT ");
        comma_separated(&mut pass, &self.columns, |pass, column| {
            write_qualified(self.resource.table, column.column, pass)
        })?;
        pass.push_sql(" FROM ");
        self.resource.table.on::<DB>().walk_ast(pass.reborrow())?;
        self.predicate.write_where(&mut pass)?;
        if self.hold == Hold::UntilTheEnd {
            pass.push_sql(DB::LOCK);
        }
        Ok(())
    }
}
