//! Functions of the columns of many rows.

use std::hash::{Hash, Hasher};

use diesel::QueryResult;
use diesel::query_builder::{AstPass, QueryFragment};

use super::{Caching, Column, Direction, Join, Predicate, Window, comma_separated, select, statement};
use crate::dialect::{Dialect, Function, Reading, TableName};

/// One function of one column.
#[derive(Clone, Copy)]
pub(crate) struct Term {
    pub(crate) function: Function,
    pub(crate) column: Column,
    pub(crate) reading: Reading,
}

impl Hash for Term {
    fn hash<H: Hasher>(&self, hasher: &mut H) {
        (self.function, self.column, self.reading).hash(hasher);
    }
}

/// What groups are ordered by.
pub(crate) enum Criterion {
    Key(Column),
    Term(Term),
}

/// One key of the order of groups.
pub(crate) struct Ranking {
    pub(crate) by: Criterion,
    pub(crate) direction: Direction,
}

/// `SELECT keys, functions FROM table WHERE … GROUP BY keys ORDER BY … LIMIT … OFFSET …`; without keys there is one row.
pub(crate) struct Aggregate<DB: Dialect> {
    pub(crate) table: TableName,
    pub(crate) keys: Vec<Column>,
    pub(crate) terms: Vec<Term>,
    pub(crate) predicate: Predicate<DB>,
    /// The tables that the keys need.
    pub(crate) joins: Vec<Join<DB>>,
    pub(crate) order: Vec<Ranking>,
    pub(crate) window: Option<Window<DB>>,
    pub(crate) caching: Caching,
}

/// `SELECT COUNT(*) FROM (SELECT 1 FROM table WHERE … GROUP BY keys)`: how many groups there are.
pub(crate) struct CountGroups<'a, DB: Dialect>(pub(crate) &'a Aggregate<DB>);

statement!(Aggregate, table);
statement!(CountGroups<'a>, 0.table);

impl Term {
    /// Writes the function, so that its result can be read.
    fn write<DB: Dialect>(self, pass: &mut AstPass<'_, '_, DB>) -> QueryResult<()> {
        let [_, [before, behind]] = DB::around(self.reading);
        pass.push_sql(before);
        let function = if self.reading == Reading::Decimal { DB::exact(self.function) } else { self.function.sql() };
        self.write_call(pass, function)?;
        pass.push_sql(behind);
        Ok(())
    }

    /// Writes the function, so that its result can be compared.
    fn write_bare<DB: Dialect>(self, pass: &mut AstPass<'_, '_, DB>) -> QueryResult<()> {
        self.write_call(pass, self.function.sql())
    }

    fn write_call<DB: Dialect>(self, pass: &mut AstPass<'_, '_, DB>, function: &str) -> QueryResult<()> {
        let [[before, behind], _] = DB::around(self.reading);
        pass.push_sql(function);
        pass.push_sql("(");
        pass.push_sql(before);
        self.column.write(pass)?;
        pass.push_sql(behind);
        pass.push_sql(")");
        Ok(())
    }
}

impl Ranking {
    fn write<DB: Dialect>(&self, pass: &mut AstPass<'_, '_, DB>) -> QueryResult<()> {
        match &self.by {
            Criterion::Key(column) => column.write(pass)?,
            Criterion::Term(term) => term.write_bare(pass)?,
        }
        if self.direction == Direction::Descending {
            pass.push_sql(" DESC");
        }
        Ok(())
    }
}

impl Hash for Ranking {
    fn hash<H: Hasher>(&self, hasher: &mut H) {
        self.direction.hash(hasher);
        match &self.by {
            Criterion::Key(column) => column.hash(hasher),
            Criterion::Term(term) => term.hash(hasher),
        }
    }
}

impl<DB: Dialect> Aggregate<DB> {
    /// Feeds what decides the text of the SQL to `hasher`; false if the text depends on a value's length.
    pub(crate) fn shape(&self, hasher: &mut impl Hasher) -> bool {
        (&self.keys, &self.terms, &self.order).hash(hasher);
        let window = self.window.as_ref().map(|window| (window.limit, window.offset.is_some()));
        window.hash(hasher);
        self.joins.iter().all(|join| join.shape(hasher)) && self.predicate.shape(hasher)
    }

    fn write_columns<'b>(&'b self, pass: &mut AstPass<'_, 'b, DB>) -> QueryResult<()> {
        comma_separated(pass, &self.keys, |pass, key| key.write(pass))?;
        if !self.keys.is_empty() && !self.terms.is_empty() {
            pass.push_sql(", ");
        }
        comma_separated(pass, &self.terms, |pass, term| term.write(pass))
    }

    fn write_groups<'b>(&'b self, pass: &mut AstPass<'_, 'b, DB>) -> QueryResult<()> {
        pass.push_sql(" FROM ");
        self.table.on::<DB>().walk_ast(pass.reborrow())?;
        for join in &self.joins {
            join.write(pass)?;
        }
        self.predicate.write_where_of_many(pass)?;
        if !self.keys.is_empty() {
            pass.push_sql(" GROUP BY ");
            comma_separated(pass, &self.keys, |pass, key| key.write(pass))?;
        }
        Ok(())
    }
}

impl<DB: Dialect> QueryFragment<DB> for Aggregate<DB> {
    fn walk_ast<'b>(&'b self, mut pass: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        if self.caching == Caching::Discard {
            pass.unsafe_to_cache_prepared();
        }
        pass.push_sql("SELECT ");
        self.write_columns(&mut pass)?;
        self.write_groups(&mut pass)?;
        if !self.order.is_empty() {
            pass.push_sql(" ORDER BY ");
            comma_separated(&mut pass, &self.order, |pass, ranking| ranking.write(pass))?;
        }
        select::write_window(&mut pass, self.window.as_ref())
    }
}

impl<DB: Dialect> QueryFragment<DB> for CountGroups<'_, DB> {
    fn walk_ast<'b>(&'b self, mut pass: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        if self.0.caching == Caching::Discard {
            pass.unsafe_to_cache_prepared();
        }
        pass.push_sql("SELECT COUNT(*) FROM (SELECT 1");
        self.0.write_groups(&mut pass)?;
        pass.push_sql(") AS ");
        pass.push_identifier("grouped")
    }
}
