//! Comparisons of points in time where a database keeps them as texts, which other writers spell in their own ways.

use std::hash::{Hash, Hasher};

use diesel::QueryResult;
use diesel::query_builder::AstPass;

use super::Column;
use crate::dialect::{Comparison, Dialect, Fragment, TimeSpelling};

/// A column compared with a value or another column, by what they mean. An index on the column leads to the rows of the day
/// or the minute, and only those are looked at by what they mean.
pub(crate) struct Moment<DB: Dialect> {
    pub(crate) column: Column,
    pub(crate) comparison: Comparison,
    pub(crate) other: MomentOperand<DB>,
    pub(crate) spelling: &'static TimeSpelling,
}

/// What a column is compared with.
pub(crate) enum MomentOperand<DB: Dialect> {
    Value(Fragment<DB>),
    Column(Column),
}

impl<DB: Dialect> Moment<DB> {
    pub(super) fn shape(&self, hasher: &mut impl Hasher) -> bool {
        (self.column, self.comparison, std::mem::discriminant(&self.other)).hash(hasher);
        if let MomentOperand::Column(column) = &self.other {
            column.hash(hasher);
        }
        true
    }

    pub(super) fn write<'b>(&'b self, pass: &mut AstPass<'_, 'b, DB>) -> QueryResult<()> {
        let MomentOperand::Value(value) = &self.other else {
            return self.write_exactly(pass);
        };
        let TimeSpelling { low, high, .. } = self.spelling;
        let bound = |pass: &mut AstPass<'_, 'b, DB>, operator: &str, around: [&'static str; 2]| {
            self.column.write(pass)?;
            pass.push_sql(operator);
            write_around(pass, around, value)
        };
        pass.push_sql(if self.comparison == Comparison::NotEqual { "NOT (" } else { "(" });
        match self.comparison {
            Comparison::Greater | Comparison::GreaterOrEqual => {
                bound(pass, " >= ", *low)?;
                pass.push_sql(" AND (");
                bound(pass, " >= ", *high)?;
                pass.push_sql(" OR ");
            }
            Comparison::Less | Comparison::LessOrEqual => {
                bound(pass, " < ", *high)?;
                pass.push_sql(" AND (");
                bound(pass, " < ", *low)?;
                pass.push_sql(" OR ");
            }
            _ => {
                bound(pass, " >= ", *low)?;
                pass.push_sql(" AND ");
                bound(pass, " < ", *high)?;
                pass.push_sql(" AND (");
            }
        }
        self.write_exactly(pass)?;
        pass.push_sql("))");
        Ok(())
    }

    /// `function(column) = function(other)`
    fn write_exactly<'b>(&'b self, pass: &mut AstPass<'_, 'b, DB>) -> QueryResult<()> {
        let function = [self.spelling.function, ")"];
        let is_negated = self.comparison == Comparison::NotEqual && matches!(self.other, MomentOperand::Value(_));
        let comparison = if is_negated { Comparison::Equal } else { self.comparison };
        let [_, between, _] = comparison.sql::<DB>();
        pass.push_sql(function[0]);
        self.column.write(pass)?;
        pass.push_sql(function[1]);
        pass.push_sql(between);
        match &self.other {
            MomentOperand::Value(value) => write_around(pass, function, value),
            MomentOperand::Column(column) => {
                pass.push_sql(function[0]);
                column.write(pass)?;
                pass.push_sql(function[1]);
                Ok(())
            }
        }
    }
}

fn write_around<'b, DB: Dialect>(
    pass: &mut AstPass<'_, 'b, DB>,
    [before, behind]: [&'static str; 2],
    value: &'b Fragment<DB>,
) -> QueryResult<()> {
    pass.push_sql(before);
    value.walk_ast(pass.reborrow())?;
    pass.push_sql(behind);
    Ok(())
}
