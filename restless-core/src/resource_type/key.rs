//! Keys: the columns that identify resources.

use diesel::expression::Expression;
use diesel::query_source::Column;
use diesel::sql_types::{BigInt, Binary, Integer, Nullable, SmallInt, SqlType, Text, is_nullable};

use crate::dialect::SqlKind;

/// A SQL type whose values can stand in a URL: integers, text, and UUIDs in whatever type a backend keeps them.
pub trait KeyType {
    /// The type, to be compared with that of a foreign key.
    const FAMILY: KeySqlType;
}

/// A SQL type of keys, as a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeySqlType {
    /// An integer of one byte.
    TinyInt,
    /// An integer of two bytes.
    SmallInt,
    /// An integer of four bytes.
    Integer,
    /// An integer of eight bytes.
    BigInt,
    /// An unsigned integer, by the number of its bytes.
    Unsigned(u8),
    /// Text.
    Text,
    /// Bytes.
    Binary,
    /// A UUID.
    Uuid,
    /// The model has mistakes of its own, which are told already.
    Unknown,
}

impl KeySqlType {
    /// Whether the types are the same, as far as they are known.
    pub(crate) const fn is(self, other: KeySqlType) -> bool {
        match (self, other) {
            (KeySqlType::Unknown, _) | (_, KeySqlType::Unknown) => true,
            (KeySqlType::Unsigned(bytes), KeySqlType::Unsigned(others)) => bytes == others,
            _ => self.number() == other.number(),
        }
    }

    const fn number(self) -> u8 {
        match self {
            KeySqlType::TinyInt => 0,
            KeySqlType::SmallInt => 1,
            KeySqlType::Integer => 2,
            KeySqlType::BigInt => 3,
            KeySqlType::Unsigned(_) => 4,
            KeySqlType::Text => 5,
            KeySqlType::Binary => 6,
            KeySqlType::Uuid => 7,
            KeySqlType::Unknown => 8,
        }
    }

    #[cfg(feature = "mysql")]
    const fn bytes(self) -> u8 {
        match self {
            KeySqlType::TinyInt => 1,
            KeySqlType::SmallInt => 2,
            KeySqlType::Integer => 4,
            _ => 8,
        }
    }
}

/// The types of a model's keys: what foreign keys may refer to.
#[derive(Debug, Clone, Copy)]
pub struct Keys {
    pub(crate) key: KeySqlType,
    pub(crate) primary_key: KeySqlType,
}

impl Keys {
    /// Nothing is known of them.
    pub const UNKNOWN: Keys = Keys { key: KeySqlType::Unknown, primary_key: KeySqlType::Unknown };

    /// The key on the column `K`, held by a field of type `T`, which is the primary key of the table as well.
    #[must_use]
    pub const fn of<K: Column, T: KeyOf<<K as Expression>::SqlType>>() -> Self {
        let family = <T as KeyOf<<K as Expression>::SqlType>>::FAMILY;
        Self { key: family, primary_key: family }
    }

    /// The primary key of the table is another column `K`, held by a field of type `T`.
    #[must_use]
    pub const fn with_primary_key<K: Column, T: KeyOf<<K as Expression>::SqlType>>(mut self) -> Self {
        self.primary_key = <T as KeyOf<<K as Expression>::SqlType>>::FAMILY;
        self
    }
}

/// A SQL type of columns that can refer to keys: that of a key, nullable or not.
#[diagnostic::on_unimplemented(
    message = "a column of the SQL type `{Self}` cannot be a foreign key",
    label = "expected a column of the type of the key that it refers to"
)]
pub trait ForeignKeyType {
    /// The type of the key.
    const FAMILY: KeySqlType;
    /// Whether it may refer to nothing.
    const IS_NULLABLE: bool;
}

impl<ST: KeyType> ForeignKeyType for ST {
    const FAMILY: KeySqlType = ST::FAMILY;
    const IS_NULLABLE: bool = false;
}

impl<ST: KeyType + SqlType<IsNull = is_nullable::NotNull>> ForeignKeyType for Nullable<ST> {
    const FAMILY: KeySqlType = ST::FAMILY;
    const IS_NULLABLE: bool = true;
}

/// A Rust type that holds a key of the SQL type `ST`.
#[diagnostic::on_unimplemented(
    message = "a key of the SQL type `{ST}` cannot stand in a URL",
    label = "expected a key of an integer, text or UUID type",
    note = "name another unique column with `#[restless(primary_key = …)]`"
)]
pub trait KeyOf<ST> {
    /// The SQL type.
    const FAMILY: KeySqlType;
}

#[diagnostic::do_not_recommend]
impl<T, ST: KeyType> KeyOf<ST> for T {
    const FAMILY: KeySqlType = ST::FAMILY;
}

macro_rules! key_types {
    ($($type:ident $family:ident;)*) => {$(
        impl KeyType for $type {
            const FAMILY: KeySqlType = KeySqlType::$family;
        }
    )*};
}

key_types! {
    SmallInt SmallInt;
    Integer Integer;
    BigInt BigInt;
    Text Text;
    Binary Binary;
}

#[cfg(feature = "postgres")]
impl KeyType for diesel::sql_types::Citext {
    const FAMILY: KeySqlType = KeySqlType::Text;
}

#[cfg(feature = "postgres")]
impl KeyType for diesel::sql_types::Uuid {
    const FAMILY: KeySqlType = KeySqlType::Uuid;
}

#[cfg(feature = "mysql")]
impl KeyType for diesel::sql_types::TinyInt {
    const FAMILY: KeySqlType = KeySqlType::TinyInt;
}

#[cfg(feature = "mysql")]
impl<ST: KeyType + SqlType> KeyType for diesel::sql_types::Unsigned<ST> {
    const FAMILY: KeySqlType = KeySqlType::Unsigned(ST::FAMILY.bytes());
}

/// The key of a resource type: the column whose text is the `id` (JSON:API 1.1, "Identification").
pub struct Key {
    pub(crate) name: &'static str,
    pub(crate) column: &'static str,
    pub(crate) sql: SqlKind,
    pub(crate) is_read_only: bool,
}

impl Key {
    /// The key on the column `C`; `name` is the field's name on the wire.
    #[must_use]
    pub const fn of<C>(name: &'static str) -> Self
    where
        C: Column,
        <C as Expression>::SqlType: 'static,
    {
        Self { name, column: C::NAME, sql: SqlKind::of::<<C as Expression>::SqlType>(), is_read_only: false }
    }

    /// No client may choose it, whatever `allow_client_generated_ids` says.
    #[must_use]
    pub const fn read_only(mut self) -> Self {
        self.is_read_only = true;
        self
    }
}
