//! From the database's values to JSON.

use std::any::Any;

use super::{Fits, Wire, base64, temporal};
use crate::dialect::{Dialect, Kind};

type BoxedError = Box<dyn std::error::Error + Send + Sync>;

/// Appends a column's value to `out` as JSON.
pub(super) fn encode<T, ST, W, DB>(raw: Option<DB::RawValue<'_>>, out: &mut Vec<u8>) -> Result<(), BoxedError>
where
    T: Fits<ST, DB>,
    ST: 'static,
    W: Wire<T>,
    DB: Dialect,
{
    let value = T::from_raw(raw)?;
    let kind = Kind::of::<ST>();
    if kind == Kind::Binary && write_bytes(&value, out) {
        return Ok(());
    }
    let start = out.len();
    W::serialize(&value, &mut serde_json::Serializer::new(&mut *out))?;
    match kind {
        Kind::Binary => base64::rewrite(out, start),
        Kind::Timestamptz => temporal::rewrite_in_utc(out, start),
        Kind::Numeric if !DB::HAS_EXACT_NUMERIC => shorten_decimal(out, start),
        _ => {}
    }
    Ok(())
}

/// A database without decimals keeps doubles: the shortest decimal that means the same double is what was meant.
fn shorten_decimal(out: &mut Vec<u8>, start: usize) {
    let text = std::str::from_utf8(&out[start..]).unwrap_or_default();
    let number = text.trim_matches('"').parse::<f64>();
    if let Ok(number) = number.map(|number| format!("\"{number}\"")) {
        out.truncate(start);
        out.extend_from_slice(number.as_bytes());
    }
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
    T: Fits<ST, DB>,
    ST: 'static,
    W: Wire<T>,
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
