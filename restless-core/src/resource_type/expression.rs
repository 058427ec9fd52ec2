//! Filters that the application writes with Diesel.

use std::sync::Arc;

use diesel::AppearsOnTable;
use diesel::expression::{Expression, NonAggregate};
use diesel::sql_types::BoolOrNullableBool;

use super::Model;
use crate::clause::{Clause, Sql};
use crate::dialect::{SqlOnMysql, SqlOnPostgres, SqlOnSqlite};
use crate::typed::Filter;

impl<M: Model> Filter<M> {
    /// What an expression of Diesel's says of the model's table, for what the constants of the model have no test for. It
    /// is one that every database can write which the features of restless choose.
    ///
    /// ```
    /// # use diesel::prelude::*;
    /// use restless_core::{Filter, Model};
    /// # diesel::table! { note (id) { id -> Integer, title -> Text, owner -> Text } }
    /// # fn filter<Note: Model<Table = note::table>>() -> Filter<Note> {
    /// Filter::diesel(note::title.eq(note::owner).or(note::title.ne("draft")))
    /// # }
    /// ```
    #[must_use]
    pub fn diesel<E>(expression: E) -> Self
    where
        E: AppearsOnTable<M::Table> + Expression + NonAggregate,
        E: SqlOnSqlite + SqlOnPostgres + SqlOnMysql + Send + Sync + 'static,
        E::SqlType: BoolOrNullableBool,
    {
        Self::new(Clause::Sql(Sql(Arc::new(expression))))
    }
}
