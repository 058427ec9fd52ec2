//! Which values a field can be compared with.

/// A value that stands for one of the type `T`: that type itself, a reference to it, or `&str` for a `String`.
///
/// Literals take the type of the field, so that `AGE.gt(18)` is as good on an `i64` as on an `i16`.
#[diagnostic::on_unimplemented(
    message = "the field holds values of the type `{T}`, found `{Self}`",
    label = "expected `{T}`"
)]
pub trait Value<T> {
    /// The value of that type.
    fn into_value(self) -> T;
}

impl<T> Value<T> for T {
    fn into_value(self) -> T {
        self
    }
}

impl<T: Clone> Value<T> for &T {
    fn into_value(self) -> T {
        self.clone()
    }
}

impl Value<String> for &str {
    fn into_value(self) -> String {
        self.to_owned()
    }
}

/// A type whose values are less or greater than one another: whatever has Rust's `PartialOrd`.
#[diagnostic::on_unimplemented(
    message = "values of the type `{Self}` have no order",
    label = "expected a field whose type implements `PartialOrd`"
)]
pub trait Ordered {}

#[diagnostic::do_not_recommend]
impl<T: PartialOrd> Ordered for T {}

/// A type whose values are text in the database, so that patterns match them. A newtype over text may implement it.
///
/// ```
/// use restless_core::Textual;
/// struct Isbn(String);
/// impl Textual for Isbn {}
/// ```
#[diagnostic::on_unimplemented(
    message = "values of the type `{Self}` are no text",
    label = "expected a field of the type `String`, or of one that implements `Textual`"
)]
pub trait Textual {}

impl Textual for String {}
