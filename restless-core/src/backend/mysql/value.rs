//! Values that Diesel has written for bind parameters, for the driver.

use diesel::QueryResult;
use diesel::deserialize::FromSql;
use diesel::mysql::data_types::MysqlTime;
use diesel::mysql::sql_types::Unsigned;
use diesel::mysql::{Mysql, MysqlType, MysqlValue};
use diesel::result::Error as DieselError;
use diesel::sql_types::{BigInt, Double, Float, Time, Timestamp};
use mysql_async::Value;

/// A value as the driver knows it.
pub(super) fn value(kind: MysqlType, bytes: Option<Vec<u8>>) -> QueryResult<Value> {
    let Some(bytes) = bytes else {
        return Ok(Value::NULL);
    };
    let value = match kind {
        MysqlType::Tiny | MysqlType::Short | MysqlType::Long | MysqlType::LongLong => {
            read::<i64, BigInt>(&bytes, kind).map(Value::Int)
        }
        MysqlType::UnsignedTiny | MysqlType::UnsignedShort | MysqlType::UnsignedLong | MysqlType::UnsignedLongLong => {
            read::<u64, Unsigned<BigInt>>(&bytes, kind).map(Value::UInt)
        }
        MysqlType::Float => read::<f32, Float>(&bytes, kind).map(Value::Float),
        MysqlType::Double => read::<f64, Double>(&bytes, kind).map(Value::Double),
        MysqlType::Time => read::<MysqlTime, Time>(&bytes, kind).and_then(|time| length(&time)),
        MysqlType::Date | MysqlType::DateTime | MysqlType::Timestamp => {
            read::<MysqlTime, Timestamp>(&bytes, kind).and_then(|time| moment(&time))
        }
        _ => Ok(Value::Bytes(bytes)),
    };
    value.map_err(DieselError::SerializationError)
}

type Read<T> = diesel::deserialize::Result<T>;

fn read<T: FromSql<ST, Mysql>, ST>(bytes: &[u8], kind: MysqlType) -> Read<T> {
    T::from_sql(MysqlValue::new(bytes, kind))
}

fn length(time: &MysqlTime) -> Read<Value> {
    let [hour, minute, second] = [time.hour, time.minute, time.second].map(u8::try_from);
    Ok(Value::Time(time.neg, time.day, hour?, minute?, second?, time.second_part.try_into()?))
}

fn moment(time: &MysqlTime) -> Read<Value> {
    let [month, day, hour] = [time.month, time.day, time.hour].map(u8::try_from);
    let [minute, second] = [time.minute, time.second].map(u8::try_from);
    Ok(Value::Date(time.year.try_into()?, month?, day?, hour?, minute?, second?, time.second_part.try_into()?))
}
