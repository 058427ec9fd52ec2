//! How a Rust type is written to and read from the wire.

use serde::de::{DeserializeOwned, Error as _};
use serde::ser::Error as _;
use serde::{Deserializer, Serialize, Serializer};

/// A way to write values of `T` to the wire and to read them back, in serde's convention.
///
/// The derive uses [`BySerde`] unless a field says `serialize_with` or `deserialize_with`.
///
/// ```
/// use restless_core::__private::{BySerde, Wire};
/// let mut out = Vec::new();
/// BySerde::serialize(&7, &mut serde_json::Serializer::new(&mut out)).unwrap();
/// assert_eq!(out, b"7");
/// ```
#[diagnostic::on_unimplemented(
    message = "`{T}` cannot be written as JSON and read from it",
    label = "expected a type with serde's `Serialize` and `Deserialize`",
    note = "derive `serde::Serialize` and `serde::Deserialize` for `{T}`, or name functions in the field's `#[restless(serialize_with = …, deserialize_with = …)]`, or leave it out with `#[restless(skip)]`"
)]
pub trait Wire<T> {
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

/// The type's own `Serialize` and `Deserialize`.
#[derive(Debug, Clone, Copy)]
pub struct BySerde;

#[diagnostic::do_not_recommend]
impl<T: Serialize + DeserializeOwned> Wire<T> for BySerde {
    fn serialize<S: Serializer>(value: &T, serializer: S) -> Result<S::Ok, S::Error> {
        value.serialize(serializer)
    }

    fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
        T::deserialize(deserializer)
    }
}

/// Stands in for the half of a [`Wire`] that a write-only field has no use for.
///
/// # Errors
///
/// Always.
pub fn no_serialize<T, S: Serializer>(_: &T, _: S) -> Result<S::Ok, S::Error> {
    Err(S::Error::custom("a write-only value is never shown"))
}

/// Stands in for the half of a [`Wire`] that a read-only field has no use for.
///
/// # Errors
///
/// Always.
pub fn no_deserialize<'de, T, D: Deserializer<'de>>(_: D) -> Result<T, D::Error> {
    Err(D::Error::custom("a read-only value is never accepted"))
}
