//! From a client's text to Rust values: a serde deserializer over JSON and over the values of a query string.

use serde::de::value::SeqDeserializer;
use serde::de::{Deserializer, Error as _, IntoDeserializer, Unexpected, Visitor};

use super::items::Items;
use super::mismatch::Unfit;
use super::{base64, interval};
use crate::dialect::Kind;
use crate::shown::Shown;

/// A client's value, as it stands on the wire.
#[derive(Debug, Clone, Copy)]
pub enum Input<'a> {
    /// One JSON value in a document: the text of a checked [`serde_json::value::RawValue`].
    Json(&'a str),
    /// The text of a query parameter or of a URL's segment, decoded.
    Text(&'a str),
}

impl<'a> Input<'a> {
    /// The value as a message shows it: a string in quotes, everything else as it stands.
    #[must_use]
    pub fn shown(self) -> String {
        match self {
            Input::Json(json) => json.to_owned(),
            Input::Text(text) => Shown(text).to_string(),
        }
    }

    /// The text as it stands on the wire.
    pub(super) const fn text(self) -> &'a str {
        let (Input::Json(text) | Input::Text(text)) = self;
        text
    }

    /// The text of a string; of a query parameter any value is one.
    #[must_use]
    pub fn string(self) -> Option<String> {
        match self {
            Input::Json(json) if json.starts_with('"') => serde_json::from_str(json).ok(),
            Input::Json(_) => None,
            Input::Text(text) => Some(text.to_owned()),
        }
    }
}

/// Reads one value for a column of the kind.
#[derive(Clone, Copy)]
pub(super) struct InputDeserializer<'a> {
    pub(super) input: Input<'a>,
    pub(super) kind: Kind,
}

impl<'a> InputDeserializer<'a> {
    /// The pair of seconds and nanoseconds that a number of seconds stands for.
    fn seconds(&self) -> Result<[i64; 2], Unfit> {
        let text = self.input.text();
        if let Some(pair) = interval::parse(text) {
            return Ok(pair);
        }
        let expected = if is_number(text) { interval::RANGE } else { self.kind.expectation() };
        Err(Unfit::Expected(expected.to_owned()))
    }

    /// The elements of an array; `None` for a column of another kind.
    fn items(&self) -> Option<Result<Items<'a>, Unfit>> {
        let Kind::Array(element) = self.kind else {
            return None;
        };
        let items = Items::read(self.input.text(), *element);
        Some(items.ok_or_else(|| Unfit::Expected(self.kind.expectation().to_owned())))
    }

    /// The elements of an array whose SQL type is one of the application's.
    fn items_of_unknown_kind(&self) -> Option<Items<'a>> {
        let is_unknown = self.kind == Kind::Other;
        is_unknown.then(|| Items::read(self.input.text(), Kind::Other)).flatten()
    }

    /// The bytes that a binary column is to hold; `None` for a column of another kind.
    fn bytes(&self) -> Option<Result<Vec<u8>, Unfit>> {
        if self.kind != Kind::Binary {
            return None;
        }
        let bytes = self.input.string().and_then(|text| base64::decode(&text));
        Some(bytes.ok_or_else(|| Unfit::Expected(self.kind.expectation().to_owned())))
    }
}

