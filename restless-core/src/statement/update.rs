//! New values in a row.

use diesel::QueryResult;
use diesel::query_builder::{AstPass, QueryFragment};

use super::{Caching, Predicate, comma_separated, statement};
use crate::dialect::{Dialect, Fragment};
use crate::resource_type::ResourceType;

/// `UPDATE table SET … WHERE …`; there is at least one value.
pub(crate) struct Update<DB: Dialect> {
    pub(crate) resource: &'static ResourceType<DB>,
    pub(crate) values: Vec<(&'static str, Fragment<DB>)>,
    pub(crate) predicate: Predicate<DB>,
    pub(crate) caching: Caching,
}

statement!(Update);

impl<DB: Dialect> QueryFragment<DB> for Update<DB> {
    fn walk_ast<'b>(&'b self, mut pass: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        if self.caching == Caching::Discard {
            pass.unsafe_to_cache_prepared();
        }
        pass.push_sql("UPDATE ");
        self.resource.table.walk_ast(pass.reborrow())?;
        pass.push_sql(" SET ");
        comma_separated(&mut pass, &self.values, |pass, (column, value)| {
            pass.push_identifier(column)?;
            pass.push_sql(" = ");
            value.walk_ast(pass.reborrow())
        })?;
        self.predicate.write_where(&mut pass)
    }
}
