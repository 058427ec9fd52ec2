//! New rows.

use diesel::QueryResult;
use diesel::query_builder::{AstPass, QueryFragment};

use super::{Assignment, Caching, Column, Predicate, Returning, comma_separated, statement};
use crate::dialect::{Dialect, Fragment, TableName};
use crate::resource_type::ResourceType;

/// `INSERT INTO table (columns) VALUES (…) RETURNING …`
pub(crate) struct Insert<'a, DB: Dialect> {
    pub(crate) resource: &'static ResourceType,
    pub(crate) values: Vec<Assignment<'a, DB>>,
    pub(crate) returning: Returning<'a, DB>,
    pub(crate) caching: Caching,
}

statement!(Insert<'a>, resource.table, true);

impl<DB: Dialect> QueryFragment<DB> for Insert<'_, DB> {
    fn walk_ast<'b>(&'b self, mut pass: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        if self.caching == Caching::Discard {
            pass.unsafe_to_cache_prepared();
        }
        pass.push_sql("INSERT INTO ");
        self.resource.table.on::<DB>().walk_ast(pass.reborrow())?;
        if self.values.is_empty() {
            pass.push_sql(DB::DEFAULT_VALUES);
        } else {
            pass.push_sql(" (");
            comma_separated(&mut pass, &self.values, |pass, (column, _)| pass.push_identifier(column))?;
            pass.push_sql(") VALUES (");
            comma_separated(&mut pass, &self.values, |pass, (_, value)| value.walk_ast(pass.reborrow()))?;
            pass.push_sql(")");
        }
        self.returning.write(&mut pass, self.resource)
    }
}

/// `INSERT INTO through (own, other) SELECT …, target.column FROM target WHERE …`: the missing rows of a join table.
pub(crate) struct InsertLinks<DB: Dialect> {
    pub(crate) through: TableName,
    pub(crate) own: &'static str,
    pub(crate) other: &'static str,
    /// What the new rows have in the column `own`.
    pub(crate) value: Fragment<DB>,
    /// Where they have the column `other` from.
    pub(crate) source: Column,
    /// The rows of the target that are to be linked.
    pub(crate) predicate: Predicate<DB>,
}

statement!(InsertLinks, through, true);

impl<DB: Dialect> QueryFragment<DB> for InsertLinks<DB> {
    fn walk_ast<'b>(&'b self, mut pass: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        pass.push_sql("INSERT INTO ");
        self.through.on::<DB>().walk_ast(pass.reborrow())?;
        pass.push_sql(" (");
        pass.push_identifier(self.own)?;
        pass.push_sql(", ");
        pass.push_identifier(self.other)?;
        pass.push_sql(") SELECT ");
        self.value.walk_ast(pass.reborrow())?;
        pass.push_sql(", ");
        self.source.write(&mut pass)?;
        pass.push_sql(" FROM ");
        self.source.source.write(&mut pass)?;
        self.predicate.write_where(&mut pass)
    }
}
