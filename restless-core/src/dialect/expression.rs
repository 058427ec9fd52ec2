//! Conditions that the application writes with Diesel, for whichever backend is open.

#[cfg(feature = "mysql")]
use diesel::mysql::Mysql;
#[cfg(feature = "postgres")]
use diesel::pg::Pg;
#[cfg(any(feature = "sqlite", feature = "postgres", feature = "mysql"))]
use diesel::query_builder::QueryFragment;
#[cfg(feature = "sqlite")]
use diesel::sqlite::Sqlite;

/// Makes the trait of expressions that one backend has SQL for; without the backend every expression is one.
macro_rules! backend {
    ($feature:literal, $trait:ident, $name:literal, $backend:ident) => {
        #[doc = concat!("An expression of Diesel's that ", $name, " has SQL for, if restless serves it.")]
        #[diagnostic::on_unimplemented(
            message = "`{Self}` is no expression for every database that restless serves here",
            label = "expected an expression that Diesel can write for each of them",
            note = "the features `sqlite`, `postgres` and `mysql` of restless choose the databases"
        )]
        #[cfg(feature = $feature)]
        pub trait $trait: QueryFragment<$backend> {}

        #[cfg(feature = $feature)]
        impl<E: QueryFragment<$backend>> $trait for E {}

        #[doc = concat!("An expression of Diesel's that ", $name, " has SQL for, if restless serves it.")]
        #[cfg(not(feature = $feature))]
        pub trait $trait {}

        #[cfg(not(feature = $feature))]
        impl<E> $trait for E {}
    };
}

backend!("sqlite", SqlOnSqlite, "SQLite", Sqlite);
backend!("postgres", SqlOnPostgres, "PostgreSQL", Pg);
backend!("mysql", SqlOnMysql, "MySQL", Mysql);

/// An expression, on any backend.
pub trait AnyExpression: Send + Sync {
    /// As SQLite has it.
    #[cfg(feature = "sqlite")]
    fn on_sqlite(&self) -> &dyn QueryFragment<Sqlite>;

    /// As PostgreSQL has it.
    #[cfg(feature = "postgres")]
    fn on_postgres(&self) -> &dyn QueryFragment<Pg>;

    /// As MySQL has it.
    #[cfg(feature = "mysql")]
    fn on_mysql(&self) -> &dyn QueryFragment<Mysql>;
}

#[diagnostic::do_not_recommend]
impl<E: SqlOnSqlite + SqlOnPostgres + SqlOnMysql + Send + Sync> AnyExpression for E {
    #[cfg(feature = "sqlite")]
    fn on_sqlite(&self) -> &dyn QueryFragment<Sqlite> {
        self
    }

    #[cfg(feature = "postgres")]
    fn on_postgres(&self) -> &dyn QueryFragment<Pg> {
        self
    }

    #[cfg(feature = "mysql")]
    fn on_mysql(&self) -> &dyn QueryFragment<Mysql> {
        self
    }
}
