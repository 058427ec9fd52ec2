//! The own ways of MySQL and MariaDB in SQL.

use diesel::deserialize::{self, FromSql};
use diesel::mysql::Mysql;
use diesel::serialize::ToSql;
use diesel::sql_types::{BigInt, HasSqlType};

use crate::dialect::{Bound, Clock, Dialect, Fragment, Kind, Membership};

impl Dialect for Mysql {
    const NAME: &'static str = "mysql";
    const DEFAULT_VALUES: &'static str = " () VALUES ()";
    const GENERATED_KEY: Option<&'static str> = Some("LAST_INSERT_ID()");

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
        let fragments = values.into_iter().map(|value| -> Fragment<Self> { Box::new(Bound::<T, ST>::new(value)) });
        Membership::Each(fragments.collect())
    }
}
