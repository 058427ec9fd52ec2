//! The functions that carry the values of one column.

use super::mismatch::Unfit;
use std::any::TypeId;

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, Utc};
use diesel::deserialize;

use super::{
    BySerde, ColumnType, Input, JsonFormat, Mismatch, TypedValue, input::InputDeserializer, items, limits, output,
    temporal,
};
use crate::dialect::{ChosenText, Clock, Dialect, Fragment, InList, Kind, SqlKind};

type BoxedError = Box<dyn std::error::Error + Send + Sync>;

/// Appends a raw database value to a buffer as JSON.
pub type Encode<DB> =
    for<'a> fn(Option<<DB as diesel::backend::Backend>::RawValue<'a>>, &mut Vec<u8>) -> Result<(), BoxedError>;

/// Appends the text of a raw database value to a buffer, for keys.
pub type Decode<DB> = Encode<DB>;

/// Reads a raw database value as one that the application's own code looks at.
pub type ReadTyped<DB> =
    for<'a> fn(Option<<DB as diesel::backend::Backend>::RawValue<'a>>) -> deserialize::Result<TypedValue>;

/// What [`Codec::ABSENT`] says.
const UNKNOWN: &str = "a model that is not made for the backend";

/// What carries the values of a column: one set of functions per distinct Rust type, SQL type and backend.
pub struct Codec<DB: Dialect> {
    pub(crate) sql: SqlKind,
    pub(crate) encode: Encode<DB>,
    pub(crate) decode: Decode<DB>,
    /// Whether Diesel would read a value as another one.
    pub(crate) is_misread: for<'a> fn(Option<DB::RawValue<'a>>) -> bool,
    pub(crate) bind: fn(Input<'_>) -> Result<Fragment<DB>, Mismatch>,
    pub(crate) bind_each: fn(&[Input<'_>]) -> Result<InList<DB>, Mismatch>,
    pub(crate) parse: fn(Input<'_>) -> Result<TypedValue, Mismatch>,
    pub(crate) read_typed: ReadTyped<DB>,
    pub(crate) bind_typed: fn(&TypedValue) -> Option<Fragment<DB>>,
    pub(crate) bind_typed_each: fn(&[TypedValue]) -> Option<InList<DB>>,
    is_plain: fn() -> bool,
}

impl<DB: Dialect> Codec<DB> {
    /// The codec of fields of type `T` on columns of SQL type `ST`, written to the wire by `W`.
    #[must_use]
    pub const fn of<T, ST, W>() -> Self
    where
        T: ColumnType<ST, DB>,
        ST: 'static,
        W: JsonFormat<T>,
    {
        Self {
            sql: SqlKind::of::<ST>(),
            encode: output::encode::<T, ST, W, DB>,
            decode: output::decode::<T, ST, W, DB>,
            is_misread: output::is_misread::<ST, DB>,
            bind: bind::<T, ST, W, DB>,
            bind_each: bind_each::<T, ST, W, DB>,
            parse: parse::<T, ST, W, DB>,
            read_typed: read_typed::<T, ST, DB>,
            bind_typed: bind_typed::<T, ST, DB>,
            bind_typed_each: bind_typed_each::<T, ST, DB>,
            is_plain: is_plain::<T, W>,
        }
    }

    /// Whether no code of the application's has a part in writing the values, so that nothing can go wrong with it.
    pub(crate) fn is_plain(&self) -> bool {
        (self.is_plain)()
    }

    /// That of a column of which nothing is known on the backend: it refuses every value.
    pub(crate) const ABSENT: Self = Self {
        sql: SqlKind::of::<diesel::sql_types::Untyped>(),
        encode: |_, _| Err(UNKNOWN.into()),
        decode: |_, _| Err(UNKNOWN.into()),
        is_misread: |_| false,
        bind: |_| Err(Mismatch::new(UNKNOWN, UNKNOWN)),
        bind_each: |_| Err(Mismatch::new(UNKNOWN, UNKNOWN)),
        parse: |_| Err(Mismatch::new(UNKNOWN, UNKNOWN)),
        read_typed: |_| Err(UNKNOWN.into()),
        bind_typed: |_| None,
        bind_typed_each: |_| None,
        is_plain: || false,
    };

    /// The kind of the column.
    #[must_use]
    pub fn kind(&self) -> Kind {
        self.sql.kind()
    }
}

/// Whether a type, or an `Option` of it, is one of those that serde itself knows.
fn is_plain<T: 'static, W: 'static>() -> bool {
    macro_rules! any_of {
        ($($type:ty),*) => {
            $(TypeId::of::<T>() == TypeId::of::<$type>() || TypeId::of::<T>() == TypeId::of::<Option<$type>>())||*
        };
    }
    let is_known = any_of!(i8, i16, i32, i64, u8, u16, u32, u64, f32, f64, bool, String, Vec<u8>)
        || any_of!(NaiveDate, NaiveTime, NaiveDateTime, DateTime<Utc>, serde_json::Value);
    is_known && TypeId::of::<W>() == TypeId::of::<BySerde>()
}

fn bind<T, ST, W, DB>(input: Input<'_>) -> Result<Fragment<DB>, Mismatch>
where
    T: ColumnType<ST, DB>,
    ST: 'static,
    W: JsonFormat<T>,
    DB: Dialect,
{
    let kind = Kind::of::<ST>();
    if let Some(sql) = clock::<DB>(input, kind) {
        return Ok(Box::new(ChosenText(sql)));
    }
    if kind == Kind::Json && !DB::HAS_UNSIGNED_JSONB && Kind::is_binary_json::<ST>() {
        check_integers(input)?;
    }
    read::<T, W, DB>(input, kind).map(T::into_fragment)
}

/// Refuses integers that could be written but not read again.
fn check_integers(input: Input<'_>) -> Result<(), Mismatch> {
    let value = serde_json::from_str::<serde_json::Value>(input.text()).unwrap_or_default();
    if has_great_integer(&value) {
        return Err(Mismatch::new(&format!("a JSON value with integers up to {}", i64::MAX), "a greater one"));
    }
    Ok(())
}

fn has_great_integer(value: &serde_json::Value) -> bool {
    match value {
        serde_json::Value::Number(number) => number.is_u64() && !number.is_i64(),
        serde_json::Value::Array(items) => items.iter().any(has_great_integer),
        serde_json::Value::Object(members) => members.values().any(has_great_integer),
        _ => false,
    }
}

fn bind_each<T, ST, W, DB>(inputs: &[Input<'_>]) -> Result<InList<DB>, Mismatch>
where
    T: ColumnType<ST, DB>,
    ST: 'static,
    W: JsonFormat<T>,
    DB: Dialect,
{
    let kind = Kind::of::<ST>();
    let values = inputs.iter().map(|input| read::<T, W, DB>(*input, kind));
    values.collect::<Result<Vec<T>, _>>().map(T::into_in_list)
}

/// Reads a value as one that the application's own code looks at.
fn parse<T, ST, W, DB>(input: Input<'_>) -> Result<TypedValue, Mismatch>
where
    T: ColumnType<ST, DB>,
    ST: 'static,
    W: JsonFormat<T>,
    DB: Dialect,
{
    read::<T, W, DB>(input, Kind::of::<ST>()).map(TypedValue::new)
}

fn read_typed<T, ST, DB>(raw: Option<DB::RawValue<'_>>) -> deserialize::Result<TypedValue>
where
    T: ColumnType<ST, DB>,
    DB: Dialect,
{
    T::from_raw(raw).map(TypedValue::new)
}

fn bind_typed<T, ST, DB>(value: &TypedValue) -> Option<Fragment<DB>>
where
    T: ColumnType<ST, DB>,
    DB: Dialect,
{
    value.of::<T>().map(T::share)
}

fn bind_typed_each<T, ST, DB>(values: &[TypedValue]) -> Option<InList<DB>>
where
    T: ColumnType<ST, DB>,
    DB: Dialect,
{
    values.iter().map(TypedValue::of::<T>).collect::<Option<Vec<_>>>().map(T::share_each)
}

fn clock<DB: Dialect>(input: Input<'_>, kind: Kind) -> Option<&'static str> {
    if !kind.is_temporal() {
        return None;
    }
    DB::clock(Clock::named(&input.string()?)?, kind)
}

/// Reads a value as the field's type: first as its own parser wants it, then in the forms of its kind.
fn read<T, W: JsonFormat<T>, DB: Dialect>(input: Input<'_>, kind: Kind) -> Result<T, Mismatch> {
    limits::check::<DB>(input, kind)?;
    let refusal = match W::deserialize(InputDeserializer { input, kind }) {
        Ok(value) => return Ok(value),
        Err(refusal) => refusal,
    };
    match lenient::<T, W>(input, kind) {
        Some(result) => result.map_err(|unfit| unfit.into_mismatch(kind, &input.shown())),
        None => Err(refusal.into_mismatch(kind, &input.shown())),
    }
}

fn lenient<T, W: JsonFormat<T>>(input: Input<'_>, kind: Kind) -> Option<Result<T, Unfit>> {
    if let Kind::Array(element) = kind
        && element.is_temporal()
    {
        let items = items::rewrite(input.text(), |item| lenient_item(item, *element))?;
        let input = Input::Json(&items);
        return Some(W::deserialize(InputDeserializer { input, kind }));
    }
    if !kind.is_temporal() {
        return None;
    }
    let text = input.string()?;
    if text.is_empty() {
        let input = Input::Json("null");
        return Some(W::deserialize(InputDeserializer { input, kind }));
    }
    let canonical = temporal::normalise(kind, &text)?;
    let input = Input::Text(&canonical);
    Some(W::deserialize(InputDeserializer { input, kind }))
}

/// An element of an array in the canonical form of its kind, as far as it has one.
fn lenient_item(item: &str, kind: Kind) -> String {
    match Input::Json(item).string() {
        Some(text) if text.is_empty() => "null".to_owned(),
        Some(text) => temporal::normalise(kind, &text).map_or(item.to_owned(), |canonical| format!("\"{canonical}\"")),
        None => item.to_owned(),
    }
}
