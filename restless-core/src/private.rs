//! What generated code names. No part of the public interface: it changes with the derive.

use std::any::Any;
use std::marker::PhantomData;
use std::sync::Arc;

pub use diesel::internal::table_macro::StaticQueryFragment;
pub use serde::{Deserializer, Serializer};

use crate::clause::Clause;
use crate::context::Context;
pub use crate::dialect::{Dialect, Fragment, TableName};
pub use crate::method::Method;
use crate::processor::{Check, Hook, OfResource, Processor};
pub use crate::resource_type::{
    Attribute, Backends, Codecs, Computation, Count, Deserialize, EveryBackend, FieldCodec, Format, Held, Hidden, Key,
    Keys, Looked, Model, NoTable, OnDelete, OnMysql, OnPostgres, OnSqlite, PartsOf, Present, Presentation, Presented,
    PrimaryKeyOf, PrimaryKeyOfTable, Relationship, Resource, ResourceType, SerializeModel, Settings, Unheld, Whole,
    computed, is_omitted, named_key, unique_key, whole_key,
};
pub use crate::typed::{Field, Nullable, ToMany, ToOne};
use crate::typed::{FieldAccess, FieldRules, Filter};
pub use crate::value::{BySerde, JsonFormat, no_deserialize, no_serialize};
pub use crate::{backends, for_backends};

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

/// The codecs of a model on those of the named backends that restless serves.
#[doc(hidden)]
#[macro_export]
macro_rules! backends {
    ($model:ty; $($backend:ident),*) => {{
        let backends = $crate::__private::Backends::new();
        $(let backends = $crate::add_backend!($backend backends $model);)*
        backends
    }};
}

/// Keeps items that name `__Backend` once for each of the named backends that restless serves.
#[doc(hidden)]
#[macro_export]
macro_rules! for_backends {
    ($($backend:ident),*; $items:tt) => {
        $($crate::for_backend!($backend $items);)*
    };
}

/// Adds the codecs of one of the backends, where restless serves it.
#[doc(hidden)]
#[macro_export]
macro_rules! add_backend {
    (sqlite $backends:ident $model:ty) => { $crate::__if_sqlite!({ $backends.sqlite::<$model>() } else { $backends }) };
    (postgres $backends:ident $model:ty) => { $crate::__if_postgres!({ $backends.postgres::<$model>() } else { $backends }) };
    (mysql $backends:ident $model:ty) => { $crate::__if_mysql!({ $backends.mysql::<$model>() } else { $backends }) };
}

/// Keeps items that name `__Backend` for one of the backends, where restless serves it.
#[doc(hidden)]
#[macro_export]
macro_rules! for_backend {
    (sqlite { $($item:item)* }) => { $crate::__if_sqlite!(items Sqlite { $($item)* }); };
    (postgres { $($item:item)* }) => { $crate::__if_postgres!(items Pg { $($item)* }); };
    (mysql { $($item:item)* }) => { $crate::__if_mysql!(items Mysql { $($item)* }); };
}

/// Makes the macro that keeps code for a backend if restless serves it.
macro_rules! served {
    ($($feature:literal $name:ident;)*) => {$(
        served!(@ ($) $feature $name);
    )*};
    (@ ($dollar:tt) $feature:literal $name:ident) => {
        /// Keeps the code, or the items that name `__Backend`.
        #[cfg(feature = $feature)]
        #[doc(hidden)]
        #[macro_export]
        macro_rules! $name {
            (items $dollar backend:ident { $dollar($dollar item:item)* }) => {
                const _: () = {
                    type __Backend = $dollar crate::__private::$dollar backend;
                    $dollar($dollar item)*
                };
            };
            ($dollar kept:block else $dollar dropped:block) => { $dollar kept };
        }

        /// Drops the code: restless does not serve the backend.
        #[cfg(not(feature = $feature))]
        #[doc(hidden)]
        #[macro_export]
        macro_rules! $name {
            (items $dollar($dollar rest:tt)*) => {};
            ($dollar kept:block else $dollar dropped:block) => { $dollar dropped };
        }
    };
}

served! {
    "sqlite" __if_sqlite;
    "postgres" __if_postgres;
    "mysql" __if_mysql;
}
