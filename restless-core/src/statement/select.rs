//! Rows of a table, as many of their columns as are wanted.

use std::hash::{Hash, Hasher};

use diesel::QueryResult;
use diesel::query_builder::{AstPass, QueryFragment};

use super::{Caching, Column, Join, Linkage, Order, Predicate, order, statement};
use crate::dialect::{Dialect, Fragment};
use crate::resource_type::{AttributeId, ResourceType, Wanted};

/// Whether others may change the rows before the transaction ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Hold {
    No,
    UntilTheEnd,
}

/// The part of the rows that is wanted.
pub(crate) struct Window<DB: Dialect> {
    /// Written as a number: SQLite prepares a statement anew for every bound limit.
    pub(crate) limit: u64,
    /// The rows before it; none at the start.
    pub(crate) offset: Option<Fragment<DB>>,
}

/// The column that tells by which of several rows a row was found.
pub(crate) struct ParentKey {
    pub(crate) column: Column,
    /// The column that it must equal, if it is one of another table.
    pub(crate) joined_on: Option<(Column, Column)>,
    /// The column that it refers to, where that may be spelt in another way: its value is told instead.
    pub(crate) refers_to: Option<Column>,
}

impl ParentKey {
    /// Writes the column, or `(SELECT referred FROM table WHERE referred = column LIMIT 1)`.
    fn write<DB: Dialect>(&self, pass: &mut AstPass<'_, '_, DB>) -> QueryResult<()> {
        let Some(referred) = self.refers_to else {
            return self.column.write(pass);
        };
        pass.push_sql("(SELECT ");
        referred.write(pass)?;
        pass.push_sql(" FROM ");
        referred.source.write(pass)?;
        pass.push_sql(" WHERE ");
        referred.write(pass)?;
        pass.push_sql(" = ");
        self.column.write(pass)?;
        pass.push_sql(" LIMIT 1)");
        Ok(())
    }
}

/// What a model is asked for, and the columns that it is made of.
pub(crate) struct Presented<DB: Dialect> {
    pub(crate) wanted: Wanted,
    pub(crate) selection: Fragment<DB>,
}

/// `SELECT key, reference, parent_key, columns, linkages, model FROM table WHERE … ORDER BY … LIMIT … OFFSET …`
pub(crate) struct Select<DB: Dialect> {
    pub(crate) resource: &'static ResourceType,
    /// By whose rows these were found, if they were found by others.
    pub(crate) parent_key: Option<ParentKey>,
    /// The places of the wanted attributes among those of the resource type.
    pub(crate) attributes: Vec<AttributeId>,
    /// The to-one relationships whose linkage is wanted.
    pub(crate) linkages: Vec<Linkage<DB>>,
    /// What the model itself is asked for.
    pub(crate) presented: Option<Presented<DB>>,
    pub(crate) predicate: Predicate<DB>,
    /// The tables that the order needs.
    pub(crate) joins: Vec<Join<DB>>,
    pub(crate) order: Vec<Order>,
    pub(crate) window: Option<Window<DB>>,
    pub(crate) hold: Hold,
    pub(crate) caching: Caching,
}

statement!(Select, resource.table);

impl<DB: Dialect> Select<DB> {
    /// The keys of the rows that satisfy a predicate, and nothing else of them.
    pub(crate) const fn keys(resource: &'static ResourceType, predicate: Predicate<DB>) -> Self {
        Self {
            resource,
            parent_key: None,
            attributes: Vec::new(),
            linkages: Vec::new(),
            presented: None,
            predicate,
            joins: Vec::new(),
            order: Vec::new(),
            window: None,
            hold: Hold::No,
            caching: Caching::Keep,
        }
    }

    /// Feeds what decides the text of the SQL to `hasher`; false if the text depends on a value's length.
    pub(crate) fn shape(&self, hasher: &mut impl Hasher) -> bool {
        self.attributes.hash(hasher);
        self.presented.is_some().hash(hasher);
        self.parent_key.as_ref().map(|parent_key| (parent_key.column, parent_key.refers_to)).hash(hasher);
        self.order.hash(hasher);
        let window = self.window.as_ref().map(|window| (window.limit, window.offset.is_some()));
        window.hash(hasher);
        self.hold.hash(hasher);
        self.linkages.iter().all(|linkage| linkage.shape(hasher))
            && self.joins.iter().all(|join| join.shape(hasher))
            && self.predicate.shape(hasher)
    }

    pub(super) fn write_columns<'b>(&'b self, pass: &mut AstPass<'_, 'b, DB>) -> QueryResult<()> {
        let quoted = self.resource.quoted::<DB>()?;
        pass.push_sql(&quoted.key);
        if let Some(primary_key) = &quoted.primary_key {
            pass.push_sql(", ");
            pass.push_sql(primary_key);
        }
        if let Some(parent_key) = &self.parent_key {
            pass.push_sql(", ");
            parent_key.write(pass)?;
        }
        for attribute in &self.attributes {
            pass.push_sql(", ");
            pass.push_sql(&quoted.attributes[attribute.index()]);
        }
        for linkage in &self.linkages {
            pass.push_sql(", ");
            linkage.write(pass, self.resource)?;
        }
        if let Some(Presented { selection, .. }) = &self.presented {
            pass.push_sql(", ");
            selection.walk_ast(pass.reborrow())?;
        }
        Ok(())
    }

    /// Writes which rows there are, and in which order: everything behind the columns.
    pub(super) fn write_rows<'b>(&'b self, pass: &mut AstPass<'_, 'b, DB>) -> QueryResult<()> {
        pass.push_sql(" FROM ");
        self.resource.table.on::<DB>().walk_ast(pass.reborrow())?;
        self.write_join(pass)?;
        for join in &self.joins {
            join.write(pass)?;
        }
        if self.may_be_long() {
            self.predicate.write_where_of_many(pass)?;
        } else {
            self.predicate.write_where(pass)?;
        }
        order::write(pass, &self.order)?;
        write_window(pass, self.window.as_ref())
    }

    /// Whether more rows may be looked at than are shown: those that are left out, that stand before the page, or that are
    /// not in order.
    const fn may_be_long(&self) -> bool {
        self.window.is_some() && self.parent_key.is_none()
    }

    fn write_join(&self, pass: &mut AstPass<'_, '_, DB>) -> QueryResult<()> {
        let Some((left, right)) = self.parent_key.as_ref().and_then(|parent_key| parent_key.joined_on) else {
            return Ok(());
        };
        pass.push_sql(" INNER JOIN ");
        left.source.write(pass)?;
        pass.push_sql(" ON ");
        right.write(pass)?;
        pass.push_sql(" = ");
        left.write(pass)
    }
}

/// Writes ` LIMIT … OFFSET …`, or nothing.
pub(super) fn write_window<'b, DB: Dialect>(
    pass: &mut AstPass<'_, 'b, DB>,
    window: Option<&'b Window<DB>>,
) -> QueryResult<()> {
    let Some(window) = window else {
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

impl<DB: Dialect> QueryFragment<DB> for Select<DB> {
    fn walk_ast<'b>(&'b self, mut pass: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        if self.caching == Caching::Discard {
            pass.unsafe_to_cache_prepared();
        }
        pass.push_sql("SELECT ");
        self.write_columns(&mut pass)?;
        self.write_rows(&mut pass)?;
        if self.hold == Hold::UntilTheEnd {
            pass.push_sql(DB::LOCK);
        }
        Ok(())
    }
}
