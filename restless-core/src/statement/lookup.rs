//! One column of one row, as a value within another statement.

use diesel::QueryResult;
use diesel::query_builder::{AstPass, QueryFragment};

use super::{Alias, Predicate, Source};
use crate::dialect::{Dialect, Fragment};
use crate::resource_type::{Reference, ResourceType};
use crate::statement::Column;

/// `(SELECT column FROM table WHERE key = … LIMIT 1)`: several rows of one key are an error to some databases.
pub(crate) struct Lookup<DB: Dialect> {
    column: Column,
    predicate: Predicate<DB>,
}

impl<DB: Dialect> Lookup<DB> {
    /// The column of the resource with that key.
    pub(crate) fn new(resource: &ResourceType, column: &'static str, key: Fragment<DB>) -> Self {
        let by_key = Column::of(resource.table, resource.key.column);
        Self { column: Column::of(resource.table, column), predicate: Predicate::equals(by_key, key) }
    }

    /// What foreign keys call the resource with that key: the key itself, unless they refer to another column.
    pub(crate) fn reference(resource: &ResourceType, reference: Reference, key: Fragment<DB>) -> Fragment<DB> {
        let referred = resource.referred(reference).column;
        if referred == resource.key.column { key } else { Box::new(Self::new(resource, referred, key)) }
    }
}

/// `COALESCE((SELECT * FROM (SELECT …) AS r2), ?)`: a value as the row spells it that has it already, else as it is. MySQL
/// looks into no table that it writes to, but into what it has selected from there.
pub(crate) struct Respelt<DB: Dialect> {
    lookup: Lookup<DB>,
    value: Fragment<DB>,
}

impl<DB: Dialect> Respelt<DB> {
    /// What foreign keys call the row with that value, which is given twice.
    pub(crate) fn reference(resource: &ResourceType, reference: Reference, [wanted, value]: [Fragment<DB>; 2]) -> Self {
        let column =
            Source { table: resource.table, alias: Alias::Numbered(1) }.column(resource.referred(reference).column);
        Self { lookup: Lookup { column, predicate: Predicate::equals(column, wanted) }, value }
    }
}

impl<DB: Dialect> QueryFragment<DB> for Respelt<DB> {
    fn walk_ast<'b>(&'b self, mut pass: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        pass.push_sql("COALESCE((SELECT * FROM ");
        self.lookup.walk_ast(pass.reborrow())?;
        pass.push_sql(" AS ");
        pass.push_identifier("r2")?;
        pass.push_sql("), ");
        self.value.walk_ast(pass.reborrow())?;
        pass.push_sql(")");
        Ok(())
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
