//! Conditions on rows.

use std::hash::{Hash, Hasher};

use diesel::QueryResult;
use diesel::query_builder::{AstPass, QueryFragment};

use super::{Column, Custom, Exists, Expression, Moment, Representative, Search, Source, comma_separated, like};
use crate::dialect::{Comparison, Dialect, Fragment, InList};

/// What a row must satisfy.
pub(crate) enum Predicate<DB: Dialect> {
    /// Every one of them; of none, every row does.
    All(Vec<Predicate<DB>>),
    /// At least one of them; of none, no row does.
    Any(Vec<Predicate<DB>>),
    /// Not this one.
    Not(Box<Predicate<DB>>),
    /// The column and the value.
    Compare { column: Column, comparison: Comparison, value: Fragment<DB> },
    /// The columns.
    Match { left: Column, comparison: Comparison, right: Column },
    /// The column is one of the values.
    In { column: Column, values: InList<DB> },
    /// The points in time, where the database keeps texts.
    Moment(Moment<DB>),
    /// The column lies between the values or is one of them.
    Between { column: Column, low: Fragment<DB>, high: Fragment<DB> },
    /// The column has no value.
    IsNull(Column),
    /// There is such a row.
    Exists(Exists<DB>),
    /// The application's own operator.
    Custom(Custom<DB>),
    /// What the application has written with Diesel.
    Expression(Expression),
    /// It stands for its group.
    Representative(Box<Representative<DB>>),
    /// What a client asks for with a query parameter, to be named when the database cannot do it.
    Sent { parameter: String, predicate: Box<Predicate<DB>> },
}

impl<DB: Dialect> Predicate<DB> {
    /// The column equals the value.
    pub(crate) const fn equals(column: Column, value: Fragment<DB>) -> Self {
        Predicate::Compare { column, comparison: Comparison::Equal, value }
    }

    /// The columns are equal.
    pub(crate) const fn matches(left: Column, right: Column) -> Self {
        Predicate::Match { left, comparison: Comparison::Equal, right }
    }

    /// The opposite.
    pub(crate) fn negated(self) -> Self {
        Predicate::Not(Box::new(self))
    }

    /// The same, as a query parameter asks for it.
    pub(crate) fn sent_with(self, parameter: &str) -> Self {
        Predicate::Sent { parameter: parameter.to_owned(), predicate: Box::new(self) }
    }

    /// There is such a row in the table.
    pub(crate) fn exists(source: Source, predicate: Predicate<DB>) -> Self {
        let predicate = Box::new(predicate);
        Predicate::Exists(Exists { source, joined: None, link: None, search: Search::Each, predicate })
    }

    /// Feeds what decides the text of the SQL to `hasher`; false if the text depends on a value's length.
    pub(crate) fn shape(&self, hasher: &mut impl Hasher) -> bool {
        std::mem::discriminant(self).hash(hasher);
        match self {
            Predicate::All(parts) | Predicate::Any(parts) => {
                parts.len().hash(hasher);
                parts.iter().all(|part| part.shape(hasher))
            }
            Predicate::Not(predicate) => predicate.shape(hasher),
            Predicate::Exists(exists) => exists.shape(hasher),
            Predicate::Moment(moment) => moment.shape(hasher),
            Predicate::Compare { column, comparison, .. } => is_hashed(&(column, comparison), hasher),
            Predicate::Match { left, comparison, right } => is_hashed(&(left, comparison, right), hasher),
            Predicate::Between { column, .. } | Predicate::IsNull(column) => is_hashed(column, hasher),
            Predicate::In { column, values } => {
                column.hash(hasher);
                matches!(values, InList::Whole(_))
            }
            Predicate::Custom(custom) => is_hashed(custom, hasher),
            Predicate::Expression(expression) => expression.shape::<DB>(hasher),
            Predicate::Representative(representative) => representative.shape(hasher),
            Predicate::Sent { predicate, .. } => predicate.shape(hasher),
        }
    }

