//! What differs between the databases' SQL, and what their SQL is made of.

mod aggregate;
#[cfg(feature = "postgres")]
mod array;
mod binding;
mod by_backend;
mod clock;
mod comparison;
mod expression;
mod fragment;
mod kind;
mod spelling;
mod table_name;
mod violation;

pub use aggregate::{Function, Reading};
pub(crate) use binding::BoundAnywhere;
pub use binding::{BindOnMysql, BindOnPostgres, BindOnSqlite, Binding};
pub use by_backend::{ByBackend, Family};
pub use clock::Clock;
pub(crate) use comparison::Comparison;
pub use expression::{AnyExpression, SqlOnMysql, SqlOnPostgres, SqlOnSqlite};
pub use fragment::{Bound, Fragment, InList};
pub(crate) use fragment::{ChosenText, Shared, SqlText};
pub use kind::{Kind, SqlKind};
pub use spelling::TimeSpelling;
pub use table_name::TableName;
pub use violation::Violation;

use std::ops::RangeInclusive;

use diesel::QueryResult;
use diesel::backend::Backend;
use diesel::deserialize;
use diesel::query_builder::QueryFragment;
use diesel::serialize::ToSql;
use diesel::sql_types::{BigInt, HasSqlType, Untyped};

/// A backend of Diesel that restless serves.
pub trait Dialect:
    Backend<QueryBuilder: Default>
    + Default
    + HasSqlType<BigInt>
    + diesel::expression::QueryMetadata<Untyped>
    + Send
    + Sync
    + 'static
{
    /// The name of the backend, as it begins its URLs.
    const NAME: &'static str;

    /// What stands behind the table in an `INSERT` without columns.
    const DEFAULT_VALUES: &'static str;

    /// The key that the database made for the last row of this connection, if an `INSERT` does not return it.
    const GENERATED_KEY: Option<&'static str> = None;

    /// What keeps rows that are read from being changed by others until the transaction ends; a database with one writer
    /// needs nothing for it.
    const LOCK: &'static str = "";

    /// The function that fails once a statement has taken longer than it may, where the database cannot stop one by itself.
    const STOP: Option<&'static str> = None;

    /// Whether foreign keys are checked with each row of a statement, so that rows which refer to each other have to be
    /// deleted one after the other.
    const CHECKS_EACH_ROW: bool = false;

    /// Whether a column of the type `NUMERIC` keeps every digit.
    const HAS_EXACT_NUMERIC: bool = true;

    /// Whether Diesel reads integers of a `JSONB` column that are greater than those of 64 bits with a sign.
    const HAS_UNSIGNED_JSONB: bool = true;

    /// Whether text may have the character U+0000.
    const HAS_NUL: bool = true;

    /// The greatest numbers of digits that a decimal may have before its point and behind it.
    const DIGITS: [usize; 2];

    /// Whether `column IN (…)` compares decimals digit by digit, as `column = …` does.
    const HAS_EXACT_LISTS: bool = true;

    /// Whether there is a second before midnight that is not one of the 86,400 of a day.
    const HAS_LEAP_SECONDS: bool = false;

    /// What stands behind the pattern of a `LIKE`, so that a backslash takes its meaning from a wildcard.
    const LIKE_ESCAPE: &'static str = "";

    /// What stands before a column, between it and a pattern, and behind the pattern, if the case of letters does not
    /// matter.
    const ILIKE: [&'static str; 3];

    /// What stands before a column whose letters all count as small ones; a closing parenthesis stands behind it.
    const LOWER: &'static str = "LOWER(";

    /// Whether there are operators for networks, arrays, JSON documents and full text.
    const HAS_CONTAINMENT: bool = false;

    /// Whether it tells the standard deviation and the variance of values.
    const HAS_SPREAD: bool = true;

    /// The years of dates, counted as astronomers do: the year 0 is 1 BC.
    const YEARS: RangeInclusive<i32>;

    /// What compares texts with patterns where the database's own `LIKE` takes them to end at the character U+0000: what
    /// stands before the column, between it and the pattern to look for that character, and before what compares them then.
    const LIKE_WITH_NUL: Option<[&'static str; 3]> = None;

    /// What the database calls a function of decimals whose result is told: its own, unless that loses digits.
    #[must_use]
    fn exact(function: Function) -> &'static str {
        function.sql()
    }

    /// How points in time of a kind are compared, if the database keeps them as texts.
    #[must_use]
    fn spelling(_: Kind) -> Option<&'static TimeSpelling> {
        None
    }

    /// The SQL by which the database's own clock gives a value of the kind; `None` if it has none.
    fn clock(clock: Clock, kind: Kind) -> Option<&'static str>;

    /// Of what is written for SQLite, PostgreSQL and MySQL, that for this backend.
    fn choose<T>(by_backend: [T; 3]) -> T;

    /// The value for this backend.
    fn of<F: Family>(all: &ByBackend<F>) -> &F::Of<Self>;

    /// A value of the application's as a bind parameter.
    fn bind(value: Box<dyn Binding>) -> Fragment<Self>;

    /// An expression of the application's.
    fn expression(any: &dyn AnyExpression) -> &dyn QueryFragment<Self>;

    /// The text of a piece of SQL.
    ///
    /// # Errors
    ///
    /// When Diesel cannot write it.
    fn render(fragment: &dyn QueryFragment<Self>) -> QueryResult<String>;

    /// A 64-bit integer as a bind parameter.
    fn integer(value: i64) -> Fragment<Self>;

    /// A text as a bind parameter.
    fn text(value: String) -> Fragment<Self>;

    /// Reads a 64-bit integer.
    ///
    /// # Errors
    ///
    /// When the database gave something else.
    fn read_integer(raw: Option<Self::RawValue<'_>>) -> deserialize::Result<i64>;

    /// What stands around the column within an aggregate function, and around the function, so that its result can be
    /// read.
    fn around(reading: Reading) -> [[&'static str; 2]; 2];

    /// Reads the text of a number, of any size.
    ///
    /// # Errors
    ///
    /// When the database gave something else.
    fn read_digits(raw: Option<Self::RawValue<'_>>) -> deserialize::Result<Option<String>>;

    /// Reads a floating point number.
    ///
    /// # Errors
    ///
    /// When the database gave something else.
    fn read_double(raw: Option<Self::RawValue<'_>>) -> deserialize::Result<Option<f64>>;

    /// Reads the text of a decimal number that a function has computed.
    ///
    /// # Errors
    ///
    /// When the database gave something else.
    fn read_decimal(raw: Option<Self::RawValue<'_>>) -> deserialize::Result<Option<String>> {
        Self::read_digits(raw)
    }

    /// Values as the right side of an `IN`.
    fn membership<T, ST>(values: Vec<T>) -> InList<Self>
    where
        Self: HasSqlType<ST>,
        T: ToSql<ST, Self> + Send + 'static,
        ST: 'static;

    /// Whether Diesel would read the value as another one, since the database keeps there what no column of the kind and
    /// range holds.
    #[must_use]
    fn is_misread(_: &mut Self::RawValue<'_>, _: Kind, _: RangeInclusive<i64>) -> bool {
        false
    }

    /// The value once more, if it is of a kind of which the database has values that Rust's types have not.
    #[must_use]
    fn spare<'a>(_: &Self::RawValue<'a>, _: Kind) -> Option<Self::RawValue<'a>> {
        None
    }

    /// The text of a column of text, where it can be read without a copy.
    #[must_use]
    fn text_of<'a>(_: &Self::RawValue<'a>) -> Option<&'a str> {
        None
    }

    /// The JSON of a value that the database has and Rust's types have not, such as the date `infinity`.
    #[must_use]
    fn unheld(_: Self::RawValue<'_>, _: Kind) -> Option<String> {
        None
    }
}
