//! How a Rust type is written to and read from the wire.

use std::marker::PhantomData;

use serde::de::{DeserializeOwned, Error as _};
use serde::ser::Error as _;
use serde::{Deserialize as _, Deserializer, Serialize, Serializer};

use super::on_wire::OnWire;

/// A way to write values of `T` to the wire and to read them back, in serde's convention.
///
/// The derive uses [`BySerde`] unless a field says `serialize_with` or `deserialize_with`.
///
/// ```
/// use restless_core::__private::{BySerde, JsonFormat};
/// let mut out = Vec::new();
/// BySerde::serialize(&7, &mut serde_json::Serializer::new(&mut out)).unwrap();
/// assert_eq!(out, b"7");
/// ```
#[diagnostic::on_unimplemented(
    message = "`{T}` cannot be written as JSON and read from it",
    label = "expected a type with serde's `Serialize` and `Deserialize`",
    note = "derive `serde::Serialize` and `serde::Deserialize` for `{T}`, or name functions in the field's `#[restless(serialize_with = …, deserialize_with = …)]`, or leave it out with `#[restless(skip)]`"
)]
pub trait JsonFormat<T>: 'static {
    /// Writes a value.
    ///
    /// # Errors
    ///
    /// Those of the serializer, and the value's own.
    fn serialize<S: Serializer>(value: &T, serializer: S) -> Result<S::Ok, S::Error>;

    /// Reads a value.
    ///
    /// # Errors
    ///
    /// When what stands on the wire is no value of the type.
    fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error>;
}

/// The usual way: the type's own `Serialize` and `Deserialize`, or, for a type of Diesel's that has none, that of the core.
/// Which of the two it is (`M`) follows from the type.
#[derive(Debug, Clone, Copy)]
pub struct BySerde<M = Own>(PhantomData<M>);

/// The type itself knows serde.
#[derive(Debug, Clone, Copy)]
pub struct Own;

/// The core speaks for the type.
#[derive(Debug, Clone, Copy)]
pub struct Borrowed;

#[diagnostic::do_not_recommend]
impl<T: Serialize + DeserializeOwned> JsonFormat<T> for BySerde<Own> {
    fn serialize<S: Serializer>(value: &T, serializer: S) -> Result<S::Ok, S::Error> {
        value.serialize(serializer)
    }

    fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
        T::deserialize(deserializer)
    }
}

#[diagnostic::do_not_recommend]
impl<T: OnWire> JsonFormat<T> for BySerde<Borrowed> {
    fn serialize<S: Serializer>(value: &T, serializer: S) -> Result<S::Ok, S::Error> {
        value.on_wire().serialize(serializer)
    }

    fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
        T::Form::deserialize(deserializer).map(T::of_wire)
    }
}

/// Stands in for the [`JsonFormat`] of a field that is not on the wire: nothing is written, and nothing is read.
#[derive(Debug, Clone, Copy)]
pub struct Unseen;

impl<T> JsonFormat<T> for Unseen {
    fn serialize<S: Serializer>(value: &T, serializer: S) -> Result<S::Ok, S::Error> {
        no_serialize(value, serializer)
    }

    fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
        no_deserialize(deserializer)
    }
}

/// Stands in for the half of a [`JsonFormat`] that a write-only field has no use for.
///
/// # Errors
///
/// Always.
pub fn no_serialize<T, S: Serializer>(_: &T, _: S) -> Result<S::Ok, S::Error> {
    Err(S::Error::custom("a write-only value is never shown"))
}

/// Stands in for the half of a [`JsonFormat`] that a read-only field has no use for.
///
/// # Errors
///
/// Always.
pub fn no_deserialize<'de, T, D: Deserializer<'de>>(_: D) -> Result<T, D::Error> {
    Err(D::Error::custom("a read-only value is never accepted"))
}
