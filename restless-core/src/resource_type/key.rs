//! Keys: the columns that identify resources.

use diesel::expression::Expression;
use diesel::query_source::Column;
use diesel::sql_types::{BigInt, Binary, Integer, SmallInt, Text};

use crate::backend::Dialect;
use crate::statement::Fragment;
use crate::value::{Codec, Fits, Wire};

/// A SQL type whose values can stand in a URL: integers, text, and UUIDs in whatever type a backend keeps them.
pub trait KeyType {}

/// A Rust type that holds a key of the SQL type `ST`.
#[diagnostic::on_unimplemented(
    message = "a key of the SQL type `{ST}` cannot stand in a URL",
    label = "expected a key of an integer, text or UUID type",
    note = "name another unique column with `#[restless(primary_key = …)]`"
)]
pub trait KeyOf<ST> {}

#[diagnostic::do_not_recommend]
impl<T, ST: KeyType> KeyOf<ST> for T {}

impl KeyType for SmallInt {}
impl KeyType for Integer {}
impl KeyType for BigInt {}
impl KeyType for Text {}
impl KeyType for Binary {}
#[cfg(feature = "postgres")]
impl KeyType for diesel::sql_types::Uuid {}
#[cfg(feature = "mysql")]
impl KeyType for diesel::sql_types::TinyInt {}
#[cfg(feature = "mysql")]
impl<ST: KeyType> KeyType for diesel::sql_types::Unsigned<ST> where ST: diesel::sql_types::SqlType {}

/// The key of a resource type: the column whose text is the `id` (JSON:API 1.1, "Identification").
pub struct Key<DB: Dialect> {
    pub(crate) name: &'static str,
    pub(crate) column: &'static str,
    pub(crate) codec: Codec<DB>,
    pub(crate) is_read_only: bool,
    pub(crate) default: Option<fn() -> Fragment<DB>>,
}

impl<DB: Dialect> Key<DB> {
    /// The key on the column `C`, held by a field of type `T`; `name` is the field's name on the wire.
    #[must_use]
    pub const fn of<C, T, W>(name: &'static str) -> Self
    where
        C: Column,
        <C as Expression>::SqlType: 'static,
        T: Fits<<C as Expression>::SqlType, DB> + KeyOf<<C as Expression>::SqlType>,
        W: Wire<T>,
    {
        Self {
            name,
            column: C::NAME,
            codec: Codec::of::<T, <C as Expression>::SqlType, W>(),
            is_read_only: false,
            default: None,
        }
    }

    /// No client may choose it, whatever `allow_client_generated_ids` says.
    #[must_use]
    pub const fn read_only(mut self) -> Self {
        self.is_read_only = true;
        self
    }

    /// The key of a resource whose client chose none; without one the database makes it.
    #[must_use]
    pub const fn default_value(mut self, default: fn() -> Fragment<DB>) -> Self {
        self.default = Some(default);
        self
    }
}
