//! Why a client's value is refused.

use std::fmt;

use serde::de::{self, Expected, Unexpected};

use crate::dialect::Kind;
use crate::shown::cut;

/// The greatest number of characters of a client's value that a message repeats.
const SHOWN: usize = 60;

/// The greatest number of characters of a Rust type's own reason.
const LONGEST_REASON: usize = 300;

/// A client's word for a sequence.
const AN_ARRAY: &str = "an array";

/// A value that does not fit its attribute, in words for the client: `expected an integer, found "abc"`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mismatch(String);

impl Mismatch {
    /// Names what was expected and shows what was found.
    #[must_use]
    pub fn new(expected: &str, found: &str) -> Self {
        Self(format!("expected {expected}, found {}", shorten(found)))
    }

    /// The same of an element of an array; clients count them from 1.
    #[must_use]
    pub(super) fn of_item(self, place: usize) -> Self {
        Self(format!("item {}: {}", place + 1, self.0))
    }
}

impl fmt::Display for Mismatch {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

fn shorten(found: &str) -> String {
    let start = found.trim_start().as_bytes().first().copied();
    match start {
        Some(b'{') => "an object".to_owned(),
        Some(b'[') => "an array".to_owned(),
        _ if found.chars().count() <= SHOWN => found.to_owned(),
        _ => found.chars().take(SHOWN).chain("…".chars()).collect(),
    }
}

/// What serde says while it reads a value, before the kind of the column puts it into words.
#[derive(Debug)]
pub(super) enum Unfit {
    /// The value has another type, or lies outside the range.
    Expected(String),
    /// The Rust type's own reason.
    Reason(String),
    /// What is wrong with an element of an array.
    Item(Mismatch),
}

impl Unfit {
    /// The message for the client; `found` is the value as it stands on the wire.
    pub(super) fn into_mismatch(self, kind: Kind, found: &str) -> Mismatch {
        match self {
            Unfit::Item(mismatch) => mismatch,
            _ if is_composite(found) && !matches!(kind, Kind::Json | Kind::Other) => {
                Mismatch::new(kind.expectation(), found)
            }
            Unfit::Expected(_) if kind.is_temporal() || is_written(kind) => Mismatch::new(kind.expectation(), found),
            Unfit::Expected(expected) if kind == Kind::Binary && expected == AN_ARRAY => {
                Mismatch::new(kind.expectation(), found)
            }
            Unfit::Expected(expected) => Mismatch::new(&expected, found),
            Unfit::Reason(_) if has_words(kind) => Mismatch::new(kind.expectation(), found),
            Unfit::Reason(reason) => Mismatch(cut(&reason, LONGEST_REASON).into_owned()),
        }
    }
}

/// Whether the value is an array or an object.
fn is_composite(found: &str) -> bool {
    found.trim_start().starts_with(['[', '{'])
}

/// Whether the kind's own words say more than what its Rust type's parser does.
fn has_words(kind: Kind) -> bool {
    kind.is_temporal() || is_written(kind) || matches!(kind, Kind::Integer | Kind::Boolean | Kind::Interval)
}

/// Whether values of the kind are strings of a form of their own.
fn is_written(kind: Kind) -> bool {
    matches!(kind, Kind::Numeric | Kind::Uuid | Kind::Inet | Kind::Cidr)
}

impl fmt::Display for Unfit {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Unfit::Expected(text) | Unfit::Reason(text) => formatter.write_str(text),
            Unfit::Item(mismatch) => mismatch.fmt(formatter),
        }
    }
}

impl std::error::Error for Unfit {}

impl de::Error for Unfit {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Unfit::Reason(message.to_string())
    }

    fn invalid_type(_: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Unfit::Expected(in_words(&expected.to_string()).to_owned())
    }

    fn invalid_value(_: Unexpected<'_>, expected: &dyn Expected) -> Self {
        let expected = expected.to_string();
        Unfit::Expected(range(&expected).unwrap_or_else(|| in_words(&expected).to_owned()))
    }

    fn unknown_variant(_: &str, expected: &'static [&'static str]) -> Self {
        Unfit::Expected(alternatives(expected))
    }
}

/// A client's word for what serde calls by a Rust type's name.
fn in_words(expected: &str) -> &str {
    match expected {
        "i8" | "i16" | "i32" | "i64" | "u8" | "u16" | "u32" | "u64" => "an integer",
        "f32" | "f64" => "a number",
        "a boolean" => "true or false",
        "variant identifier" => "the name of a variant",
        "a borrowed string" => "a string",
        "a sequence" => AN_ARRAY,
        "a byte array" | "byte array" => Kind::Binary.expectation(),
        _ if is_rust(expected) => "another value",
        other => other,
    }
}

fn is_rust(expected: &str) -> bool {
    let words = ["struct ", "tuple struct ", "enum ", "unit struct ", "internally "];
    words.iter().any(|word| expected.starts_with(word))
}

fn range(integer: &str) -> Option<String> {
    let (least, greatest) = match integer {
        "i8" => (i64::from(i8::MIN), i8::MAX as u64),
        "i16" => (i64::from(i16::MIN), i16::MAX as u64),
        "i32" => (i64::from(i32::MIN), i32::MAX as u64),
        "i64" => (i64::MIN, i64::MAX as u64),
        "u8" => (0, u64::from(u8::MAX)),
        "u16" => (0, u64::from(u16::MAX)),
        "u32" => (0, u64::from(u32::MAX)),
        "u64" => (0, u64::MAX),
        _ => return None,
    };
    Some(format!("an integer between {least} and {greatest}"))
}

fn alternatives(variants: &[&str]) -> String {
    let quoted: Vec<String> = variants.iter().map(|name| format!("\"{name}\"")).collect();
    match quoted.as_slice() {
        [] => "no value at all".to_owned(),
        [only] => only.clone(),
        several => format!("one of {}", several.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn repeats_no_more_than_the_beginning_of_a_long_value() {
        let message = Mismatch::new("an integer", &"x".repeat(5000)).to_string();
        assert_eq!(message.chars().count(), "expected an integer, found ".len() + SHOWN + 1);
    }
}
