//! Rows of other tables that a row is linked to.

use std::hash::{Hash, Hasher};

use diesel::QueryResult;
use diesel::query_builder::AstPass;

use super::{Column, Predicate, Source};
use crate::dialect::Dialect;

/// Whether rows of another table are looked for once for every row, or once for all of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Search {
    /// `EXISTS`: the best where few rows are asked for, since it ends with the first row that is found.
    Each,
    /// `IN`: the best where many rows ask, as they do inside of another search. What would be null is false here too.
    Once,
}

/// A row of another table that satisfies a predicate.
pub(crate) struct Exists<DB: Dialect> {
    pub(crate) source: Source,
    /// The table that it is joined with, and the columns that are equal.
    pub(crate) joined: Option<(Column, Column)>,
    /// The column of the source that equals one of the row, and that one.
    pub(crate) link: Option<(Column, Column)>,
    pub(crate) search: Search,
    pub(crate) predicate: Box<Predicate<DB>>,
}

impl<DB: Dialect> Exists<DB> {
    pub(super) fn shape(&self, hasher: &mut impl Hasher) -> bool {
        self.source.alias.hash(hasher);
        (self.joined, self.link, self.search).hash(hasher);
        self.predicate.shape(hasher)
    }

    pub(super) fn write<'b>(&'b self, pass: &mut AstPass<'_, 'b, DB>) -> QueryResult<()> {
        match (self.link, self.search) {
            (Some((theirs, own)), Search::Once) => self.write_once(pass, theirs, own),
            _ => self.write_each(pass),
        }
    }

    /// `EXISTS (SELECT 1 FROM source WHERE theirs = own AND …)`
    fn write_each<'b>(&'b self, pass: &mut AstPass<'_, 'b, DB>) -> QueryResult<()> {
        pass.push_sql("EXISTS (SELECT 1");
        self.write_source(pass)?;
        match self.link {
            Some((theirs, own)) => {
                write_first(pass, theirs)?;
                theirs.write(pass)?;
                pass.push_sql(" = ");
                own.write(pass)?;
                self.predicate.write_and(pass)?;
            }
            None => self.predicate.write_where(pass)?,
        }
        pass.push_sql(")");
        Ok(())
    }

    /// `(own IS NOT NULL AND own IN (SELECT theirs FROM source WHERE theirs IS NOT NULL AND …))`
    fn write_once<'b>(&'b self, pass: &mut AstPass<'_, 'b, DB>, theirs: Column, own: Column) -> QueryResult<()> {
        pass.push_sql("(");
        own.write(pass)?;
        pass.push_sql(" IS NOT NULL AND ");
        own.write(pass)?;
        pass.push_sql(" IN (SELECT ");
        theirs.write(pass)?;
        self.write_source(pass)?;
        write_first(pass, theirs)?;
        theirs.write(pass)?;
        pass.push_sql(" IS NOT NULL");
        self.predicate.write_and(pass)?;
        pass.push_sql("))");
        Ok(())
    }

    fn write_source(&self, pass: &mut AstPass<'_, '_, DB>) -> QueryResult<()> {
        pass.push_sql(" FROM ");
        self.source.write(pass)?;
        if let Some((left, right)) = self.joined {
            pass.push_sql(" INNER JOIN ");
            left.source.write(pass)?;
            pass.push_sql(" ON ");
            left.write(pass)?;
            pass.push_sql(" = ");
            right.write(pass)?;
        }
        Ok(())
    }
}

/// Writes ` WHERE `, and what stops a search that takes too long. With a column of the table between, that stands in the
/// innermost loop, whichever table comes first.
fn write_first<DB: Dialect>(pass: &mut AstPass<'_, '_, DB>, theirs: Column) -> QueryResult<()> {
    pass.push_sql(" WHERE ");
    if let Some(stop) = DB::STOP {
        pass.push_sql(stop);
        pass.push_sql("(");
        theirs.write(pass)?;
        pass.push_sql(") AND ");
    }
    Ok(())
}
