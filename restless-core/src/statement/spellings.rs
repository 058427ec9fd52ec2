//! Rows by keys that may be spelt in several ways.

use diesel::QueryResult;
use diesel::query_builder::{AstPass, QueryFragment};

use super::{Column, Predicate, statement};
use crate::dialect::{Dialect, Fragment, InList};
use crate::resource_type::ResourceType;

/// `SELECT key, CASE WHEN key = ? THEN 1 END, … FROM table WHERE key IN (…)`: which of the spellings mean which row is for
/// the database to say.
pub(crate) struct Spellings<DB: Dialect> {
    resource: &'static ResourceType,
    each: Vec<Fragment<DB>>,
    predicate: Predicate<DB>,
}

statement!(Spellings, resource.table);

impl<DB: Dialect> Spellings<DB> {
    /// The keys in some spellings, and once more as the right side of an `IN`.
    pub(crate) fn new(resource: &'static ResourceType, each: Vec<Fragment<DB>>, values: InList<DB>) -> Self {
        let column = Column::of(resource.table, resource.key.column);
        Self { resource, each, predicate: Predicate::In { column, values } }
    }
}

impl<DB: Dialect> QueryFragment<DB> for Spellings<DB> {
    fn walk_ast<'b>(&'b self, mut pass: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        pass.unsafe_to_cache_prepared();
        let key = Column::of(self.resource.table, self.resource.key.column);
        pass.push_sql("SELECT ");
        key.write(&mut pass)?;
        for spelling in &self.each {
            pass.push_sql(", CASE WHEN ");
            key.write(&mut pass)?;
            pass.push_sql(" = ");
            spelling.walk_ast(pass.reborrow())?;
            pass.push_sql(" THEN 1 END");
        }
        pass.push_sql(" FROM ");
        self.resource.table.on::<DB>().walk_ast(pass.reborrow())?;
        self.predicate.write_where(&mut pass)
    }
}
