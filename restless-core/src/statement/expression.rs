//! Conditions that the application writes with Diesel.

use std::hash::{Hash, Hasher};
use std::sync::Arc;

use diesel::QueryResult;
use diesel::query_builder::AstPass;

use super::column::Alias;
use super::{Column, Source};
use crate::dialect::{AnyExpression, Dialect};

/// An expression over a table by its own name, and the key of the rows that are tested.
pub(crate) struct Expression {
    key: Column,
    expression: Arc<dyn AnyExpression>,
}

impl Expression {
    pub(crate) const fn new(key: Column, expression: Arc<dyn AnyExpression>) -> Self {
        Self { key, expression }
    }

    /// Feeds the text of the SQL to `hasher`; false if there is none.
    pub(super) fn shape<DB: Dialect>(&self, hasher: &mut impl Hasher) -> bool {
        let text = DB::render(DB::expression(&*self.expression)).ok();
        (self.key, &text).hash(hasher);
        text.is_some()
    }

    /// Writes it as it is where the table stands under its own name, else as the keys that satisfy it.
    pub(super) fn write<'b, DB: Dialect>(&'b self, pass: &mut AstPass<'_, 'b, DB>) -> QueryResult<()> {
        let expression = DB::expression(&*self.expression);
        let Source { table, alias } = self.key.source;
        if alias == Alias::Table {
            return expression.walk_ast(pass.reborrow());
        }
        let own = Column::of(table, self.key.name);
        self.key.write(pass)?;
        pass.push_sql(" IN (SELECT ");
        own.write(pass)?;
        pass.push_sql(" FROM ");
        own.source.write(pass)?;
        pass.push_sql(" WHERE ");
        expression.walk_ast(pass.reborrow())?;
        pass.push_sql(")");
        Ok(())
    }
}
