//! What a database cannot hold, found before it is asked.

use std::net::IpAddr;

use serde_json::Value;
use serde_json::value::RawValue;

use super::{Input, Mismatch, decimal, temporal};
use crate::dialect::{Dialect, Kind};

/// Refuses a value that no column of the kind holds. What is wrong with it otherwise is for the field's type to say.
pub(super) fn check<DB: Dialect>(input: Input<'_>, kind: Kind) -> Result<(), Mismatch> {
    match kind {
        Kind::Text | Kind::Json | Kind::Other if !DB::HAS_NUL && has_nul(input) => {
            Err(Mismatch::new("text without the character U+0000", &input.shown()))
        }
        Kind::Numeric => check_digits::<DB>(input),
        Kind::Date | Kind::Time | Kind::Timestamp | Kind::Timestamptz => check_moment::<DB>(input, kind),
        Kind::Cidr => check_network(input),
        Kind::Array(element) => check_items::<DB>(input, *element),
        _ => Ok(()),
    }
}

fn has_nul(input: Input<'_>) -> bool {
    match input {
        Input::Text(text) => text.contains('\0'),
        Input::Json(json) => {
            json.contains("\\u0000") && serde_json::from_str(json).is_ok_and(|value| has_nul_in(&value))
        }
    }
}

fn has_nul_in(value: &Value) -> bool {
    match value {
        Value::String(text) => text.contains('\0'),
        Value::Array(items) => items.iter().any(has_nul_in),
        Value::Object(members) => members.iter().any(|(name, value)| name.contains('\0') || has_nul_in(value)),
        _ => false,
    }
}

/// Counts digits before they are made: a short text such as `1e1000000000` has very many.
fn check_digits<DB: Dialect>(input: Input<'_>) -> Result<(), Mismatch> {
    let [before, behind] = DB::DIGITS;
    let text = input.string();
    let text = text.as_deref().unwrap_or(input.text());
    let [found_before, found_behind] = decimal::size(text);
    let is_infinite = !DB::HAS_EXACT_NUMERIC && text.parse::<f64>().is_ok_and(f64::is_infinite);
    let is_rounded = !DB::HAS_EXACT_NUMERIC && is_number(text) && decimal::is_rounded(text);
    if found_before > before as u64 || found_behind > behind as u64 || is_number(text) && is_infinite {
        let expected = format!("a decimal number of at most {before} digits before its point and {behind} behind it");
        return Err(Mismatch::new(&expected, &input.shown()));
    }
    if is_rounded {
        let expected = "a decimal number that the database keeps to its last digit, as it does with up to 15";
        return Err(Mismatch::new(expected, &input.shown()));
    }
    Ok(())
}

fn is_number(text: &str) -> bool {
    text.bytes().any(|byte| byte.is_ascii_digit())
}

fn check_moment<DB: Dialect>(input: Input<'_>, kind: Kind) -> Result<(), Mismatch> {
    let Some(text) = input.string() else {
        return Ok(());
    };
    let (first, last) = (DB::YEARS.start(), DB::YEARS.end());
    let limit = if temporal::year(kind, &text).is_some_and(|year| !DB::YEARS.contains(&year)) {
        format!("with a year between {first} and {last}")
    } else if kind != Kind::Date && !DB::HAS_LEAP_SECONDS && temporal::has_leap_second(&text) {
        "without a leap second".to_owned()
    } else {
        return Ok(());
    };
    Err(Mismatch::new(&format!("{} {limit}", kind.noun()), &input.shown()))
}

/// A network has no bits behind its size.
fn check_network(input: Input<'_>) -> Result<(), Mismatch> {
    let text = input.string().unwrap_or_default();
    let parts = text.split_once('/').and_then(|(address, size)| Some((address.parse().ok()?, size.parse().ok()?)));
    if parts.is_some_and(|(address, size)| has_bits_behind(address, size)) {
        let expected = format!("{}, without bits behind its size", Kind::Cidr.expectation());
        return Err(Mismatch::new(&expected, &input.shown()));
    }
    Ok(())
}

fn has_bits_behind(address: IpAddr, size: u32) -> bool {
    let bits = match address {
        IpAddr::V4(address) => u128::from(address.to_bits()) << 96,
        IpAddr::V6(address) => address.to_bits(),
    };
    bits.checked_shl(size).unwrap_or_default() != 0
}

fn check_items<DB: Dialect>(input: Input<'_>, element: Kind) -> Result<(), Mismatch> {
    let items: Vec<&RawValue> = serde_json::from_str(input.text()).unwrap_or_default();
    let mut items = items.iter().enumerate();
    items.try_for_each(|(place, item)| {
        check::<DB>(Input::Json(item.get()), element).map_err(|mismatch| mismatch.of_item(place))
    })
}
