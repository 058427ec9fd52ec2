//! Kinds of values: what a column's SQL type means for the wire.

use std::any::TypeId;
use std::borrow::Cow;
use std::ops::RangeInclusive;

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
    /// A length of time, a number of seconds on the wire.
    Interval,
    /// A UUID.
    Uuid,
    /// An address, with the size of its network if it has one.
    Inet,
    /// A network: an address whose bits behind its size are zero.
    Cidr,
    /// Any JSON value.
    Json,
    /// Values of one kind, a JSON array on the wire.
    Array(&'static Kind),
    /// A type that the application or a backend defines.
    Other,
}

/// The SQL type of a column, as far as it matters for its values in JSON.
#[derive(Debug, Clone, Copy)]
pub struct SqlKind {
    kind: fn() -> Kind,
    range: fn() -> RangeInclusive<i64>,
    is_binary_json: fn() -> bool,
}

impl SqlKind {
    /// The SQL type `ST`, nullable or not.
    #[must_use]
    pub const fn of<ST: 'static>() -> Self {
        Self { kind: Kind::of::<ST>, range: Kind::range::<ST>, is_binary_json: Kind::is_binary_json::<ST> }
    }

    /// The kind of the values.
    #[must_use]
    pub fn kind(self) -> Kind {
        (self.kind)()
    }

    /// True if the column holds JSON in a binary form, which has operators of its own.
    pub(crate) fn is_binary_json(self) -> bool {
        (self.is_binary_json)()
    }

    /// True if values that are spelt differently may be the same for the database, by the collation of a column.
    pub(crate) fn is_collated(self) -> bool {
        self.kind() == Kind::Text
    }

    /// The values of the column, in words.
    pub(crate) fn expectation(self) -> Cow<'static, str> {
        let range = (self.range)();
        match self.kind() {
            Kind::Integer if *range.end() < i64::MAX => {
                format!("an integer between {} and {}", range.start(), range.end()).into()
            }
            kind => kind.expectation().into(),
        }
    }
}

impl Kind {
    /// The kind of the SQL type `ST`, nullable or not.
    #[must_use]
    pub fn of<ST: 'static>() -> Kind {
        let id = TypeId::of::<ST>();
        if is_integer(id) {
            Kind::Integer
        } else if is_text(id) {
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
        if is_timestamp(id) {
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
            Kind::of_one_backend(id)
        }
    }

    #[cfg(feature = "postgres")]
    fn of_one_backend(id: TypeId) -> Kind {
        if one_of!(id, sql::Interval) {
            Kind::Interval
        } else if one_of!(id, sql::Uuid) {
            Kind::Uuid
        } else if one_of!(id, sql::Inet) {
            Kind::Inet
        } else if one_of!(id, sql::Cidr) {
            Kind::Cidr
        } else {
            super::array::element(id).map_or(Kind::Other, Kind::Array)
        }
    }

    #[cfg(not(feature = "postgres"))]
    const fn of_one_backend(_: TypeId) -> Kind {
        Kind::Other
    }

    /// The whole numbers that a column of the SQL type `ST` holds by its name, which is not always what the database keeps
    /// there.
    pub(crate) fn range<ST: 'static>() -> RangeInclusive<i64> {
        let id = TypeId::of::<ST>();
        if one_of!(id, sql::SmallInt) {
            i64::from(i16::MIN)..=i64::from(i16::MAX)
        } else if one_of!(id, sql::Integer, sql::Bool) {
            i64::from(i32::MIN)..=i64::from(i32::MAX)
        } else {
            i64::MIN..=i64::MAX
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

    /// Whether values can be compared with one another.
    #[must_use]
    pub const fn is_ordered(self) -> bool {
        !matches!(self, Kind::Json | Kind::Array(Kind::Json))
    }

    /// What a point in time of the kind is called.
    pub(crate) const fn noun(self) -> &'static str {
        match self {
            Kind::Date => "a date",
            Kind::Time => "a time",
            _ => "a timestamp",
        }
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
            Kind::Interval => "a number of seconds",
            Kind::Uuid => "a UUID such as \"67e55044-10b1-426f-9247-bb680e5fe0c8\"",
            Kind::Inet => "a network address such as \"192.168.0.1/24\"",
            Kind::Cidr => "a network such as \"192.168.0.0/24\"",
            Kind::Json => "a JSON value",
            Kind::Array(_) => "an array",
            Kind::Other => "another value",
        }
    }
}

fn is_text(id: TypeId) -> bool {
    #[cfg(feature = "postgres")]
    let is_of_postgres = one_of!(id, sql::Citext);
    #[cfg(not(feature = "postgres"))]
    let is_of_postgres = false;
    is_of_postgres || one_of!(id, sql::Text)
}

fn is_timestamp(id: TypeId) -> bool {
    #[cfg(feature = "mysql")]
    let is_of_mysql = one_of!(id, sql::Datetime);
    #[cfg(not(feature = "mysql"))]
    let is_of_mysql = false;
    is_of_mysql || one_of!(id, sql::Timestamp)
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
    #[cfg(feature = "postgres")]
    let is_of_postgres = one_of!(id, sql::Oid);
    #[cfg(not(feature = "postgres"))]
    let is_of_postgres = false;
    is_of_mysql || is_of_postgres || one_of!(id, sql::Integer, sql::BigInt, sql::SmallInt)
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
