//! Kinds of values: what a column's SQL type means for the wire.

use std::any::TypeId;

use diesel::sql_types as sql;

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
        let wanted = TypeId::of::<ST>();
        let found = |ids: &[TypeId]| ids.contains(&wanted);
        if found(&integers()) {
            Kind::Integer
        } else if found(&either::<sql::Text>()) {
            Kind::Text
        } else if found(&either::<sql::Bool>()) {
            Kind::Boolean
        } else if found(&either::<sql::Double>()) {
            Kind::Double
        } else if found(&either::<sql::Float>()) {
            Kind::Float
        } else {
            Kind::of_rarer(&found)
        }
    }

    fn of_rarer(found: &dyn Fn(&[TypeId]) -> bool) -> Kind {
        let kinds: [(Kind, &[TypeId]); 7] = [
            (Kind::Timestamp, &either::<sql::Timestamp>()),
            (Kind::Date, &either::<sql::Date>()),
            (Kind::Time, &either::<sql::Time>()),
            (Kind::Numeric, &either::<sql::Numeric>()),
            (Kind::Binary, &either::<sql::Binary>()),
            (Kind::Json, &documents()),
            (Kind::Timestamptz, &instants()),
        ];
        let kind = kinds.iter().find(|(_, ids)| found(ids));
        kind.map_or(Kind::Other, |(kind, _)| *kind)
    }

    /// Whether values of this kind are points in time, which have forms and markers of their own.
    #[must_use]
    pub const fn is_temporal(self) -> bool {
        matches!(
            self,
            Kind::Date | Kind::Time | Kind::Timestamp | Kind::Timestamptz
        )
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

fn either<ST: sql::SqlType<IsNull = sql::is_nullable::NotNull> + 'static>() -> [TypeId; 2] {
    [TypeId::of::<ST>(), TypeId::of::<sql::Nullable<ST>>()]
}

#[cfg(not(feature = "mysql"))]
fn integers() -> [TypeId; 6] {
    let ([a, b], [c, d], [e, f]) = (
        either::<sql::Integer>(),
        either::<sql::BigInt>(),
        either::<sql::SmallInt>(),
    );
    [a, b, c, d, e, f]
}

#[cfg(feature = "mysql")]
fn integers() -> [TypeId; 16] {
    let ([a, b], [c, d], [e, f], [g, h]) = (
        either::<sql::Integer>(),
        either::<sql::BigInt>(),
        either::<sql::SmallInt>(),
        either::<sql::TinyInt>(),
    );
    let ([i, j], [k, l], [m, n], [o, p]) = (
        either::<sql::Unsigned<sql::Integer>>(),
        either::<sql::Unsigned<sql::BigInt>>(),
        either::<sql::Unsigned<sql::SmallInt>>(),
        either::<sql::Unsigned<sql::TinyInt>>(),
    );
    [a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p]
}

fn documents() -> [TypeId; 4] {
    let ([a, b], [c, d]) = (either::<sql::Json>(), either::<sql::Jsonb>());
    [a, b, c, d]
}

fn instants() -> Vec<TypeId> {
    let instants: &[[TypeId; 2]] = &[
        #[cfg(feature = "sqlite")]
        either::<sql::TimestamptzSqlite>(),
        #[cfg(feature = "postgres")]
        either::<sql::Timestamptz>(),
    ];
    instants.concat()
}
