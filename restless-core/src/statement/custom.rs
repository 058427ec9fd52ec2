//! Conditions that operators of the application make.

use std::hash::{Hash, Hasher};

use diesel::QueryResult;
use diesel::query_builder::AstPass;

use super::Column;
use crate::dialect::{Dialect, Fragment};
use crate::operators::{OperatorSql, Piece};

/// A condition on a column, in pieces.
pub(crate) struct Custom<DB: Dialect> {
    column: Column,
    parts: Vec<Part<DB>>,
}

enum Part<DB: Dialect> {
    Text(&'static str),
    Column,
    Value(Fragment<DB>),
}

impl<DB: Dialect> Custom<DB> {
    /// What an operator makes of a column.
    pub(crate) fn new(column: Column, sql: OperatorSql) -> Self {
        let parts = sql.0.into_iter().map(|piece| match piece {
            Piece::Sql(texts) => Part::Text(DB::choose(texts)),
            Piece::Column => Part::Column,
            Piece::Value(value) => Part::Value(DB::bind(value)),
        });
        Self { column, parts: parts.collect() }
    }

    pub(super) fn write<'b>(&'b self, pass: &mut AstPass<'_, 'b, DB>) -> QueryResult<()> {
        for part in &self.parts {
            match part {
                Part::Text(text) => pass.push_sql(text),
                Part::Column => self.column.write(pass)?,
                Part::Value(value) => value.walk_ast(pass.reborrow())?,
            }
        }
        Ok(())
    }
}

/// What decides the text of the SQL.
impl<DB: Dialect> Hash for Custom<DB> {
    fn hash<H: Hasher>(&self, hasher: &mut H) {
        (self.column, self.parts.len()).hash(hasher);
        for part in &self.parts {
            match part {
                Part::Text(text) => (0, text).hash(hasher),
                Part::Column => 1.hash(hasher),
                Part::Value(_) => 2.hash(hasher),
            }
        }
    }
}
