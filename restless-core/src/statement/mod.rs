//! Statements as Diesel query fragments of our own: identifiers quoted by Diesel, every value bound by it.

mod aggregate;
mod column;
mod count;
mod custom;
mod delete;
mod exists;
mod expression;
mod insert;
mod like;
mod linkage;
mod lookup;
mod models;
mod moment;
mod order;
mod predicate;
mod representative;
mod returning;
mod select;
mod shapes;
mod spellings;
mod update;
mod whole;

use diesel::QueryResult;
use diesel::query_builder::{AstPass, Query, QueryFragment, QueryId};
use diesel::sql_types::Untyped;

pub(crate) use aggregate::{Aggregate, CountGroups, Criterion, Ranking, Term};
pub(crate) use column::{Alias, Column, Source};
pub(crate) use count::CountRows;
pub(crate) use custom::Custom;
pub(crate) use delete::Delete;
pub(crate) use exists::{Exists, Search};
pub(crate) use expression::Expression;
pub(crate) use insert::{Insert, InsertLinks};
pub(crate) use linkage::Linkage;
pub(crate) use lookup::{Lookup, Respelt};
pub(crate) use models::SelectModels;
pub(crate) use moment::{Moment, MomentOperand};
pub(crate) use order::{Case, Chronology, Direction, Join, Order, Partner};
pub(crate) use predicate::Predicate;
pub(crate) use representative::Representative;
pub(crate) use returning::{FindKey, Returning};
pub(crate) use select::{Hold, ParentKey, Presented, Select, Window};
pub(crate) use shapes::{Caching, Filling, ShapeId, Shapes};
pub(crate) use spellings::Spellings;
pub(crate) use update::Update;
pub(crate) use whole::SelectWhole;

use crate::dialect::{Dialect, Fragment, TableName};

/// What a connection runs.
pub(crate) trait Statement<DB: Dialect>: QueryFragment<DB> + QueryId + Query<SqlType = Untyped> {
    /// Whether it changes anything.
    const WRITES: bool;

    /// The table whose rows it reads or writes.
    fn table(&self) -> TableName;
}

/// A column and the value that it is to have.
pub(crate) type Assignment<'a, DB> = (&'static str, &'a Fragment<DB>);

/// Makes a statement one that a connection runs: its result is read by position, and its SQL is its identity.
macro_rules! statement {
    ($name:ident $(<$lifetime:lifetime>)?, $($table:tt).+) => {
        $crate::statement::statement!($name $(<$lifetime>)?, $($table).+, false);
    };
    ($name:ident $(<$lifetime:lifetime>)?, $($table:tt).+, $writes:literal) => {
        impl<$($lifetime,)? DB: Dialect> diesel::query_builder::Query for $name<$($lifetime,)? DB> {
            type SqlType = diesel::sql_types::Untyped;
        }

        impl<$($lifetime,)? DB: Dialect> diesel::query_builder::QueryId for $name<$($lifetime,)? DB> {
            type QueryId = ();
            const HAS_STATIC_QUERY_ID: bool = false;
        }

        impl<$($lifetime,)? DB: Dialect> $crate::statement::Statement<DB> for $name<$($lifetime,)? DB> {
            const WRITES: bool = $writes;

            fn table(&self) -> $crate::dialect::TableName {
                self.$($table).+
            }
        }
    };
}
use statement;

/// Writes the items with a comma between them.
fn comma_separated<'b, DB: Dialect, T>(
    pass: &mut AstPass<'_, 'b, DB>,
    items: &'b [T],
    mut write: impl FnMut(&mut AstPass<'_, 'b, DB>, &'b T) -> QueryResult<()>,
) -> QueryResult<()> {
    for (index, item) in items.iter().enumerate() {
        if index > 0 {
            pass.push_sql(", ");
        }
        write(pass, item)?;
    }
    Ok(())
}
