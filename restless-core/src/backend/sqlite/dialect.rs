//! SQLite's own ways.

use std::any::Any;
use std::ops::RangeInclusive;

use diesel::QueryResult;
use diesel::deserialize::{self, FromSql};
use diesel::query_builder::{AstPass, QueryBuilder as _, QueryFragment};
use diesel::serialize::ToSql;
use diesel::sql_types::{BigInt, Double, HasSqlType, Nullable, Text};
use diesel::sqlite::{Sqlite, SqliteQueryBuilder, SqliteType};

use super::stored;
use crate::dialect::{
    AnyExpression, Binding, Bound, ByBackend, Clock, Dialect, Family, Fragment, Function, InList, Kind, Reading,
    Shared, TimeSpelling,
};

impl Dialect for Sqlite {
    const NAME: &'static str = "sqlite";
    const DEFAULT_VALUES: &'static str = " DEFAULT VALUES";
    const STOP: Option<&'static str> = Some("restless_goes_on");
    const HAS_EXACT_NUMERIC: bool = false;
    const HAS_UNSIGNED_JSONB: bool = false;
    /// Decimals are kept as doubles; what lies behind their last digit is rounded.
    const DIGITS: [usize; 2] = [309, 16_383];
    const HAS_LEAP_SECONDS: bool = true;
    const HAS_SPREAD: bool = false;
    const LIKE_ESCAPE: &'static str = " ESCAPE '\\'";
    const ILIKE: [&'static str; 3] = ["restless_lower(", ") LIKE restless_lower(", ") ESCAPE '\\'"];
    const LOWER: &'static str = "restless_lower(";
    const YEARS: RangeInclusive<i32> = i32::MIN..=i32::MAX;
    const LIKE_WITH_NUL: Option<[&'static str; 3]> =
        Some(["CASE WHEN instr(", ", char(0)) OR instr(", ", char(0)) THEN restless_like("]);

    /// SQLite adds doubles.
    fn exact(function: Function) -> &'static str {
        match function {
            Function::Sum => "restless_sum",
            Function::Avg => "restless_mean",
            other => other.sql(),
        }
    }

    fn spelling(kind: Kind) -> Option<&'static TimeSpelling> {
        match kind {
            Kind::Time => Some(&TIMES),
            Kind::Timestamp => Some(&TIMESTAMPS),
            Kind::Timestamptz => Some(&INSTANTS),
            _ => None,
        }
    }

