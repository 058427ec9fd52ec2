//! The order of rows, and the tables that it needs besides.

use std::cell::Cell;
use std::hash::{Hash, Hasher};

use diesel::QueryResult;
use diesel::query_builder::AstPass;

use super::{Column, Predicate, comma_separated};
use crate::dialect::{Dialect, Kind, TimeSpelling};

/// Which way a sort key runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Direction {
    Ascending,
    Descending,
}

/// Whether the case of letters matters to a sort key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Case {
    Sensitive,
    /// All letters count as small ones.
    Ignored,
}

/// One key of an `ORDER BY`.
pub(crate) struct Order {
    pub(crate) column: Column,
    pub(crate) direction: Direction,
    pub(crate) case: Case,
    /// Of points in time that the database keeps as texts, how they are put in order where the texts are not.
    pub(crate) chronology: Option<Chronology>,
}

/// How points in time are put in order that are kept as texts.
pub(crate) struct Chronology {
    pub(crate) spelling: &'static TimeSpelling,
    /// Whether the texts are in another order, which is known once the database has been asked.
    pub(crate) is_needed: Cell<bool>,
}

impl Chronology {
    /// For columns of a kind, if the database keeps such as texts.
    pub(crate) fn of<DB: Dialect>(kind: Kind) -> Option<Self> {
        DB::spelling(kind).map(|spelling| Self { spelling, is_needed: Cell::new(false) })
    }
}

/// A table that is joined for the sake of the order; rows without a partner stay, and no row has two.
pub(crate) struct Join<DB: Dialect> {
    /// A column of the joined table.
    pub(crate) column: Column,
    /// What it equals.
    pub(crate) partner: Partner,
    /// What else the joined row must satisfy.
    pub(crate) condition: Option<Predicate<DB>>,
}

/// How the row that is joined is told.
pub(crate) enum Partner {
    /// By a column of the other row, which tells one at the most.
    Column(Column),
    /// The one with the least `key` among those whose `column` is the `other`.
    First { key: Column, column: Column, other: Column },
}

impl Order {
    /// From the least to the greatest.
    pub(crate) const fn ascending(column: Column) -> Self {
        Self { column, direction: Direction::Ascending, case: Case::Sensitive, chronology: None }
    }

    fn write<DB: Dialect>(&self, pass: &mut AstPass<'_, '_, DB>) -> QueryResult<()> {
        let needed = self.chronology.as_ref().filter(|chronology| chronology.is_needed.get());
        let function = match self.case {
            Case::Sensitive => needed.map(|chronology| chronology.spelling.function),
            Case::Ignored => Some(DB::LOWER),
        };
        if needed.is_some() {
            // Whether it is needed changes with the rows, while what stays prepared is known by the request alone.
            pass.unsafe_to_cache_prepared();
        }
        pass.push_sql(function.unwrap_or_default());
        self.column.write(pass)?;
        pass.push_sql(if function.is_some() { ")" } else { "" });
        if self.direction == Direction::Descending {
            pass.push_sql(" DESC");
        }
        Ok(())
    }
}

impl Hash for Order {
    fn hash<H: Hasher>(&self, hasher: &mut H) {
        (self.column, self.direction, self.case).hash(hasher);
    }
}

impl<DB: Dialect> Join<DB> {
    /// Feeds what decides the text of the SQL to `hasher`; false if the text depends on a value's length.
    pub(super) fn shape(&self, hasher: &mut impl Hasher) -> bool {
        self.column.hash(hasher);
        match &self.partner {
            Partner::Column(column) => column.hash(hasher),
            Partner::First { key, column, other } => (key, column, other).hash(hasher),
        }
        self.condition.as_ref().is_none_or(|condition| condition.shape(hasher))
    }

    /// Writes ` LEFT JOIN table AS r1 ON …`.
    pub(super) fn write<'b>(&'b self, pass: &mut AstPass<'_, 'b, DB>) -> QueryResult<()> {
        pass.push_sql(" LEFT JOIN ");
        self.column.source.write(pass)?;
        pass.push_sql(" ON ");
        self.column.write(pass)?;
        pass.push_sql(" = ");
        self.partner.write(pass)?;
        if let Some(condition) = &self.condition {
            pass.push_sql(" AND ");
            condition.write_within(pass)?;
        }
        Ok(())
    }
}

impl Partner {
    fn write<DB: Dialect>(&self, pass: &mut AstPass<'_, '_, DB>) -> QueryResult<()> {
        let (key, column, other) = match self {
            Partner::Column(column) => return column.write(pass),
            Partner::First { key, column, other } => (key, column, other),
        };
        pass.push_sql("(SELECT ");
        key.write(pass)?;
        pass.push_sql(" FROM ");
        key.source.write(pass)?;
        pass.push_sql(" WHERE ");
        column.write(pass)?;
        pass.push_sql(" = ");
        other.write(pass)?;
        pass.push_sql(" ORDER BY ");
        key.write(pass)?;
        pass.push_sql(" LIMIT 1)");
        Ok(())
    }
}

/// Writes ` ORDER BY …`, or nothing.
pub(super) fn write<'b, DB: Dialect>(pass: &mut AstPass<'_, 'b, DB>, order: &'b [Order]) -> QueryResult<()> {
    if order.is_empty() {
        return Ok(());
    }
    pass.push_sql(" ORDER BY ");
    comma_separated(pass, order, |pass, key| key.write(pass))
}

#[cfg(all(test, feature = "sqlite"))]
mod tests {
    use diesel::query_builder::QueryFragment;
    use diesel::sqlite::Sqlite;

    use super::*;
    use crate::dialect::TableName;

    diesel::table! {
        visit (id) {
            id -> Integer,
            joined -> Timestamp,
        }
    }

    struct Only(Order);

    impl QueryFragment<Sqlite> for Only {
        fn walk_ast<'b>(&'b self, mut pass: AstPass<'_, 'b, Sqlite>) -> QueryResult<()> {
            self.0.write(&mut pass)
        }
    }

    #[test]
    fn stays_prepared_only_as_long_as_texts_are_in_order() {
        let chronology = Chronology::of::<Sqlite>(Kind::Timestamp);
        let order =
            Only(Order { chronology, ..Order::ascending(Column::of(TableName::of::<visit::table>(), "joined")) });
        let is_safe = || order.is_safe_to_cache_prepared(&Sqlite);
        assert_eq!(is_safe(), Ok(true));
        order.0.chronology.as_ref().expect("a kind that is kept as text").is_needed.set(true);
        assert_eq!(is_safe(), Ok(false));
    }
}