impl<'de> Deserializer<'de> for InputDeserializer<'de> {
    type Error = Unfit;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unfit> {
        if let Some(items) = self.items() {
            return visitor.visit_seq(items?);
        }
        match self.input {
            Input::Json(json) => visit_json(json, self.kind, visitor),
            Input::Text(text) if self.kind == Kind::Json => visit_json(text, self.kind, visitor),
            Input::Text(text) => visitor.visit_borrowed_str(text),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unfit> {
        match self.input {
            Input::Json("null") => visitor.visit_none(),
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, Unfit> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Unfit> {
        match (self.input, self.input.string()) {
            (_, Some(text)) => visitor.visit_enum(text.into_deserializer()),
            (Input::Json(json), None) if json.starts_with('{') => {
                let mut inner = serde_json::Deserializer::from_str(json);
                inner.deserialize_enum(name, variants, visitor).map_err(|error| reason(&error))
            }
            _ => Err(Unfit::unknown_variant("", variants)),
        }
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unfit> {
        match self.bytes() {
            Some(bytes) => visitor.visit_seq(SeqDeserializer::new(bytes?.into_iter())),
            None => match self.items_of_unknown_kind() {
                Some(items) => visitor.visit_seq(items),
                None => self.deserialize_any(visitor),
            },
        }
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, length: usize, visitor: V) -> Result<V::Value, Unfit> {
        if self.kind == Kind::Interval && length == 2 {
            return visitor.visit_seq(SeqDeserializer::new(self.seconds()?.into_iter()));
        }
        self.deserialize_seq(visitor)
    }

    fn deserialize_bytes<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unfit> {
        self.deserialize_byte_buf(visitor)
    }

    fn deserialize_byte_buf<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unfit> {
        match self.bytes() {
            Some(bytes) => visitor.visit_byte_buf(bytes?),
            None => self.deserialize_any(visitor),
        }
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unfit> {
        match self.input {
            Input::Text("true" | "1") => visitor.visit_bool(true),
            Input::Text("false" | "0") => visitor.visit_bool(false),
            _ => self.deserialize_any(visitor),
        }
    }

    fn deserialize_i8<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unfit> {
        self.deserialize_i64(visitor)
    }

    fn deserialize_i16<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unfit> {
        self.deserialize_i64(visitor)
    }

    fn deserialize_i32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unfit> {
        self.deserialize_i64(visitor)
    }

    fn deserialize_i64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unfit> {
        let (Input::Text(text) | Input::Json(text)) = self.input;
        if is_integer(text) { visit_integer(text, visitor) } else { self.deserialize_any(visitor) }
    }

    fn deserialize_u8<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unfit> {
        self.deserialize_i64(visitor)
    }

    fn deserialize_u16<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unfit> {
        self.deserialize_i64(visitor)
    }

    fn deserialize_u32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unfit> {
        self.deserialize_i64(visitor)
    }

    fn deserialize_u64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unfit> {
        self.deserialize_i64(visitor)
    }

    fn deserialize_f32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unfit> {
        self.deserialize_f64(visitor)
    }

    fn deserialize_f64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unfit> {
        let (Input::Text(text) | Input::Json(text)) = self.input;
        if is_number(text) { visit_float(text, self.kind, visitor) } else { self.deserialize_any(visitor) }
    }

    serde::forward_to_deserialize_any! {
        i128 u128 char str string unit unit_struct tuple_struct map struct identifier ignored_any
    }
}

fn visit_json<'de, V: Visitor<'de>>(json: &'de str, kind: Kind, visitor: V) -> Result<V::Value, Unfit> {
    match json.as_bytes().first() {
        Some(b'"') => visitor.visit_string(serde_json::from_str(json).map_err(|error| reason(&error))?),
        Some(b'-' | b'0'..=b'9') => visit_number(json, kind, visitor),
        Some(b'n') => visitor.visit_unit(),
        Some(b't') => visitor.visit_bool(true),
        Some(b'f') => visitor.visit_bool(false),
        _ => serde_json::Deserializer::from_str(json).deserialize_any(visitor).map_err(|error| reason(&error)),
    }
}

fn visit_number<'de, V: Visitor<'de>>(json: &'de str, kind: Kind, visitor: V) -> Result<V::Value, Unfit> {
    match kind {
        Kind::Numeric => visitor.visit_borrowed_str(json),
        Kind::Json => serde_json::Deserializer::from_str(json).deserialize_any(visitor).map_err(|error| reason(&error)),
        _ if is_integer(json) => visit_integer(json, visitor),
        _ => visit_float(json, kind, visitor),
    }
}

fn visit_integer<'de, V: Visitor<'de>>(text: &str, visitor: V) -> Result<V::Value, Unfit> {
    if let Ok(number) = text.parse::<i64>() {
        visitor.visit_i64(number)
    } else if let Ok(number) = text.parse::<u64>() {
        visitor.visit_u64(number)
    } else {
        Err(Unfit::invalid_value(Unexpected::Other("a number"), &visitor))
    }
}

fn visit_float<'de, V: Visitor<'de>>(text: &str, kind: Kind, visitor: V) -> Result<V::Value, Unfit> {
    let is_in_range = match kind {
        Kind::Float => text.parse::<f32>().is_ok_and(f32::is_finite),
        _ => text.parse::<f64>().is_ok_and(f64::is_finite),
    };
    match text.parse::<f64>() {
        Ok(number) if is_in_range => visitor.visit_f64(number),
        _ if kind == Kind::Float => Err(Unfit::Expected(format!("a number between {:e} and {:e}", f32::MIN, f32::MAX))),
        _ => Err(Unfit::Expected(format!("a number between {:e} and {:e}", f64::MIN, f64::MAX))),
    }
}

fn is_integer(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_number(text: &str) -> bool {
    let start = text.strip_prefix('-').unwrap_or(text);
    start.starts_with(|first: char| first.is_ascii_digit())
        && start.bytes().all(|byte| byte.is_ascii_digit() || b".eE+-".contains(&byte))
}

/// serde's reason without the place that it names, which is one in the value alone.
fn reason(error: &serde_json::Error) -> Unfit {
    let text = error.to_string();
    let end = text.rfind(" at line ").unwrap_or(text.len());
    Unfit::Reason(text[..end].to_owned())
}
