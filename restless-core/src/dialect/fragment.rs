//! Pieces of SQL with their bind parameters.

use std::fmt;
use std::sync::Arc;

use diesel::QueryResult;
use diesel::backend::Backend;
use diesel::query_builder::{AstPass, QueryFragment};
use diesel::serialize::{self, Output, ToSql};
use diesel::sql_types::HasSqlType;

use super::Dialect;

/// A piece of SQL with its bind parameters, most often one value.
pub type Fragment<DB> = Box<dyn QueryFragment<DB> + Send>;

/// The right side of an `IN`.
pub enum InList<DB: Dialect> {
    /// A parameter for each value; every length is a statement of its own.
    Each(Vec<Fragment<DB>>),
    /// One parameter for all of them, so that one statement serves every length: what stands behind the column.
    Whole(Fragment<DB>),
}

/// SQL that the code holds, never a client's.
pub(crate) struct SqlText(pub(crate) &'static str);

impl<DB: Dialect> QueryFragment<DB> for SqlText {
    fn walk_ast<'b>(&'b self, mut pass: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        pass.push_sql(self.0);
        Ok(())
    }
}

/// The same, where a client chooses between it and a value: there are too many such texts for any to stay prepared.
pub(crate) struct ChosenText(pub(crate) &'static str);

impl<DB: Dialect> QueryFragment<DB> for ChosenText {
    fn walk_ast<'b>(&'b self, mut pass: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        pass.unsafe_to_cache_prepared();
        pass.push_sql(self.0);
        Ok(())
    }
}

/// A value that others hold as well.
pub(crate) struct Shared<T>(pub(crate) Arc<T>);

/// As the value alone, so that the log of a statement does not tell who else holds it.
impl<T: fmt::Debug> fmt::Debug for Shared<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(formatter)
    }
}

impl<T, ST, DB> ToSql<ST, DB> for Shared<T>
where
    DB: Backend,
    T: ToSql<ST, DB> + fmt::Debug,
{
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, DB>) -> serialize::Result {
        self.0.to_sql(out)
    }
}

/// A value and the SQL type that it is bound as.
pub struct Bound<T, ST> {
    value: T,
    sql_type: std::marker::PhantomData<fn() -> ST>,
}

impl<T, ST> Bound<T, ST> {
    /// The value, to be bound as `ST`.
    pub const fn new(value: T) -> Self {
        Self { value, sql_type: std::marker::PhantomData }
    }
}

impl<T: fmt::Debug, ST> fmt::Debug for Bound<T, ST> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.value.fmt(formatter)
    }
}

impl<T, ST, DB> QueryFragment<DB> for Bound<T, ST>
where
    DB: Dialect + HasSqlType<ST>,
    T: ToSql<ST, DB>,
{
    fn walk_ast<'b>(&'b self, mut pass: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        pass.push_bind_param::<ST, T>(&self.value)
    }
}
