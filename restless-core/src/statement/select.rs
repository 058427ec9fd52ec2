//! Rows of a table, as many of their columns as are wanted.

use std::hash::{Hash, Hasher};

use diesel::QueryResult;
use diesel::query_builder::{AstPass, QueryFragment};

use super::{Caching, Fragment, Predicate, comma_separated, statement};
use crate::backend::Dialect;
use crate::resource_type::ResourceType;

/// Which way a sort key runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Direction {
    Ascending,
    Descending,
}

/// One key of an `ORDER BY`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Order {
    pub(crate) column: &'static str,
    pub(crate) direction: Direction,
}

/// The part of the rows that is wanted.
pub(crate) struct Window<DB: Dialect> {
    /// Written as a number: SQLite prepares a statement anew for every bound limit.
    pub(crate) limit: u64,
    /// The rows before it; none at the start.
    pub(crate) offset: Option<Fragment<DB>>,
}

/// `SELECT key, columns FROM table WHERE … ORDER BY … LIMIT … OFFSET …`
pub(crate) struct Select<DB: Dialect> {
    pub(crate) resource: &'static ResourceType<DB>,
    /// The places of the wanted attributes among those of the resource type.
    pub(crate) attributes: Vec<usize>,
    pub(crate) predicate: Predicate<DB>,
    pub(crate) order: Vec<Order>,
    pub(crate) window: Option<Window<DB>>,
    pub(crate) caching: Caching,
}

statement!(Select);

impl<DB: Dialect> Select<DB> {
    /// Feeds what decides the text of the SQL to `hasher`; false if the text depends on a value's length.
    pub(crate) fn shape(&self, hasher: &mut impl Hasher) -> bool {
        self.attributes.hash(hasher);
        self.order.hash(hasher);
        let window = self.window.as_ref().map(|window| (window.limit, window.offset.is_some()));
        window.hash(hasher);
        self.predicate.shape(hasher)
    }

    fn write_order(&self, pass: &mut AstPass<'_, '_, DB>) -> QueryResult<()> {
        for (index, key) in self.order.iter().enumerate() {
            pass.push_sql(if index == 0 { " ORDER BY " } else { ", " });
            pass.push_identifier(key.column)?;
            if key.direction == Direction::Descending {
                pass.push_sql(" DESC");
            }
        }
        Ok(())
    }

    fn write_window<'b>(&'b self, pass: &mut AstPass<'_, 'b, DB>) -> QueryResult<()> {
        let Some(window) = &self.window else {
            return Ok(());
        };
        pass.push_sql(" LIMIT ");
        pass.push_sql(&window.limit.to_string());
        let Some(offset) = &window.offset else {
            return Ok(());
        };
        pass.push_sql(" OFFSET ");
        offset.walk_ast(pass.reborrow())
    }
}

impl<DB: Dialect> QueryFragment<DB> for Select<DB> {
    fn walk_ast<'b>(&'b self, mut pass: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        if self.caching == Caching::Discard {
            pass.unsafe_to_cache_prepared();
        }
        pass.push_sql("SELECT ");
        pass.push_identifier(self.resource.key.column)?;
        if !self.attributes.is_empty() {
            pass.push_sql(", ");
        }
        comma_separated(&mut pass, &self.attributes, |pass, index| {
            pass.push_identifier(self.resource.attributes[*index].column)
        })?;
        pass.push_sql(" FROM ");
        self.resource.table.walk_ast(pass.reborrow())?;
        self.predicate.write_where(&mut pass)?;
        self.write_order(&mut pass)?;
        self.write_window(&mut pass)
    }
}