    fn clock(clock: Clock, kind: Kind) -> Option<&'static str> {
        let sql = match (clock, kind) {
            (Clock::Timestamp, Kind::Timestamp) => "strftime('%Y-%m-%d %H:%M:%f', 'now')",
            (Clock::LocalTimestamp, Kind::Timestamp) => "strftime('%Y-%m-%d %H:%M:%f', 'now', 'localtime')",
            (Clock::Date, Kind::Timestamp) => "strftime('%Y-%m-%d 00:00:00', 'now')",
            (Clock::Date, Kind::Timestamptz) => "strftime('%Y-%m-%d 00:00:00+00:00', 'now')",
            (_, Kind::Timestamptz) => "strftime('%Y-%m-%d %H:%M:%f+00:00', 'now')",
            (Clock::LocalTimestamp, Kind::Date) => "strftime('%Y-%m-%d', 'now', 'localtime')",
            (_, Kind::Date) => "strftime('%Y-%m-%d', 'now')",
            (Clock::LocalTimestamp, Kind::Time) => "strftime('%H:%M:%f', 'now', 'localtime')",
            (Clock::Timestamp, Kind::Time) => "strftime('%H:%M:%f', 'now')",
            _ => return None,
        };
        Some(sql)
    }

    fn choose<T>([own, _, _]: [T; 3]) -> T {
        own
    }

    fn of<F: Family>(all: &ByBackend<F>) -> &F::Of<Self> {
        &all.sqlite
    }

    fn bind(value: Box<dyn Binding>) -> Fragment<Self> {
        value.on_sqlite()
    }

    fn expression(any: &dyn AnyExpression) -> &dyn QueryFragment<Self> {
        any.on_sqlite()
    }

    fn render(fragment: &dyn QueryFragment<Self>) -> QueryResult<String> {
        let mut text = SqliteQueryBuilder::new();
        fragment.to_sql(&mut text, &Sqlite)?;
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

    fn around(reading: Reading) -> [[&'static str; 2]; 2] {
        match reading {
            Reading::Digits => [["", ""], ["CAST(", " AS TEXT)"]],
            _ => [["", ""], ["", ""]],
        }
    }

    fn read_digits(raw: Option<Self::RawValue<'_>>) -> deserialize::Result<Option<String>> {
        FromSql::<Nullable<Text>, Self>::from_nullable_sql(raw)
    }

    fn read_double(raw: Option<Self::RawValue<'_>>) -> deserialize::Result<Option<f64>> {
        FromSql::<Nullable<Double>, Self>::from_nullable_sql(raw)
    }

    /// Decimals are kept as doubles; what functions of our own make of them is text.
    fn read_decimal(mut raw: Option<Self::RawValue<'_>>) -> deserialize::Result<Option<String>> {
        match &mut raw {
            Some(text) if text.value_type() == Some(SqliteType::Text) => Ok(Some(text.read_text().to_owned())),
            _ => Ok(Self::read_double(raw)?.map(|number| number.to_string())),
        }
    }

    /// Columns of SQLite hold values of any type, and integers of 64 bits.
    fn is_misread(raw: &mut Self::RawValue<'_>, kind: Kind, range: RangeInclusive<i64>) -> bool {
        match kind {
            Kind::Integer | Kind::Boolean => !stored::is_within(raw, &range),
            Kind::Float | Kind::Double | Kind::Numeric => !stored::is_number(raw, kind),
            _ => false,
        }
    }

    fn membership<T, ST>(values: Vec<T>) -> InList<Self>
    where
        Self: HasSqlType<ST>,
        T: ToSql<ST, Self> + Send + 'static,
        ST: 'static,
    {
        match json_list(&values) {
            Some(list) => InList::Whole(Box::new(JsonEach(Bound::new(list)))),
            None => InList::Each(values.into_iter().map(boxed::<T, ST>).collect()),
        }
    }
}

/// What begins with the same minute.
const TIMES: TimeSpelling =
    TimeSpelling { function: "restless_moment(", low: ["substr(", ", 1, 5)"], high: ["substr(", ", 1, 5) || '~'"] };

/// What begins with the same day.
const TIMESTAMPS: TimeSpelling =
    TimeSpelling { function: "restless_moment(", low: ["substr(", ", 1, 10)"], high: ["substr(", ", 1, 10) || '~'"] };

/// The day may be another one where the offset is.
const INSTANTS: TimeSpelling = TimeSpelling {
    function: "restless_instant(",
    low: ["COALESCE(date(", ", '-1 day'), '')"],
    high: ["COALESCE(date(", ", '+1 day'), '') || '~'"],
};

fn boxed<T, ST>(value: T) -> Fragment<Sqlite>
where
    Sqlite: HasSqlType<ST>,
    T: ToSql<ST, Sqlite> + Send + 'static,
    ST: 'static,
{
    Box::new(Bound::<T, ST>::new(value))
}

/// ` IN (SELECT value FROM json_each(?))`: one statement for lists of every length.
struct JsonEach(Bound<String, Text>);

impl QueryFragment<Sqlite> for JsonEach {
    fn walk_ast<'b>(&'b self, mut pass: AstPass<'_, 'b, Sqlite>) -> QueryResult<()> {
        pass.push_sql(" IN (SELECT value FROM json_each(");
        self.0.walk_ast(pass.reborrow())?;
        pass.push_sql("))");
        Ok(())
    }
}

/// The values as a JSON array, if JSON holds them just as their columns do.
fn json_list<T: Any>(values: &[T]) -> Option<String> {
    let items: Option<Vec<String>> = values.iter().map(|value| json_item(value as &dyn Any)).collect();
    items.map(|items| format!("[{}]", items.join(",")))
}

fn json_item(value: &dyn Any) -> Option<String> {
    macro_rules! first_of {
        ($($type:ty),*) => {
            None$(.or_else(|| held::<$type>(value).and_then(|value| serde_json::to_string(value).ok())))*
        };
    }
    first_of!(i32, i64, i16, String)
}

/// The value of that type, however it is held.
fn held<T: Any>(value: &dyn Any) -> Option<&T> {
    value
        .downcast_ref::<T>()
        .or_else(|| value.downcast_ref::<Option<T>>()?.as_ref())
        .or_else(|| value.downcast_ref::<Shared<T>>().map(|shared| &*shared.0))
        .or_else(|| value.downcast_ref::<Shared<Option<T>>>().and_then(|shared| shared.0.as_ref().as_ref()))
}
