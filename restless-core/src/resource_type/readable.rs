//! Models whose rows Diesel reads.

use diesel::deserialize::{self, FromSqlRow};
use diesel::expression::{Expression, Selectable};
use diesel::query_builder::QueryFragment;
use diesel::row::Row;

use crate::dialect::Dialect;

/// A model that Diesel reads from rows: one with `Queryable` and `Selectable`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be read from rows",
    label = "expected a model with Diesel's `Queryable` and `Selectable`",
    note = "add `#[derive(Queryable, Selectable)]` to `{Self}`, with the fields in the types of their columns"
)]
pub trait Readable<DB: Dialect>: Sized + Send + 'static {
    /// What is selected.
    type Selection: QueryFragment<DB> + Send + Sync + 'static;

    /// The columns.
    fn selection() -> Self::Selection;

    /// Reads a row.
    ///
    /// # Errors
    ///
    /// When a column holds what its field cannot.
    fn read<'a>(row: &impl Row<'a, DB>) -> deserialize::Result<Self>;
}

#[diagnostic::do_not_recommend]
impl<M, DB> Readable<DB> for M
where
    DB: Dialect,
    M: Selectable<DB> + FromSqlRow<<M::SelectExpression as Expression>::SqlType, DB> + Send + 'static,
    M::SelectExpression: QueryFragment<DB> + Send + Sync + 'static,
{
    type Selection = M::SelectExpression;

    fn selection() -> Self::Selection {
        M::construct_selection()
    }

    fn read<'a>(row: &impl Row<'a, DB>) -> deserialize::Result<Self> {
        M::build_from_row(row)
    }
}
