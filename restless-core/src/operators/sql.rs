//! SQL in pieces, the same for every backend.

use std::fmt;

use crate::dialect::{BindOnMysql, BindOnPostgres, BindOnSqlite, Binding, BoundAnywhere};

/// The SQL of an operator, piece by piece: text of the program, the column of the attribute, values.
///
/// ```
/// use diesel::sql_types::Text;
/// use restless_core::OperatorSql;
///
/// let sounds_like = OperatorSql::new()
///     .sql("LOWER(")
///     .column()
///     .sql_by_backend(") GLOB LOWER(", ") ~ LOWER(", ") REGEXP LOWER(")
///     .bind::<Text, _>("jo?n".to_owned())
///     .sql(")");
/// # let _ = sounds_like;
/// ```
#[derive(Default)]
#[must_use]
pub struct OperatorSql(pub(crate) Vec<Piece>);

/// A part of the SQL of an operator.
pub(crate) enum Piece {
    /// Text for SQLite, PostgreSQL and MySQL.
    Sql([&'static str; 3]),
    /// The column of the attribute that is tested.
    Column,
    Value(Box<dyn Binding>),
}

impl OperatorSql {
    /// Nothing yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds text, which stands in the statement as it is.
    pub fn sql(self, text: &'static str) -> Self {
        self.sql_by_backend(text, text, text)
    }

    /// Adds text that is another one on each backend; MariaDB is one with MySQL.
    pub fn sql_by_backend(mut self, sqlite: &'static str, postgres: &'static str, mysql: &'static str) -> Self {
        self.0.push(Piece::Sql([sqlite, postgres, mysql]));
        self
    }

    /// Adds the column of the attribute that is tested, quoted and with its table.
    pub fn column(mut self) -> Self {
        self.0.push(Piece::Column);
        self
    }

    /// Adds a value as a bind parameter of the SQL type `ST`.
    pub fn bind<ST, T>(mut self, value: T) -> Self
    where
        ST: 'static,
        T: BindOnSqlite<ST> + BindOnPostgres<ST> + BindOnMysql<ST>,
    {
        self.0.push(Piece::Value(Box::new(BoundAnywhere::<T, ST>::new(value))));
        self
    }
}

impl fmt::Debug for OperatorSql {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_list().entries(&self.0).finish()
    }
}

impl fmt::Debug for Piece {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Piece::Sql(texts) => texts.fmt(formatter),
            Piece::Column => formatter.write_str("Column"),
            Piece::Value(_) => formatter.write_str("Value"),
        }
    }
}
