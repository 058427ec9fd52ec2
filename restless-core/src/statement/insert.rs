//! A new row.

use diesel::QueryResult;
use diesel::query_builder::{AstPass, QueryFragment};

use super::{Caching, Fragment, comma_separated, statement};
use crate::backend::Dialect;
use crate::resource_type::ResourceType;

/// `INSERT INTO table (columns) VALUES (…) RETURNING key`
pub(crate) struct Insert<DB: Dialect> {
    pub(crate) resource: &'static ResourceType<DB>,
    pub(crate) values: Vec<(&'static str, Fragment<DB>)>,
    pub(crate) caching: Caching,
}

statement!(Insert);

impl<DB: Dialect> QueryFragment<DB> for Insert<DB> {
    fn walk_ast<'b>(&'b self, mut pass: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        if self.caching == Caching::Discard {
            pass.unsafe_to_cache_prepared();
        }
        pass.push_sql("INSERT INTO ");
        self.resource.table.walk_ast(pass.reborrow())?;
        if self.values.is_empty() {
            pass.push_sql(DB::DEFAULT_VALUES);
        } else {
            pass.push_sql(" (");
            comma_separated(&mut pass, &self.values, |pass, (column, _)| pass.push_identifier(column))?;
            pass.push_sql(") VALUES (");
            comma_separated(&mut pass, &self.values, |pass, (_, value)| value.walk_ast(pass.reborrow()))?;
            pass.push_sql(")");
        }
        pass.push_sql(" RETURNING ");
        pass.push_identifier(self.resource.key.column)
    }
}
