//! PostgreSQL's own ways in SQL.

use diesel::QueryResult;
use diesel::deserialize::{self, FromSql};
use diesel::pg::Pg;
use diesel::query_builder::{AstPass, QueryFragment};
use diesel::serialize::ToSql;
use diesel::sql_types::{Array, BigInt, HasSqlType};

use crate::dialect::{Bound, Clock, Dialect, Fragment, Kind, Membership};

impl Dialect for Pg {
    const NAME: &'static str = "postgres";
    const DEFAULT_VALUES: &'static str = " DEFAULT VALUES";

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

    fn integer(value: i64) -> Fragment<Self> {
        Box::new(Bound::<i64, BigInt>::new(value))
    }

    fn read_integer(raw: Option<Self::RawValue<'_>>) -> deserialize::Result<i64> {
        FromSql::<BigInt, Self>::from_nullable_sql(raw)
    }

    fn membership<T, ST>(values: Vec<T>) -> Membership<Self>
    where
        Self: HasSqlType<ST>,
        T: ToSql<ST, Self> + Send + 'static,
        ST: 'static,
    {
        Membership::Whole(Box::new(EqualsAny(Bound::<Vec<T>, Array<ST>>::new(values))))
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
