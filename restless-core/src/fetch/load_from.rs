//! Which of a model's backends the database is.

use std::future::Future;

use super::plan::{Plan, not_made};
use crate::backend::Database;
use crate::error::Errors;
use crate::operation::Found;
use crate::resource_type::{Model, OnMysql, OnPostgres, OnSqlite, Readable, Resource};

/// The backends of a model, each of which Diesel reads it from.
#[diagnostic::on_unimplemented(
    message = "`{M}` cannot be read from rows",
    label = "expected a model with Diesel's `Queryable` and `Selectable`",
    note = "add `#[derive(Queryable, Selectable)]` to `{M}`, with the fields in the types of their columns"
)]
pub trait LoadFrom<M: Model> {
    /// Fetches models from the database, if it is one of these.
    #[doc(hidden)]
    fn load(database: &Database, plan: Plan) -> impl Future<Output = Result<Found<M>, Errors>>;
}

/// None is left.
#[diagnostic::do_not_recommend]
impl<M: Model> LoadFrom<M> for () {
    async fn load(_: &Database, _: Plan) -> Result<Found<M>, Errors> {
        Err(not_made().into())
    }
}

macro_rules! reach {
    ($feature:literal, $marker:ident, $backend:ty, $pool:ident) => {
        #[cfg(feature = $feature)]
        #[diagnostic::do_not_recommend]
        impl<M, Rest> LoadFrom<M> for ($marker, Rest)
        where
            M: Resource<$backend> + Readable<$backend>,
            Rest: LoadFrom<M>,
        {
            async fn load(database: &Database, plan: Plan) -> Result<Found<M>, Errors> {
                match database.backend().$pool() {
                    Some(pool) => plan.load(M::resource_type(), pool).await,
                    None => Rest::load(database, plan).await,
                }
            }
        }

        #[cfg(not(feature = $feature))]
        #[diagnostic::do_not_recommend]
        impl<M: Model, Rest: LoadFrom<M>> LoadFrom<M> for ($marker, Rest) {
            async fn load(database: &Database, plan: Plan) -> Result<Found<M>, Errors> {
                Rest::load(database, plan).await
            }
        }
    };
}

reach!("sqlite", OnSqlite, diesel::sqlite::Sqlite, sqlite);
reach!("postgres", OnPostgres, diesel::pg::Pg, postgres);
reach!("mysql", OnMysql, diesel::mysql::Mysql, mysql);