    /// Writes ` WHERE …`, or nothing when every row is meant.
    pub(crate) fn write_where<'b>(&'b self, pass: &mut AstPass<'_, 'b, DB>) -> QueryResult<()> {
        if self.is_of_every_row() {
            return Ok(());
        }
        pass.push_sql(" WHERE ");
        self.write(pass)
    }

    /// Writes ` WHERE …` for a statement that may look at any number of rows: with what stops it when it takes too long,
    /// before anything that a row may fail.
    pub(crate) fn write_where_of_many<'b>(&'b self, pass: &mut AstPass<'_, 'b, DB>) -> QueryResult<()> {
        let Some(stop) = DB::STOP else {
            return self.write_where(pass);
        };
        pass.push_sql(" WHERE ");
        pass.push_sql(stop);
        pass.push_sql("()");
        self.write_and(pass)
    }

    /// Writes ` AND …` behind other conditions, or nothing when every row is meant.
    pub(super) fn write_and<'b>(&'b self, pass: &mut AstPass<'_, 'b, DB>) -> QueryResult<()> {
        if self.is_of_every_row() {
            return Ok(());
        }
        if let Some(parts) = self.conjuncts() {
            return write_all(pass, parts, 1).map(drop);
        }
        pass.push_sql(" AND ");
        self.write_beside(pass)
    }

    pub(super) fn write<'b>(&'b self, pass: &mut AstPass<'_, 'b, DB>) -> QueryResult<()> {
        match self {
            Predicate::All(_) if self.is_of_every_row() => {
                pass.push_sql("1 = 1");
                Ok(())
            }
            Predicate::All(parts) => write_all(pass, parts, 0).map(drop),
            Predicate::Any(parts) => write_any(pass, parts),
            Predicate::Not(predicate) => {
                pass.push_sql("NOT ");
                predicate.write_within(pass)
            }
            Predicate::Moment(moment) => moment.write(pass),
            Predicate::Compare { column, comparison, value } => like::write(pass, *column, *comparison, value),
            Predicate::Match { left, comparison, right } => {
                write_comparison(pass, *left, *comparison, |pass| right.write(pass))
            }
            Predicate::In { column, values } => {
                column.write(pass)?;
                write_membership(pass, values)
            }
            Predicate::Between { column, low, high } => write_between(pass, *column, [low, high]),
            Predicate::IsNull(column) => {
                column.write(pass)?;
                pass.push_sql(" IS NULL");
                Ok(())
            }
            Predicate::Exists(exists) => exists.write(pass),
            Predicate::Custom(custom) => custom.write(pass),
            Predicate::Expression(expression) => expression.write(pass),
            Predicate::Representative(representative) => representative.write(pass),
            Predicate::Sent { predicate, .. } => predicate.write(pass),
        }
    }

    /// The query parameters whose values the database may not be able to work with.
    pub(crate) fn fallible_parameters(&self) -> Vec<&str> {
        match self {
            Predicate::Sent { parameter, predicate } if predicate.is_fallible() => vec![parameter],
            Predicate::All(parts) => parts.iter().flat_map(Self::fallible_parameters).collect(),
            _ => Vec::new(),
        }
    }

    /// Whether the database may find fault with a value only when it runs the statement.
    fn is_fallible(&self) -> bool {
        match self {
            Predicate::Custom(_) => true,
            Predicate::Compare { comparison, .. } => comparison.is_fallible(),
            Predicate::All(parts) | Predicate::Any(parts) => parts.iter().any(Self::is_fallible),
            Predicate::Not(predicate) | Predicate::Sent { predicate, .. } => predicate.is_fallible(),
            Predicate::Exists(exists) => exists.predicate.is_fallible(),
            _ => false,
        }
    }

    /// Writes it so that it stays together beside others.
    pub(super) fn write_within<'b>(&'b self, pass: &mut AstPass<'_, 'b, DB>) -> QueryResult<()> {
        if matches!(self, Predicate::Exists(_)) {
            return self.write(pass);
        }
        pass.push_sql("(");
        self.write(pass)?;
        pass.push_sql(")");
        Ok(())
    }

    /// Writes it so that others may stand beside it.
    fn write_beside<'b>(&'b self, pass: &mut AstPass<'_, 'b, DB>) -> QueryResult<()> {
        if self.is_loose() { self.write_within(pass) } else { self.write(pass) }
    }

    /// Whether it falls apart when it stands beside others.
    fn is_loose(&self) -> bool {
        match self {
            Predicate::All(_) | Predicate::Any(_) | Predicate::Custom(_) | Predicate::Expression(_) => true,
            Predicate::Sent { predicate, .. } => predicate.is_loose(),
            _ => false,
        }
    }

    /// Whether it demands nothing.
    pub(super) fn is_of_every_row(&self) -> bool {
        self.conjuncts().is_some_and(|parts| parts.iter().all(Predicate::is_of_every_row))
    }

    /// What it demands all of, if it is of that kind.
    fn conjuncts(&self) -> Option<&[Self]> {
        match self {
            Predicate::All(parts) => Some(parts),
            Predicate::Sent { predicate, .. } => predicate.conjuncts(),
            _ => None,
        }
    }
}

