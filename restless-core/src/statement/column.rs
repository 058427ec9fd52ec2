//! Columns by the tables that they stand in, and tables by the names that a statement gives them.

use std::hash::{Hash, Hasher};

use diesel::QueryResult;
use diesel::query_builder::AstPass;

use crate::dialect::{Dialect, TableName};
use crate::resource_type::write_qualified;

/// What a statement calls a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Alias {
    /// By its own name.
    Table,
    /// By a name that tells apart one table that stands there several times.
    Numbered(u16),
}

impl Alias {
    fn name(number: u16) -> String {
        format!("r{number}")
    }
}

/// A table of a statement.
#[derive(Clone, Copy)]
pub(crate) struct Source {
    pub(crate) table: TableName,
    pub(crate) alias: Alias,
}

/// A column of a table that stands in the statement.
#[derive(Clone, Copy)]
pub(crate) struct Column {
    pub(crate) source: Source,
    pub(crate) name: &'static str,
}

impl Source {
    /// The table by its own name.
    pub(crate) const fn table(table: TableName) -> Self {
        Self { table, alias: Alias::Table }
    }

    /// One of its columns.
    pub(crate) const fn column(self, name: &'static str) -> Column {
        Column { source: self, name }
    }

    /// Writes `table` or `table AS r1`, as it stands behind `FROM`.
    pub(crate) fn write<DB: Dialect>(self, pass: &mut AstPass<'_, '_, DB>) -> QueryResult<()> {
        self.table.on::<DB>().walk_ast(pass.reborrow())?;
        if let Alias::Numbered(number) = self.alias {
            pass.push_sql(" AS ");
            pass.push_identifier(&Alias::name(number))?;
        }
        Ok(())
    }
}

impl Hash for Column {
    fn hash<H: Hasher>(&self, hasher: &mut H) {
        (self.source.alias, self.name).hash(hasher);
    }
}

impl Column {
    /// A column of the table by its own name.
    pub(crate) const fn of(table: TableName, name: &'static str) -> Self {
        Source::table(table).column(name)
    }

    /// Writes `table.column`.
    pub(crate) fn write<DB: Dialect>(self, pass: &mut AstPass<'_, '_, DB>) -> QueryResult<()> {
        let Alias::Numbered(number) = self.source.alias else {
            return write_qualified(self.source.table, self.name, pass);
        };
        pass.push_identifier(&Alias::name(number))?;
        pass.push_sql(".");
        pass.push_identifier(self.name)
    }
}
