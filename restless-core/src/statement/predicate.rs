//! Conditions on rows.

use std::hash::{Hash, Hasher};

use diesel::QueryResult;
use diesel::query_builder::{AstPass, QueryFragment};

use super::{Column, comma_separated};
use crate::dialect::{Dialect, Fragment, Membership};
use crate::resource_type::TableName;

/// What a row must satisfy.
pub(crate) enum Predicate<DB: Dialect> {
    /// Every one of them; of none, every row does.
    All(Vec<Predicate<DB>>),
    /// Not this one.
    Not(Box<Predicate<DB>>),
    /// The column equals the value.
    Equals { column: Column<DB>, value: Fragment<DB> },
    /// The column is one of the values.
    In { column: Column<DB>, values: Membership<DB> },
    /// The columns are equal.
    Matches { left: Column<DB>, right: Column<DB> },
    /// The column is one of those that such rows of another table have.
    Among { column: Column<DB>, source: Column<DB>, predicate: Box<Predicate<DB>> },
    /// Another table has such a row.
    Exists { table: TableName<DB>, predicate: Box<Predicate<DB>> },
}

impl<DB: Dialect> Predicate<DB> {
    /// Feeds what decides the text of the SQL to `hasher`; false if the text depends on a value's length.
    pub(crate) fn shape(&self, hasher: &mut impl Hasher) -> bool {
        std::mem::discriminant(self).hash(hasher);
        match self {
            Predicate::All(parts) => {
                parts.len().hash(hasher);
                parts.iter().all(|part| part.shape(hasher))
            }
            Predicate::Not(predicate) | Predicate::Exists { predicate, .. } => predicate.shape(hasher),
            Predicate::Equals { column, .. } => {
                column.hash(hasher);
                true
            }
            Predicate::Matches { left, right } => {
                (left, right).hash(hasher);
                true
            }
            Predicate::Among { column, source, predicate } => {
                (column, source).hash(hasher);
                predicate.shape(hasher)
            }
            Predicate::In { column, values } => {
                column.hash(hasher);
                matches!(values, Membership::Whole(_))
            }
        }
    }

    /// Writes ` WHERE …`, or nothing when every row is meant.
    pub(crate) fn write_where<'b>(&'b self, pass: &mut AstPass<'_, 'b, DB>) -> QueryResult<()> {
        if matches!(self, Predicate::All(parts) if parts.is_empty()) {
            return Ok(());
        }
        pass.push_sql(" WHERE ");
        self.write(pass)
    }

    fn write<'b>(&'b self, pass: &mut AstPass<'_, 'b, DB>) -> QueryResult<()> {
        match self {
            Predicate::All(parts) => write_all(pass, parts),
            Predicate::Not(predicate) => {
                pass.push_sql("NOT (");
                predicate.write(pass)?;
                pass.push_sql(")");
                Ok(())
            }
            Predicate::Equals { column, value } => {
                column.write(pass)?;
                pass.push_sql(" = ");
                value.walk_ast(pass.reborrow())
            }
            Predicate::Matches { left, right } => {
                left.write(pass)?;
                pass.push_sql(" = ");
                right.write(pass)
            }
            Predicate::In { column, values } => {
                column.write(pass)?;
                write_membership(pass, values)
            }
            Predicate::Among { column, source, predicate } => {
                column.write(pass)?;
                pass.push_sql(" IN (SELECT ");
                source.write(pass)?;
                write_from(pass, source.table, predicate)
            }
            Predicate::Exists { table, predicate } => {
                pass.push_sql("EXISTS (SELECT 1");
                write_from(pass, *table, predicate)
            }
        }
    }
}

fn write_all<'b, DB: Dialect>(pass: &mut AstPass<'_, 'b, DB>, parts: &'b [Predicate<DB>]) -> QueryResult<()> {
    if parts.is_empty() {
        pass.push_sql("1 = 1");
    }
    for (index, part) in parts.iter().enumerate() {
        if index > 0 {
            pass.push_sql(" AND ");
        }
        part.write(pass)?;
    }
    Ok(())
}

/// Writes the end of a subquery: ` FROM table WHERE …)`.
fn write_from<'b, DB: Dialect>(
    pass: &mut AstPass<'_, 'b, DB>,
    table: TableName<DB>,
    predicate: &'b Predicate<DB>,
) -> QueryResult<()> {
    pass.push_sql(" FROM ");
    table.walk_ast(pass.reborrow())?;
    predicate.write_where(pass)?;
    pass.push_sql(")");
    Ok(())
}

fn write_membership<'b, DB: Dialect>(pass: &mut AstPass<'_, 'b, DB>, values: &'b Membership<DB>) -> QueryResult<()> {
    match values {
        Membership::Whole(fragment) => fragment.walk_ast(pass.reborrow()),
        Membership::Each(fragments) => {
            pass.push_sql(" IN (");
            comma_separated(pass, fragments, |pass, value| value.walk_ast(pass.reborrow()))?;
            pass.push_sql(")");
            Ok(())
        }
    }
}