/// A part of a shape whose text does not depend on a value.
fn is_hashed(part: &impl Hash, hasher: &mut impl Hasher) -> bool {
    part.hash(hasher);
    true
}

/// Writes the parts with `AND` between them, also those of parts that are of this kind themselves, behind as many others;
/// gives how many there are then.
fn write_all<'b, DB: Dialect>(
    pass: &mut AstPass<'_, 'b, DB>,
    parts: &'b [Predicate<DB>],
    mut written: usize,
) -> QueryResult<usize> {
    for part in parts {
        if let Some(parts) = part.conjuncts() {
            written = write_all(pass, parts, written)?;
            continue;
        }
        if written > 0 {
            pass.push_sql(" AND ");
        }
        part.write_beside(pass)?;
        written += 1;
    }
    Ok(written)
}

fn write_any<'b, DB: Dialect>(pass: &mut AstPass<'_, 'b, DB>, parts: &'b [Predicate<DB>]) -> QueryResult<()> {
    if parts.is_empty() {
        pass.push_sql("1 = 0");
    }
    for (index, part) in parts.iter().enumerate() {
        if index > 0 {
            pass.push_sql(" OR ");
        }
        part.write_beside(pass)?;
    }
    Ok(())
}

pub(super) fn write_comparison<'p, 'b, DB: Dialect>(
    pass: &mut AstPass<'p, 'b, DB>,
    column: Column,
    comparison: Comparison,
    write_value: impl FnOnce(&mut AstPass<'p, 'b, DB>) -> QueryResult<()>,
) -> QueryResult<()> {
    let [before, between, after] = comparison.sql::<DB>();
    pass.push_sql(before);
    column.write(pass)?;
    pass.push_sql(between);
    write_value(pass)?;
    pass.push_sql(after);
    Ok(())
}

fn write_between<'b, DB: Dialect>(
    pass: &mut AstPass<'_, 'b, DB>,
    column: Column,
    [low, high]: [&'b Fragment<DB>; 2],
) -> QueryResult<()> {
    column.write(pass)?;
    pass.push_sql(" BETWEEN ");
    low.walk_ast(pass.reborrow())?;
    pass.push_sql(" AND ");
    high.walk_ast(pass.reborrow())
}

fn write_membership<'b, DB: Dialect>(pass: &mut AstPass<'_, 'b, DB>, values: &'b InList<DB>) -> QueryResult<()> {
    match values {
        InList::Whole(fragment) => fragment.walk_ast(pass.reborrow()),
        // An empty list is no SQL; nothing is equal to null.
        InList::Each(fragments) if fragments.is_empty() => {
            pass.push_sql(" IN (NULL)");
            Ok(())
        }
        InList::Each(fragments) => {
            pass.push_sql(" IN (");
            comma_separated(pass, fragments, |pass, value| value.walk_ast(pass.reborrow()))?;
            pass.push_sql(")");
            Ok(())
        }
    }
}
