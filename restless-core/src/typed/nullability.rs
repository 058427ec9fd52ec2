//! Whether a field may have no value.

use std::any::Any;

use crate::value::TypedValue;

/// Whether a field may have no value: [`Required`] or [`Nullable`].
pub trait Nullability: 'static {
    /// A value as the field holds it.
    fn hold<T: Any + Send + Sync>(value: T) -> TypedValue;
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
}

impl Nullability for Nullable {
    fn hold<T: Any + Send + Sync>(value: T) -> TypedValue {
        TypedValue::new(Some(value))
    }
}
