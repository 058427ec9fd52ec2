//! What generated code names. No part of the public interface: it changes with the derive.

use std::any::Any;
use std::marker::PhantomData;
use std::sync::Arc;

pub use diesel::internal::table_macro::StaticQueryFragment;
pub use serde::{Deserializer, Serializer};

use crate::clause::Clause;
use crate::context::Context;
pub use crate::dialect::{Dialect, Fragment};
pub use crate::method::Method;
use crate::processor::{Check, Hook, OfResource, Processor};
pub use crate::resource_type::{
    Attribute, Computation, Count, Deserialize, Format, Held, Hidden, Key, Keys, Looked, Model, NoTable, OnDelete,
    OnMysql, OnPostgres, OnSqlite, PartsOf, Present, Presentation, PrimaryKeyOf, PrimaryKeyOfTable, Relationship,
    Resource, ResourceType, ResourceTypes, SerializeModel, Settings, Unheld, Whole, computed, is_omitted, named_key,
    unique_key, whole_key,
};
pub use crate::typed::{Field, Nullable, ToMany, ToOne};
use crate::typed::{FieldAccess, FieldRules, Filter};
pub use crate::value::{BySerde, JsonFormat, no_deserialize, no_serialize};
pub use crate::{for_mysql, for_postgres, for_sqlite, resource_types};

/// The name of a column in the database.
#[must_use]
pub const fn column_name<C: diesel::query_source::Column>() -> &'static str {
    C::NAME
}

/// What rows there are in a context; outside of one there are none.
pub fn row_filter<M>(context: &dyn Any, row_filter: fn(&Context) -> Filter<M>) -> Clause {
    context.downcast_ref::<Context>().map_or(Clause::Any(Vec::new()), |context| row_filter(context).into_clause())
}

/// What a client may know of the fields in a context; outside of one it knows nothing.
pub fn field_access<M>(context: &dyn Any, field_access: fn(&Context) -> FieldAccess<M>) -> FieldRules {
    context.downcast_ref::<Context>().map_or_else(FieldRules::closed, |context| field_access(context).into_rules())
}

/// What a type makes of a model, as its description has it.
#[must_use]
pub const fn serialized<M, S: crate::Serializer<M>>() -> SerializeModel<M> {
    S::serialize
}

/// What a type makes of what a client sends, as the description of the model `M` has it.
#[must_use]
pub const fn deserialized<M, D: crate::Deserializer<M>>() -> Deserialize {
    D::deserialize
}

/// What a function of the application's finds wrong with what a client sends.
pub fn validated<M, Given>(shown: &dyn Any, validate: &impl Check<M, Given>) -> Looked {
    validate.look(shown)
}

/// Processors of the model `M`, as its description has them.
pub struct Processors<M>(Vec<Arc<dyn Hook>>, PhantomData<fn() -> M>);

impl<M: Model> Processors<M> {
    /// None yet.
    #[must_use]
    pub fn new() -> Self {
        Self(Vec::new(), PhantomData)
    }

    /// With one more.
    #[must_use]
    pub fn with(mut self, processor: impl Processor<M>) -> Self {
        self.0.push(Arc::new(OfResource::new(processor)));
        self
    }

    /// All of them, for a description.
    #[must_use]
    pub fn boxed(self) -> Box<dyn Any> {
        Box::new(self.0)
    }
}

impl<M: Model> Default for Processors<M> {
    fn default() -> Self {
        Self::new()
    }
}

/// The value as a bind parameter for the column `C`.
pub fn bound<C, T, DB>(value: T) -> Fragment<DB>
where
    C: diesel::query_source::Column,
    T: crate::value::ColumnType<<C as diesel::Expression>::SqlType, DB>,
    DB: Dialect,
{
    value.into_fragment()
}

#[cfg(feature = "sqlite")]
pub use diesel::sqlite::Sqlite;

#[cfg(feature = "postgres")]
pub use diesel::pg::Pg;

#[cfg(feature = "mysql")]
pub use diesel::mysql::Mysql;

/// Keeps items that name `__Backend` when restless serves SQLite.
#[cfg(feature = "sqlite")]
#[doc(hidden)]
#[macro_export]
macro_rules! for_sqlite {
    ($($item:item)*) => {
        const _: () = {
            type __Backend = $crate::__private::Sqlite;
            $($item)*
        };
    };
}

/// Drops the items: restless does not serve SQLite.
#[cfg(not(feature = "sqlite"))]
#[doc(hidden)]
#[macro_export]
macro_rules! for_sqlite {
    ($($item:tt)*) => {};
}

/// Keeps items that name `__Backend` when restless serves PostgreSQL.
#[cfg(feature = "postgres")]
#[doc(hidden)]
#[macro_export]
macro_rules! for_postgres {
    ($($item:item)*) => {
        const _: () = {
            type __Backend = $crate::__private::Pg;
            $($item)*
        };
    };
}

/// Drops the items: restless does not serve PostgreSQL.
#[cfg(not(feature = "postgres"))]
#[doc(hidden)]
#[macro_export]
macro_rules! for_postgres {
    ($($item:tt)*) => {};
}

/// Keeps items that name `__Backend` when restless serves MySQL.
#[cfg(feature = "mysql")]
#[doc(hidden)]
#[macro_export]
macro_rules! for_mysql {
    ($($item:item)*) => {
        const _: () = {
            type __Backend = $crate::__private::Mysql;
            $($item)*
        };
    };
}

/// Drops the items: restless does not serve MySQL.
#[cfg(not(feature = "mysql"))]
#[doc(hidden)]
#[macro_export]
macro_rules! for_mysql {
    ($($item:tt)*) => {};
}

/// The descriptions of a model on those of the named backends that restless serves.
#[doc(hidden)]
#[macro_export]
macro_rules! resource_types {
    (@sqlite $types:ident $model:ty) => { $crate::__add_sqlite!($types $model) };
    (@postgres $types:ident $model:ty) => { $crate::__add_postgres!($types $model) };
    (@mysql $types:ident $model:ty) => { $crate::__add_mysql!($types $model) };
    ($model:ty; $($backend:ident),*) => {{
        let types = $crate::__private::ResourceTypes::new();
        $(let types = $crate::resource_types!(@$backend types $model);)*
        types
    }};
}

/// Adds the description for SQLite.
#[cfg(feature = "sqlite")]
#[doc(hidden)]
#[macro_export]
macro_rules! __add_sqlite {
    ($types:ident $model:ty) => {
        $types.sqlite::<$model>()
    };
}

/// Adds nothing: restless does not serve SQLite.
#[cfg(not(feature = "sqlite"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __add_sqlite {
    ($types:ident $model:ty) => {
        $types
    };
}

/// Adds the description for PostgreSQL.
#[cfg(feature = "postgres")]
#[doc(hidden)]
#[macro_export]
macro_rules! __add_postgres {
    ($types:ident $model:ty) => {
        $types.postgres::<$model>()
    };
}

/// Adds nothing: restless does not serve PostgreSQL.
#[cfg(not(feature = "postgres"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __add_postgres {
    ($types:ident $model:ty) => {
        $types
    };
}

/// Adds the description for MySQL.
#[cfg(feature = "mysql")]
#[doc(hidden)]
#[macro_export]
macro_rules! __add_mysql {
    ($types:ident $model:ty) => {
        $types.mysql::<$model>()
    };
}

/// Adds nothing: restless does not serve MySQL.
#[cfg(not(feature = "mysql"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __add_mysql {
    ($types:ident $model:ty) => {
        $types
    };
}
