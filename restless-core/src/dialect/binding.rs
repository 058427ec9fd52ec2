//! Values that are bound on whichever backend is open.

use std::fmt;
use std::marker::PhantomData;

#[cfg(feature = "mysql")]
use diesel::mysql::Mysql;
#[cfg(feature = "postgres")]
use diesel::pg::Pg;
#[cfg(feature = "sqlite")]
use diesel::sqlite::Sqlite;

use super::Fragment;

/// Makes the trait of values that one backend can bind as `ST`; without the backend every value can be bound there.
macro_rules! backend {
    ($feature:literal, $trait:ident, $name:literal, $backend:ident) => {
        #[doc = concat!("A value that ", $name, " can bind as the SQL type `ST`, if restless serves it.")]
        #[diagnostic::on_unimplemented(
            message = "`{Self}` cannot be bound as `{ST}`",
            label = "expected a value that Diesel writes as this SQL type"
        )]
        #[cfg(feature = $feature)]
        pub trait $trait<ST>: fmt::Debug + Send + 'static {
            #[doc(hidden)]
            fn into_fragment(self) -> Fragment<$backend>;
        }

        #[cfg(feature = $feature)]
        impl<T, ST> $trait<ST> for T
        where
            ST: 'static,
            $backend: diesel::sql_types::HasSqlType<ST>,
            T: diesel::serialize::ToSql<ST, $backend> + Send + 'static,
        {
            fn into_fragment(self) -> Fragment<$backend> {
                Box::new(super::Bound::<T, ST>::new(self))
            }
        }

        #[doc = concat!("A value that ", $name, " can bind as the SQL type `ST`, if restless serves it.")]
        #[cfg(not(feature = $feature))]
        pub trait $trait<ST>: fmt::Debug + Send + 'static {}

        #[cfg(not(feature = $feature))]
        impl<T: fmt::Debug + Send + 'static, ST> $trait<ST> for T {}
    };
}

backend!("sqlite", BindOnSqlite, "SQLite", Sqlite);
backend!("postgres", BindOnPostgres, "PostgreSQL", Pg);
backend!("mysql", BindOnMysql, "MySQL", Mysql);

/// A value and the SQL type that it is bound as, on any backend.
pub trait Binding: Send {
    /// As a bind parameter of SQLite.
    #[cfg(feature = "sqlite")]
    fn on_sqlite(self: Box<Self>) -> Fragment<Sqlite>;

    /// As a bind parameter of PostgreSQL.
    #[cfg(feature = "postgres")]
    fn on_postgres(self: Box<Self>) -> Fragment<Pg>;

    /// As a bind parameter of MySQL.
    #[cfg(feature = "mysql")]
    fn on_mysql(self: Box<Self>) -> Fragment<Mysql>;
}

/// The value, and the type.
pub(crate) struct BoundAnywhere<T, ST> {
    value: T,
    sql_type: PhantomData<fn() -> ST>,
}

impl<T, ST> BoundAnywhere<T, ST> {
    /// The value, to be bound as `ST`.
    pub(crate) const fn new(value: T) -> Self {
        Self { value, sql_type: PhantomData }
    }
}

impl<T, ST> Binding for BoundAnywhere<T, ST>
where
    ST: 'static,
    T: BindOnSqlite<ST> + BindOnPostgres<ST> + BindOnMysql<ST>,
{
    #[cfg(feature = "sqlite")]
    fn on_sqlite(self: Box<Self>) -> Fragment<Sqlite> {
        BindOnSqlite::into_fragment(self.value)
    }

    #[cfg(feature = "postgres")]
    fn on_postgres(self: Box<Self>) -> Fragment<Pg> {
        BindOnPostgres::into_fragment(self.value)
    }

    #[cfg(feature = "mysql")]
    fn on_mysql(self: Box<Self>) -> Fragment<Mysql> {
        BindOnMysql::into_fragment(self.value)
    }
}
