//! Whether a field may have no value.

use std::any::Any;

use crate::value::TypedValue;

/// Whether a field may have no value: [`Required`] or [`Nullable`].
pub trait Nullability: 'static {
    /// A value as the field holds it.
    fn hold<T: Any + Send + Sync>(value: T) -> TypedValue;

    /// The value of such a field, if it has one.
    fn release<T: Any + Send + Sync + Clone>(held: &TypedValue) -> Option<T>;
}

/// Fields of a type `T` that always have a value.
#[derive(Debug, Clone, Copy)]
pub enum Required {}

/// Fields of a type `Option<T>`.
#[derive(Debug, Clone, Copy)]
pub enum Nullable {}

impl Nullability for Required {
    fn hold<T: Any + Send + Sync>(value: T) -> TypedValue {
        TypedValue::new(value)
    }

    fn release<T: Any + Send + Sync + Clone>(held: &TypedValue) -> Option<T> {
        held.of::<T>().map(|value| T::clone(&value))
    }
}

impl Nullability for Nullable {
    fn hold<T: Any + Send + Sync>(value: T) -> TypedValue {
        TypedValue::new(Some(value))
    }

    fn release<T: Any + Send + Sync + Clone>(held: &TypedValue) -> Option<T> {
        held.of::<Option<T>>().and_then(|value| Option::clone(&value))
    }
}
