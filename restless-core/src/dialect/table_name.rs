//! The names of tables as pieces of SQL.

use std::fmt;

use diesel::Table;
use diesel::internal::table_macro::StaticQueryFragment;
use diesel::query_builder::QueryFragment;

use super::{AnyExpression, Dialect};

/// The name of a table, with that of its schema if it has one.
#[derive(Clone, Copy)]
pub struct TableName(&'static dyn AnyExpression);

impl TableName {
    /// The name of the table `T`.
    #[must_use]
    pub const fn of<T>() -> Self
    where
        T: Table + StaticQueryFragment,
        T::Component: AnyExpression,
    {
        Self(T::STATIC_COMPONENT)
    }

    /// No table.
    pub(crate) const NONE: Self = Self(&());

    /// The name as a piece of a backend's SQL.
    pub(crate) fn on<DB: Dialect>(self) -> &'static dyn QueryFragment<DB> {
        DB::expression(self.0)
    }

    /// The name as a backend writes it; empty if Diesel cannot write it.
    pub(crate) fn text<DB: Dialect>(self) -> String {
        DB::render(self.on::<DB>()).unwrap_or_default()
    }

    /// A number that tells it from the names of other tables.
    pub(crate) fn address(self) -> usize {
        std::ptr::from_ref(self.0).cast::<()>().addr()
    }
}

/// Tables are the same if their names are, on whichever backend.
impl PartialEq for TableName {
    fn eq(&self, other: &Self) -> bool {
        self.address() == other.address() || self.to_string() == other.to_string()
    }
}

impl Eq for TableName {}

impl fmt::Display for TableName {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        #[cfg(feature = "sqlite")]
        return formatter.write_str(&self.text::<diesel::sqlite::Sqlite>());
        #[cfg(all(feature = "postgres", not(feature = "sqlite")))]
        return formatter.write_str(&self.text::<diesel::pg::Pg>());
        #[cfg(all(feature = "mysql", not(any(feature = "sqlite", feature = "postgres"))))]
        return formatter.write_str(&self.text::<diesel::mysql::Mysql>());
        #[cfg(not(any(feature = "sqlite", feature = "postgres", feature = "mysql")))]
        return formatter.write_str("");
    }
}

impl fmt::Debug for TableName {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, formatter)
    }
}
