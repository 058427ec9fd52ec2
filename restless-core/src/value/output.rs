//! From the database's values to JSON.

use std::any::{Any, TypeId};

use chrono::{NaiveTime, TimeDelta};

use super::{BySerde, ColumnType, JsonFormat, base64, decimal, interval, items, temporal};
use crate::dialect::{Dialect, Kind};
use crate::json;

type BoxedError = Box<dyn std::error::Error + Send + Sync>;

/// Appends a column's value to `out` as JSON.
pub(super) fn encode<T, ST, W, DB>(raw: Option<DB::RawValue<'_>>, out: &mut Vec<u8>) -> Result<(), BoxedError>
where
    T: ColumnType<ST, DB>,
    ST: 'static,
    W: JsonFormat<T>,
    DB: Dialect,
{
    let kind = Kind::of::<ST>();
    let is_text = kind == Kind::Text && is_plain_text::<T, W>();
    if let (true, Some(text)) = (is_text, raw.as_ref().and_then(DB::text_of)) {
        json::write_text(text, out);
        return Ok(());
    }
    let value = match held::<T, ST, DB>(raw, kind)? {
        Held::Value(value) => value,
        Held::Json(json) => {
            out.extend_from_slice(json.as_bytes());
            return Ok(());
        }
    };
    if is_text && write_string(&value, out) || kind == Kind::Binary && write_bytes(&value, out) {
        return Ok(());
    }
    let start = out.len();
    W::serialize(&value, &mut serde_json::Serializer::new(&mut *out))?;
    rewrite::<DB>(kind, out, start);
    Ok(())
}

/// Whether Diesel would read a value of a column of the SQL type `ST` as another one.
pub(super) fn is_misread<ST: 'static, DB: Dialect>(mut raw: Option<DB::RawValue<'_>>) -> bool {
    raw.as_mut().is_some_and(|raw| DB::is_misread(raw, Kind::of::<ST>(), Kind::range::<ST>()))
}

/// What a column holds.
enum Held<T> {
    Value(T),
    /// The JSON of what the type does not hold.
    Json(String),
}

fn held<T, ST, DB>(mut raw: Option<DB::RawValue<'_>>, kind: Kind) -> Result<Held<T>, BoxedError>
where
    T: ColumnType<ST, DB>,
    ST: 'static,
    DB: Dialect,
{
    if raw.as_mut().is_some_and(|raw| DB::is_misread(raw, kind, Kind::range::<ST>())) {
        return Err("the database holds a value of another type, or one that is out of range".into());
    }
    let spare = raw.as_ref().and_then(|raw| DB::spare(raw, kind));
    let unheld = || spare.and_then(|spare| DB::unheld(spare, kind)).map(Held::Json);
    if wraps::<T>(kind) {
        return match unheld() {
            Some(json) => Ok(json),
            None => T::from_raw(raw).map(Held::Value),
        };
    }
    T::from_raw(raw).map(Held::Value).or_else(|error| unheld().ok_or(error))
}

/// Whether Diesel reads values that the type does not hold as others: it counts the hours of a time from midnight again
/// after a day, and overflows at a length of time of too many months.
fn wraps<T: 'static>(kind: Kind) -> bool {
    let id = TypeId::of::<T>();
    match kind {
        Kind::Time => id == TypeId::of::<NaiveTime>() || id == TypeId::of::<Option<NaiveTime>>(),
        Kind::Interval => id == TypeId::of::<TimeDelta>() || id == TypeId::of::<Option<TimeDelta>>(),
        _ => false,
    }
}

/// Gives the JSON that serde has written, from `start` on, the form of its kind.
fn rewrite<DB: Dialect>(kind: Kind, out: &mut Vec<u8>, start: usize) {
    match kind {
        Kind::Binary => base64::rewrite(out, start),
        Kind::Timestamptz => temporal::rewrite_in_utc(out, start),
        Kind::Numeric if !DB::HAS_EXACT_NUMERIC => decimal::shorten(out, start),
        Kind::Numeric => decimal::rewrite_plainly(out, start),
        Kind::Interval => interval::rewrite(out, start),
        Kind::Array(Kind::Binary | Kind::Timestamptz | Kind::Numeric | Kind::Interval) => {
            rewrite_items::<DB>(kind, out, start);
        }
        _ => {}
    }
}

fn rewrite_items<DB: Dialect>(kind: Kind, out: &mut Vec<u8>, start: usize) {
    let Kind::Array(element) = kind else {
        return;
    };
    let text = std::str::from_utf8(&out[start..]).unwrap_or_default();
    let items = items::rewrite(text, |item| {
        let mut item = item.as_bytes().to_vec();
        rewrite::<DB>(*element, &mut item, 0);
        String::from_utf8(item).unwrap_or_default()
    });
    if let Some(items) = items {
        out.truncate(start);
        out.extend_from_slice(items.as_bytes());
    }
}

/// Whether serde would write the text of a column as it stands.
fn is_plain_text<T: 'static, W: 'static>() -> bool {
    let id = TypeId::of::<T>();
    let is_string = id == TypeId::of::<String>() || id == TypeId::of::<Option<String>>();
    is_string && TypeId::of::<W>() == TypeId::of::<BySerde>()
}

/// The short way for text.
fn write_string<T: 'static>(value: &T, out: &mut Vec<u8>) -> bool {
    let value = value as &dyn Any;
    let text = value.downcast_ref::<String>();
    let text = text.or_else(|| value.downcast_ref::<Option<String>>().and_then(Option::as_ref));
    if let Some(text) = text {
        json::write_text(text, out);
    }
    text.is_some()
}

/// The short way for the usual types of a binary column.
fn write_bytes<T: 'static>(value: &T, out: &mut Vec<u8>) -> bool {
    let value = value as &dyn Any;
    let bytes = value.downcast_ref::<Vec<u8>>();
    let bytes = bytes.or_else(|| value.downcast_ref::<Option<Vec<u8>>>().and_then(Option::as_ref));
    if let Some(bytes) = bytes {
        base64::write(bytes, out);
    }
    bytes.is_some()
}

/// Appends the text of a key, as it stands in an `id` and, percent-encoded, in a URL.
pub(super) fn decode<T, ST, W, DB>(raw: Option<DB::RawValue<'_>>, out: &mut Vec<u8>) -> Result<(), BoxedError>
where
    T: ColumnType<ST, DB>,
    ST: 'static,
    W: JsonFormat<T>,
    DB: Dialect,
{
    let start = out.len();
    encode::<T, ST, W, DB>(raw, out)?;
    if out.get(start) == Some(&b'"') {
        let text: String = serde_json::from_slice(&out[start..])?;
        out.truncate(start);
        out.extend_from_slice(text.as_bytes());
    }
    Ok(())
}
