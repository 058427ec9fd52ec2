//! Kinds of values: what a column's SQL type means for the wire.

use std::any::TypeId;

use diesel::sql_types as sql;

/// Whether a type is one of these, or the nullable form of one. It is decided while compiling, once optimised.
macro_rules! one_of {
    ($id:expr, $($type:ty),*) => {
        $($id == TypeId::of::<$type>() || $id == TypeId::of::<sql::Nullable<$type>>())||*
    };
}

/// What family a column's SQL type belongs to, which decides how its values look in JSON.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Kind {
    /// `true` and `false`.
    Boolean,
    /// A whole number of any width.
    Integer,
    /// A floating point number of four bytes.
    Float,
    /// A floating point number of eight bytes.
    Double,
    /// A decimal number, a string on the wire.
    Numeric,
    /// Text.
    Text,
    /// Bytes, base64 on the wire.
    Binary,
    /// A day, `2024-02-29`.
    Date,
    /// A time of day, `13:37:00`.
    Time,
    /// A day and a time without a zone, `2024-02-29T13:37:00`.
    Timestamp,
    /// An instant, written in UTC as `2024-02-29T13:37:00Z`.
    Timestamptz,
    /// Any JSON value.
    Json,
    /// A type that the application or a backend defines.
    Other,
}

impl Kind {
    /// The kind of the SQL type `ST`, nullable or not.
    #[must_use]
    pub fn of<ST: 'static>() -> Kind {
        let id = TypeId::of::<ST>();
        if is_integer(id) {
            Kind::Integer
        } else if one_of!(id, sql::Text) {
            Kind::Text
        } else if one_of!(id, sql::Bool) {
            Kind::Boolean
        } else if one_of!(id, sql::Double) {
            Kind::Double
        } else if one_of!(id, sql::Float) {
            Kind::Float
        } else {
            Kind::of_rarer(id)
        }
    }

    fn of_rarer(id: TypeId) -> Kind {
        if one_of!(id, sql::Timestamp) {
            Kind::Timestamp
        } else if one_of!(id, sql::Date) {
            Kind::Date
        } else if one_of!(id, sql::Time) {
            Kind::Time
        } else if is_instant(id) {
            Kind::Timestamptz
        } else if one_of!(id, sql::Numeric) {
            Kind::Numeric
        } else if one_of!(id, sql::Binary) {
            Kind::Binary
        } else if one_of!(id, sql::Json, sql::Jsonb) {
            Kind::Json
        } else {
            Kind::Other
        }
    }

    /// Whether the SQL type `ST` holds JSON in a binary form.
    pub(crate) fn is_binary_json<ST: 'static>() -> bool {
        one_of!(TypeId::of::<ST>(), sql::Jsonb)
    }

    /// Whether values of this kind are points in time, which have forms and markers of their own.
    #[must_use]
    pub const fn is_temporal(self) -> bool {
        matches!(self, Kind::Date | Kind::Time | Kind::Timestamp | Kind::Timestamptz)
    }

    /// What a client is told to send, as in "expected an integer".
    #[must_use]
    pub const fn expectation(self) -> &'static str {
        match self {
            Kind::Boolean => "true or false",
            Kind::Integer => "an integer",
            Kind::Float | Kind::Double => "a number",
            Kind::Numeric => "a decimal number such as \"12.50\"",
            Kind::Text => "a string",
            Kind::Binary => "a string in base64",
            Kind::Date => "a date such as \"2024-02-29\"",
            Kind::Time => "a time such as \"13:37:00\"",
            Kind::Timestamp => "a timestamp such as \"2024-02-29T13:37:00\"",
            Kind::Timestamptz => "a timestamp such as \"2024-02-29T13:37:00Z\"",
            Kind::Json => "a JSON value",
            Kind::Other => "another value",
        }
    }
}

fn is_integer(id: TypeId) -> bool {
    #[cfg(feature = "mysql")]
    let is_of_mysql = one_of!(
        id,
        sql::TinyInt,
        sql::Unsigned<sql::TinyInt>,
        sql::Unsigned<sql::SmallInt>,
        sql::Unsigned<sql::Integer>,
        sql::Unsigned<sql::BigInt>
    );
    #[cfg(not(feature = "mysql"))]
    let is_of_mysql = false;
    is_of_mysql || one_of!(id, sql::Integer, sql::BigInt, sql::SmallInt)
}

fn is_instant(id: TypeId) -> bool {
    #[cfg(not(any(feature = "sqlite", feature = "postgres")))]
    let _ = id;
    #[cfg(feature = "sqlite")]
    let is_of_sqlite = one_of!(id, sql::TimestamptzSqlite);
    #[cfg(not(feature = "sqlite"))]
    let is_of_sqlite = false;
    #[cfg(feature = "postgres")]
    let is_of_postgres = one_of!(id, sql::Timestamptz);
    #[cfg(not(feature = "postgres"))]
    let is_of_postgres = false;
    is_of_sqlite || is_of_postgres
}
