//! PostgreSQL's own ways in SQL.

use std::ops::RangeInclusive;

use diesel::QueryResult;
use diesel::backend::Backend;
use diesel::deserialize::{self, FromSql};
use diesel::pg::{Pg, PgQueryBuilder, PgValue};
use diesel::query_builder::{AstPass, QueryBuilder as _, QueryFragment};
use diesel::serialize::ToSql;
use diesel::sql_types::{Array, BigInt, Double, HasSqlType, Nullable, Text};

use super::out_of_range;
use crate::dialect::{
    AnyExpression, Binding, Bound, ByBackend, Clock, Dialect, Family, Fragment, InList, Kind, Reading,
};

impl Dialect for Pg {
    const NAME: &'static str = "postgres";
    const LOCK: &'static str = " FOR NO KEY UPDATE";
    const DEFAULT_VALUES: &'static str = " DEFAULT VALUES";
    const ILIKE: [&'static str; 3] = ["", " ILIKE ", ""];
    const HAS_CONTAINMENT: bool = true;
    const HAS_NUL: bool = false;
    /// The precision that a column can be declared with. One without a precision holds more digits before the point; but
    /// to make them of a short text such as `1e100000` takes long.
    const DIGITS: [usize; 2] = [1000, 16_383];
    /// From the first whole year of PostgreSQL to the last one of chrono.
    const YEARS: RangeInclusive<i32> = -4712..=262_142;

    fn clock(clock: Clock, kind: Kind) -> Option<&'static str> {
        let sql = match (clock, kind) {
            (Clock::Date, _) => "CURRENT_DATE",
            (Clock::Timestamp, Kind::Date) => "CURRENT_DATE",
            (Clock::Timestamp, Kind::Time) => "(CURRENT_TIMESTAMP AT TIME ZONE 'UTC')::time",
            (Clock::Timestamp, Kind::Timestamp) => "(CURRENT_TIMESTAMP AT TIME ZONE 'UTC')",
            (Clock::Timestamp, _) => "CURRENT_TIMESTAMP",
            (Clock::LocalTimestamp, Kind::Time) => "LOCALTIME",
            (Clock::LocalTimestamp, _) => "LOCALTIMESTAMP",
        };
        Some(sql)
    }

    fn choose<T>([_, own, _]: [T; 3]) -> T {
        own
    }

    fn of<F: Family>(all: &ByBackend<F>) -> &F::Of<Self> {
        &all.postgres
    }

    fn bind(value: Box<dyn Binding>) -> Fragment<Self> {
        value.on_postgres()
    }

    fn expression(any: &dyn AnyExpression) -> &dyn QueryFragment<Self> {
        any.on_postgres()
    }

    fn render(fragment: &dyn QueryFragment<Self>) -> QueryResult<String> {
        let mut text = PgQueryBuilder::new();
        fragment.to_sql(&mut text, &Pg)?;
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

    /// Not every type of whole numbers has a sum of its own.
    fn around(reading: Reading) -> [[&'static str; 2]; 2] {
        match reading {
            Reading::Digits => [["", "::bigint"], ["", "::text"]],
            Reading::Mean => [["", "::bigint"], ["", "::float8"]],
            Reading::Double => [["", ""], ["", "::float8"]],
            Reading::Decimal => [["", ""], ["", "::text"]],
            Reading::Rows | Reading::Own => [["", ""], ["", ""]],
        }
    }

    fn read_digits(raw: Option<Self::RawValue<'_>>) -> deserialize::Result<Option<String>> {
        FromSql::<Nullable<Text>, Self>::from_nullable_sql(raw)
    }

    fn read_double(raw: Option<Self::RawValue<'_>>) -> deserialize::Result<Option<f64>> {
        FromSql::<Nullable<Double>, Self>::from_nullable_sql(raw)
    }

    fn membership<T, ST>(values: Vec<T>) -> InList<Self>
    where
        Self: HasSqlType<ST>,
        T: ToSql<ST, Self> + Send + 'static,
        ST: 'static,
    {
        InList::Whole(Box::new(EqualsAny(Bound::<Vec<T>, Array<ST>>::new(values))))
    }

    fn spare<'a>(raw: &<Self as Backend>::RawValue<'a>, _: Kind) -> Option<<Self as Backend>::RawValue<'a>> {
        Some(*raw)
    }

    fn text_of<'a>(raw: &<Self as Backend>::RawValue<'a>) -> Option<&'a str> {
        std::str::from_utf8(raw.as_bytes()).ok()
    }

    fn unheld(raw: PgValue<'_>, kind: Kind) -> Option<String> {
        out_of_range::json(raw.as_bytes(), kind)
    }
}

/// ` = ANY($1)`: one statement for lists of every length.
struct EqualsAny<T, ST: 'static>(Bound<Vec<T>, Array<ST>>);

impl<T, ST> QueryFragment<Pg> for EqualsAny<T, ST>
where
    Pg: HasSqlType<ST>,
    T: ToSql<ST, Pg>,
    ST: 'static,
{
    fn walk_ast<'b>(&'b self, mut pass: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        pass.push_sql(" = ANY(");
        self.0.walk_ast(pass.reborrow())?;
        pass.push_sql(")");
        Ok(())
    }
}
