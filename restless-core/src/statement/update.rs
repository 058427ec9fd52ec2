//! New values in a row.

use diesel::QueryResult;
use diesel::query_builder::{AstPass, QueryFragment};

use super::{Assignment, Caching, Predicate, Returning, comma_separated, statement};
use crate::dialect::Dialect;
use crate::resource_type::ResourceType;

/// `UPDATE table SET … WHERE … RETURNING …`; there is at least one value.
pub(crate) struct Update<'a, DB: Dialect> {
    pub(crate) resource: &'static ResourceType,
    pub(crate) values: Vec<Assignment<'a, DB>>,
    pub(crate) predicate: Predicate<DB>,
    pub(crate) returning: Returning<'a, DB>,
    pub(crate) caching: Caching,
}

statement!(Update<'a>, resource.table, true);

impl<DB: Dialect> QueryFragment<DB> for Update<'_, DB> {
    fn walk_ast<'b>(&'b self, mut pass: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        if self.caching == Caching::Discard {
            pass.unsafe_to_cache_prepared();
        }
        pass.push_sql("UPDATE ");
        self.resource.table.on::<DB>().walk_ast(pass.reborrow())?;
        pass.push_sql(" SET ");
        comma_separated(&mut pass, &self.values, |pass, (column, value)| {
            pass.push_identifier(column)?;
            pass.push_sql(" = ");
            value.walk_ast(pass.reborrow())
        })?;
        self.predicate.write_where(&mut pass)?;
        self.returning.write(&mut pass, self.resource)
    }
}
