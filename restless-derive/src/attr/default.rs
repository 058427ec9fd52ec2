//! The value of a field that a client leaves out when it creates a resource.

use syn::ExprPath;

/// The source of a field's value that a client leaves out.
#[derive(Clone)]
pub enum DefaultValue {
    /// A function makes it.
    Function(ExprPath),
    /// It is the `Default` of the field's type.
    OfType,
    /// It is what the field has in the `Default` of the struct.
    OfModel,
    /// It is what the field has in the struct that a function makes.
    OfModelBy(ExprPath),
}

impl DefaultValue {
    /// Returns true if somebody wrote the value for this very field.
    pub fn is_of_the_field(&self) -> bool {
        matches!(self, Self::Function(_))
    }
}
