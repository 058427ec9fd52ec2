//! Values that MySQL and MariaDB have and Rust's types have not, as JSON: days that are none, such as `0000-00-00`, and
//! times beyond a day.

use std::mem::{offset_of, size_of};
use std::os::raw::{c_uint, c_ulong};

use diesel::mysql::data_types::MysqlTime;

use crate::dialect::Kind;
use crate::value::Calendar;

/// The JSON of a value, from the bytes that Diesel reads; `None` if the value is an ordinary one.
pub(super) fn json(bytes: &[u8], kind: Kind) -> Option<String> {
    match kind {
        Kind::Date => Parts::read(bytes)?.date().map(|date| format!("\"{date}\"")),
        Kind::Timestamp => {
            let parts = Parts::read(bytes)?;
            let date = parts.date()?;
            Some(format!("\"{date}T{}\"", Calendar::time(parts.microseconds())))
        }
        Kind::Time => Parts::read(bytes)?.long_time().map(|time| format!("\"{time}\"")),
        Kind::Json => {
            let value: &serde_json::value::RawValue = serde_json::from_slice(bytes).ok()?;
            Some(value.get().to_owned())
        }
        _ => None,
    }
}

/// The fields of a [`MysqlTime`], which Diesel hands out only if it is neither negative nor longer than a day.
struct Parts {
    date: [c_uint; 3],
    time: [c_uint; 3],
    fraction: c_ulong,
    is_negative: bool,
}

impl Parts {
    fn read(bytes: &[u8]) -> Option<Self> {
        let number = |start: usize| {
            let field = bytes.get(start..start + size_of::<c_uint>())?;
            field.try_into().map(c_uint::from_ne_bytes).ok()
        };
        let start = offset_of!(MysqlTime, second_part);
        let fraction = bytes.get(start..start + size_of::<c_ulong>())?;
        let year = number(offset_of!(MysqlTime, year))?;
        let month = number(offset_of!(MysqlTime, month))?;
        let day = number(offset_of!(MysqlTime, day))?;
        let hour = number(offset_of!(MysqlTime, hour))?;
        let minute = number(offset_of!(MysqlTime, minute))?;
        let second = number(offset_of!(MysqlTime, second))?;
        Some(Self {
            date: [year, month, day],
            time: [hour, minute, second],
            fraction: fraction.try_into().map(c_ulong::from_ne_bytes).ok()?,
            is_negative: *bytes.get(offset_of!(MysqlTime, neg))? != 0,
        })
    }

    fn date(&self) -> Option<String> {
        let [year, month, day] = self.date;
        let is_whole = month > 0 && day > 0;
        (!is_whole).then(|| format!("{year:04}-{month:02}-{day:02}"))
    }

    /// Since midnight, or since the beginning of a length of time.
    fn microseconds(&self) -> i64 {
        let [hours, minutes, seconds] = self.time.map(i64::from);
        let fraction = i64::try_from(self.fraction).unwrap_or_default();
        ((hours * 60 + minutes) * 60 + seconds) * 1_000_000 + fraction
    }

    /// The hours of a time that is longer than a day or negative: MySQL and MariaDB use the type for lengths too.
    fn long_time(&self) -> Option<String> {
        const OF_DAY: i64 = 86_400_000_000;
        let microseconds = i64::from(self.date[2]) * OF_DAY + self.microseconds();
        let sign = if self.is_negative { "-" } else { "" };
        let is_long = self.is_negative || microseconds >= OF_DAY;
        is_long.then(|| format!("{sign}{}", Calendar::time(microseconds)))
    }
}
