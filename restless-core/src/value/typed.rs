//! Values that the application's own code hands over, of the types of its fields.

use std::any::Any;
use std::fmt;
use std::sync::Arc;

/// A value of a field's type, whatever that is; the codec of its column binds it.
#[derive(Clone)]
pub struct TypedValue(Arc<dyn Any + Send + Sync>);

impl TypedValue {
    /// The value of a field of the type `T`.
    #[must_use]
    pub fn new<T: Any + Send + Sync>(value: T) -> Self {
        Self(Arc::new(value))
    }

    /// The value again, if it is of this type.
    #[must_use]
    pub fn of<T: Any + Send + Sync>(&self) -> Option<Arc<T>> {
        Arc::clone(&self.0).downcast().ok()
    }
}

impl fmt::Debug for TypedValue {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("TypedValue")
    }
}
