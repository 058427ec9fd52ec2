//! The own ways of MySQL and MariaDB in SQL.

use std::ops::RangeInclusive;

use diesel::QueryResult;
use diesel::backend::Backend;
use diesel::deserialize::{self, FromSql};
use diesel::mysql::{Mysql, MysqlQueryBuilder, MysqlType, MysqlValue};
use diesel::query_builder::{QueryBuilder as _, QueryFragment};
use diesel::serialize::ToSql;
use diesel::sql_types::{BigInt, Double, HasSqlType, Nullable, Text};

use super::out_of_range;
use crate::dialect::{
    AnyExpression, Binding, Bound, ByBackend, Clock, Dialect, Family, Fragment, InList, Kind, Reading,
};

impl Dialect for Mysql {
    const NAME: &'static str = "mysql";
    const LOCK: &'static str = " FOR UPDATE";
    const CHECKS_EACH_ROW: bool = true;
    const DEFAULT_VALUES: &'static str = " () VALUES ()";
    const GENERATED_KEY: Option<&'static str> = Some("LAST_INSERT_ID()");
    const DIGITS: [usize; 2] = [65, 38];
    const HAS_EXACT_LISTS: bool = false;
    const ILIKE: [&'static str; 3] = ["LOWER(", ") LIKE LOWER(", ") COLLATE utf8mb4_bin"];
    const YEARS: RangeInclusive<i32> = 1..=9999;

    fn clock(clock: Clock, kind: Kind) -> Option<&'static str> {
        let sql = match (clock, kind) {
            (Clock::Date, Kind::Time) => return None,
            (Clock::Date, _) => "CURRENT_DATE()",
            (Clock::Timestamp, Kind::Date) => "UTC_DATE()",
            (Clock::Timestamp, Kind::Time) => "UTC_TIME(6)",
            (Clock::Timestamp, _) => "UTC_TIMESTAMP(6)",
            (Clock::LocalTimestamp, Kind::Time) => "CURTIME(6)",
            (Clock::LocalTimestamp, _) => "NOW(6)",
        };
        Some(sql)
    }

    fn choose<T>([_, _, own]: [T; 3]) -> T {
        own
    }

    fn of<F: Family>(all: &ByBackend<F>) -> &F::Of<Self> {
        &all.mysql
    }

    fn bind(value: Box<dyn Binding>) -> Fragment<Self> {
        value.on_mysql()
    }

    fn expression(any: &dyn AnyExpression) -> &dyn QueryFragment<Self> {
        any.on_mysql()
    }

    fn render(fragment: &dyn QueryFragment<Self>) -> QueryResult<String> {
        let mut text = MysqlQueryBuilder::new();
        fragment.to_sql(&mut text, &Mysql)?;
        Ok(text.finish())
    }

    fn integer(value: i64) -> Fragment<Self> {
        Box::new(Bound::<i64, BigInt>::new(value))
    }

    fn text(value: String) -> Fragment<Self> {
        Box::new(Bound::<String, Text>::new(value))
    }

    fn read_integer(raw: Option<Self::RawValue<'_>>) -> deserialize::Result<i64> {
        FromSql::<BigInt, Self>::from_nullable_sql(raw)
    }

    /// The mean of whole numbers and decimals has only four digits more than they have, that of doubles has all.
    fn around(reading: Reading) -> [[&'static str; 2]; 2] {
        match reading {
            Reading::Digits | Reading::Decimal => [["", ""], ["CAST(", " AS CHAR)"]],
            Reading::Mean | Reading::Double => [["", " + 0e0"], ["", ""]],
            Reading::Rows | Reading::Own => [["", ""], ["", ""]],
        }
    }

    fn read_digits(raw: Option<Self::RawValue<'_>>) -> deserialize::Result<Option<String>> {
        FromSql::<Nullable<Text>, Self>::from_nullable_sql(raw)
    }

    fn read_double(raw: Option<Self::RawValue<'_>>) -> deserialize::Result<Option<f64>> {
        FromSql::<Nullable<Double>, Self>::from_nullable_sql(raw)
    }

    /// Diesel cuts off what stands behind the point of a number, and takes one that four bytes do not hold for infinite.
    fn is_misread(raw: &mut MysqlValue<'_>, kind: Kind, _: RangeInclusive<i64>) -> bool {
        let number = || FromSql::<Double, Self>::from_sql(raw.clone()).unwrap_or(f64::NAN);
        match (kind, raw.value_type()) {
            (Kind::Integer, MysqlType::Float | MysqlType::Double) => number().fract() != 0.0,
            (Kind::Integer, MysqlType::Numeric) => !is_whole(raw.as_bytes()),
            (Kind::Float, MysqlType::Double) => number().abs() > f64::from(f32::MAX),
            _ => false,
        }
    }

    fn membership<T, ST>(values: Vec<T>) -> InList<Self>
    where
        Self: HasSqlType<ST>,
        T: ToSql<ST, Self> + Send + 'static,
        ST: 'static,
    {
        let fragments = values.into_iter().map(|value| -> Fragment<Self> { Box::new(Bound::<T, ST>::new(value)) });
        InList::Each(fragments.collect())
    }

    fn spare<'a>(raw: &<Self as Backend>::RawValue<'a>, kind: Kind) -> Option<<Self as Backend>::RawValue<'a>> {
        (kind.is_temporal() || kind == Kind::Json).then(|| raw.clone())
    }

    fn unheld(raw: MysqlValue<'_>, kind: Kind) -> Option<String> {
        out_of_range::json(raw.as_bytes(), kind)
    }
}

/// Whether nothing but zeros stands behind the point of a decimal.
fn is_whole(text: &[u8]) -> bool {
    let mut fraction = text.iter().skip_while(|byte| **byte != b'.').skip(1);
    fraction.all(|byte| *byte == b'0')
}
