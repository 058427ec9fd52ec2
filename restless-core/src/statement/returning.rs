//! What a write gives back of its rows.

use std::hash::{Hash, Hasher};

use diesel::QueryResult;
use diesel::query_builder::{AstPass, QueryFragment};

use super::{Caching, Column, Select, statement};
use crate::dialect::{Dialect, Fragment};
use crate::resource_type::ResourceType;

/// The end of a statement that writes.
pub(crate) enum Returning<'a, DB: Dialect> {
    /// It gives nothing back.
    Nothing,
    /// ` RETURNING key`
    Key,
    /// ` RETURNING …`, the columns of a `Select`.
    Row(&'a Select<DB>),
}

impl<DB: Dialect> Returning<'_, DB> {
    /// Feeds what decides the text of the SQL to `hasher`; false if the text depends on a value's length.
    pub(crate) fn shape(&self, hasher: &mut impl Hasher) -> bool {
        std::mem::discriminant(self).hash(hasher);
        match self {
            Returning::Nothing | Returning::Key => true,
            Returning::Row(select) => select.shape(hasher),
        }
    }

    pub(super) fn write<'b>(&'b self, pass: &mut AstPass<'_, 'b, DB>, resource: &ResourceType) -> QueryResult<()> {
        match self {
            Returning::Nothing => Ok(()),
            Returning::Key => {
                pass.push_sql(" RETURNING ");
                pass.push_identifier(resource.key.column)
            }
            Returning::Row(select) => {
                pass.push_sql(" RETURNING ");
                select.write_columns(pass)
            }
        }
    }
}

/// `SELECT key FROM table WHERE key = …`: the key of a row whose insertion gave nothing back.
pub(crate) struct FindKey<'a, DB: Dialect> {
    pub(crate) resource: &'static ResourceType,
    pub(crate) value: &'a Fragment<DB>,
    pub(crate) caching: Caching,
}

statement!(FindKey<'a>, resource.table);

impl<DB: Dialect> QueryFragment<DB> for FindKey<'_, DB> {
    fn walk_ast<'b>(&'b self, mut pass: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        if self.caching == Caching::Discard {
            pass.unsafe_to_cache_prepared();
        }
        let key = Column::of(self.resource.table, self.resource.key.column);
        pass.push_sql("SELECT ");
        key.write(&mut pass)?;
        pass.push_sql(" FROM ");
        self.resource.table.on::<DB>().walk_ast(pass.reborrow())?;
        pass.push_sql(" WHERE ");
        key.write(&mut pass)?;
        pass.push_sql(" = ");
        self.value.walk_ast(pass.reborrow())
    }
}
