//! Rust types that hold the values of a column.

use std::fmt;
use std::sync::Arc;

use diesel::deserialize::{self, FromSql};
use diesel::serialize::ToSql;
use diesel::sql_types::HasSqlType;

use crate::dialect::{Bound, Dialect, Fragment, InList, Shared};

/// A Rust type that fits a column of the SQL type `ST`: Diesel reads it from there and writes it there.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not fit a column of the SQL type `{ST}`",
    label = "expected a type that Diesel reads from and writes to `{ST}`",
    note = "the field's type must implement Diesel's `FromSql` and `ToSql` for the column's type; a nullable column needs an `Option`"
)]
pub trait ColumnType<ST, DB: Dialect>: Sized + fmt::Debug + Send + Sync + 'static {
    /// Reads the value of a column; `None` is the database's null.
    ///
    /// # Errors
    ///
    /// When the database holds something else than `Self`.
    fn from_raw(raw: Option<DB::RawValue<'_>>) -> deserialize::Result<Self>;

    /// The value as a bind parameter.
    fn into_fragment(self) -> Fragment<DB>;

    /// Values as the right side of an `IN`.
    fn into_in_list(values: Vec<Self>) -> InList<DB>;

    /// The value as a bind parameter, while others hold it as well.
    fn share(value: Arc<Self>) -> Fragment<DB>;

    /// Values as the right side of an `IN`, while others hold them as well.
    fn share_each(values: Vec<Arc<Self>>) -> InList<DB>;
}

#[diagnostic::do_not_recommend]
impl<T, ST, DB> ColumnType<ST, DB> for T
where
    DB: Dialect + HasSqlType<ST>,
    ST: 'static,
    T: FromSql<ST, DB> + ToSql<ST, DB> + Send + Sync + 'static,
{
    fn from_raw(raw: Option<DB::RawValue<'_>>) -> deserialize::Result<Self> {
        T::from_nullable_sql(raw)
    }

    fn into_fragment(self) -> Fragment<DB> {
        Box::new(Bound::<T, ST>::new(self))
    }

    fn into_in_list(values: Vec<Self>) -> InList<DB> {
        DB::membership::<T, ST>(values)
    }

    fn share(value: Arc<Self>) -> Fragment<DB> {
        Box::new(Bound::<Shared<T>, ST>::new(Shared(value)))
    }

    fn share_each(values: Vec<Arc<Self>>) -> InList<DB> {
        DB::membership::<Shared<T>, ST>(values.into_iter().map(Shared).collect())
    }
}
