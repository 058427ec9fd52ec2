//! Values that PostgreSQL has and Rust's types have not, as JSON: `infinity`, days that lie beyond chrono's, the end of a
//! day, decimals that are no numbers.

use crate::dialect::Kind;
use crate::value::Calendar;

const MICROSECONDS_OF_DAY: i64 = 86_400_000_000;

/// From 1970-01-01, Rust's first day, to 2000-01-01, PostgreSQL's.
const EPOCH: i64 = 10_957;

/// The JSON of a value, from the bytes that PostgreSQL sends; `None` if the value is an ordinary one.
pub(super) fn json(bytes: &[u8], kind: Kind) -> Option<String> {
    match kind {
        Kind::Date => date(bytes).map(quoted),
        Kind::Timestamp => timestamp(bytes, "").map(quoted),
        Kind::Timestamptz => timestamp(bytes, "Z").map(quoted),
        Kind::Time => (integer(bytes)? == MICROSECONDS_OF_DAY).then(|| quoted("24:00:00")),
        Kind::Interval => interval(bytes),
        Kind::Numeric => numeric(bytes).map(quoted),
        Kind::Json => document(bytes),
        Kind::Array(element) => array(bytes, *element),
        _ => None,
    }
}

fn quoted(text: impl std::fmt::Display) -> String {
    format!("\"{text}\"")
}

fn integer(bytes: &[u8]) -> Option<i64> {
    bytes.try_into().map(i64::from_be_bytes).ok()
}

fn short_integer(bytes: &[u8]) -> Option<i32> {
    bytes.try_into().map(i32::from_be_bytes).ok()
}

fn date(bytes: &[u8]) -> Option<String> {
    match short_integer(bytes)? {
        i32::MAX => Some("infinity".to_owned()),
        i32::MIN => Some("-infinity".to_owned()),
        days => Some(Calendar::date(EPOCH + i64::from(days))),
    }
}

fn timestamp(bytes: &[u8], zone: &str) -> Option<String> {
    match integer(bytes)? {
        i64::MAX => Some("infinity".to_owned()),
        i64::MIN => Some("-infinity".to_owned()),
        microseconds => {
            let days = microseconds.div_euclid(MICROSECONDS_OF_DAY);
            let time = microseconds.rem_euclid(MICROSECONDS_OF_DAY);
            Some(format!("{}T{}{zone}", Calendar::date(EPOCH + days), Calendar::time(time)))
        }
    }
}

/// Months of 30 days, as PostgreSQL has them when it compares intervals; since its version 17 some are infinite.
fn interval(bytes: &[u8]) -> Option<String> {
    let (microseconds, rest) = bytes.split_at_checked(8)?;
    let (days, months) = rest.split_at_checked(4)?;
    let parts = (integer(microseconds)?, short_integer(days)?, short_integer(months)?);
    match parts {
        (i64::MAX, i32::MAX, i32::MAX) => Some(quoted("infinity")),
        (i64::MIN, i32::MIN, i32::MIN) => Some(quoted("-infinity")),
        (microseconds, days, months) => Some(Calendar::seconds(microseconds, days, months)),
    }
}

fn numeric(bytes: &[u8]) -> Option<&'static str> {
    match bytes.get(4..6)? {
        [0xC0, 0] => Some("NaN"),
        [0xD0, 0] => Some("Infinity"),
        [0xF0, 0] => Some("-Infinity"),
        _ => None,
    }
}

/// The document as it stands: it may be nested deeper, or have greater numbers, than `serde_json::Value` takes.
fn document(bytes: &[u8]) -> Option<String> {
    const JSONB_VERSION: u8 = 1;
    let text = bytes.strip_prefix(&[JSONB_VERSION]).unwrap_or(bytes);
    let value: &serde_json::value::RawValue = serde_json::from_slice(text).ok()?;
    Some(value.get().to_owned())
}

/// The elements of an array of one dimension.
fn array(bytes: &[u8], element: Kind) -> Option<String> {
    const HEADER: usize = 20;
    let dimensions = short_integer(bytes.get(..4)?)?;
    if dimensions != 1 {
        return None;
    }
    let mut rest = bytes.get(HEADER..)?;
    let mut items = Vec::new();
    while let Some((length, tail)) = rest.split_at_checked(4) {
        let Ok(length) = usize::try_from(short_integer(length)?) else {
            items.push("null".to_owned());
            rest = tail;
            continue;
        };
        let (item, tail) = tail.split_at_checked(length)?;
        items.push(json(item, element).or_else(|| ordinary(item, element))?);
        rest = tail;
    }
    Some(format!("[{}]", items.join(",")))
}

/// The JSON of an element that is an ordinary one, beside others that are not.
fn ordinary(bytes: &[u8], kind: Kind) -> Option<String> {
    match kind {
        Kind::Time => integer(bytes).map(Calendar::time).map(quoted),
        Kind::Numeric => decimal(bytes).map(quoted),
        _ => None,
    }
}

/// A decimal, which PostgreSQL sends as digits to the base of 10,000.
fn decimal(bytes: &[u8]) -> Option<String> {
    const HEADER: usize = 8;
    let short = |bytes: &[u8]| bytes.try_into().map(i16::from_be_bytes).ok();
    let weight = short(bytes.get(2..4)?)?;
    let sign = if bytes.get(4..6)? == [0x40, 0] { "-" } else { "" };
    let scale = usize::try_from(short(bytes.get(6..8)?)?).ok()?;
    let digits: Vec<i16> = bytes.get(HEADER..)?.chunks(2).map(short).collect::<Option<_>>()?;
    // The digit with the weight 0 stands before the point.
    let digit = |weight_of: i16| {
        let place = usize::try_from(i32::from(weight) - i32::from(weight_of)).ok();
        place.and_then(|place| digits.get(place)).copied().unwrap_or_default()
    };
    let whole = (0..=weight.max(0)).rev().map(|weight| format!("{:04}", digit(weight))).collect::<Vec<_>>().concat();
    let groups = i16::try_from(scale.div_ceil(4)).ok()?;
    let fraction = (1..=groups).map(|place| format!("{:04}", digit(-place))).collect::<Vec<_>>().concat();
    let whole = Some(whole.trim_start_matches('0')).filter(|whole| !whole.is_empty()).unwrap_or("0");
    let point = if scale == 0 { "" } else { "." };
    Some(format!("{sign}{whole}{point}{}", &fraction[..scale]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn are_written_as_postgresql_calls_them() {
        let cases: [(Kind, &[u8], &str); 8] = [
            (Kind::Date, &i32::MAX.to_be_bytes(), "\"infinity\""),
            (Kind::Date, &2_145_031_948_i32.to_be_bytes(), "\"+5874897-12-31\""),
            (Kind::Date, &(-2_451_545_i32).to_be_bytes(), "\"-4713-11-24\""),
            (Kind::Timestamp, &i64::MIN.to_be_bytes(), "\"-infinity\""),
            (Kind::Timestamptz, &0_i64.to_be_bytes(), "\"2000-01-01T00:00:00Z\""),
            (Kind::Time, &MICROSECONDS_OF_DAY.to_be_bytes(), "\"24:00:00\""),
            (Kind::Numeric, &[0, 0, 0, 0, 0xC0, 0, 0, 0], "\"NaN\""),
            (Kind::Json, b"\x01[1e999]", "[1e999]"),
        ];
        for (kind, bytes, expected) in cases {
            assert_eq!(json(bytes, kind).as_deref(), Some(expected));
        }
    }
}
