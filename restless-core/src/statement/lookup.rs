//! One column of one row, as a value within another statement.

use diesel::QueryResult;
use diesel::query_builder::{AstPass, QueryFragment};

use super::Predicate;
use crate::dialect::{Dialect, Fragment};
use crate::resource_type::{Reference, ResourceType};
use crate::statement::Column;

/// `(SELECT column FROM table WHERE key = … LIMIT 1)`: several rows of one key are an error to some databases.
pub(crate) struct Lookup<DB: Dialect> {
    column: Column<DB>,
    predicate: Predicate<DB>,
}

impl<DB: Dialect> Lookup<DB> {
    /// The column of the resource with that key.
    pub(crate) fn new(resource: &ResourceType<DB>, column: &'static str, key: Fragment<DB>) -> Self {
        let by_key = Column::of(resource.table, resource.key.column);
        Self { column: Column::of(resource.table, column), predicate: Predicate::equals(by_key, key) }
    }

    /// What foreign keys call the resource with that key: the key itself, unless they refer to another column.
    pub(crate) fn reference(resource: &ResourceType<DB>, reference: Reference, key: Fragment<DB>) -> Fragment<DB> {
        let referred = resource.referred(reference).column;
        if referred == resource.key.column { key } else { Box::new(Self::new(resource, referred, key)) }
    }
}

impl<DB: Dialect> QueryFragment<DB> for Lookup<DB> {
    fn walk_ast<'b>(&'b self, mut pass: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        pass.push_sql("(SELECT ");
        self.column.write(&mut pass)?;
        pass.push_sql(" FROM ");
        self.column.source.write(&mut pass)?;
        self.predicate.write_where(&mut pass)?;
        pass.push_sql(" LIMIT 1)");
        Ok(())
    }
}
