//! What becomes of one field.

/// What a client wants one field to become: [`Changes::get`](super::Changes::get) tells a field that is left alone from one that
/// becomes null.
///
/// ```
/// use restless_core::Change;
/// let told = |age: Change<i32>| match age {
///     Change::Absent => "stays as it is".to_owned(),
///     Change::Null => "is forgotten".to_owned(),
///     Change::Value(age) => format!("becomes {age}"),
/// };
/// assert_eq!(told(Change::Value(21)), "becomes 21");
/// assert_eq!(told(Change::Null), "is forgotten");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Change<T> {
    /// It is not sent, or does not fit; what does not fit is refused by itself.
    #[default]
    Absent,
    /// It becomes null.
    Null,
    /// It becomes that.
    Value(T),
}

impl<T> Change<T> {
    /// The value that the field becomes, if that is one.
    ///
    /// ```
    /// use restless_core::Change;
    /// assert!(Change::Value(-1).value().is_some_and(|age| age < 0));
    /// assert_eq!(Change::<i32>::Null.value(), None);
    /// ```
    #[must_use]
    pub fn value(self) -> Option<T> {
        match self {
            Change::Value(value) => Some(value),
            Change::Absent | Change::Null => None,
        }
    }

    /// A change to a reference of the value.
    #[must_use]
    pub const fn as_ref(&self) -> Change<&T> {
        match self {
            Change::Absent => Change::Absent,
            Change::Null => Change::Null,
            Change::Value(value) => Change::Value(value),
        }
    }

    /// True if the field stays as it is.
    #[must_use]
    pub const fn is_absent(&self) -> bool {
        matches!(self, Change::Absent)
    }

    /// True if the field becomes null.
    #[must_use]
    pub const fn is_null(&self) -> bool {
        matches!(self, Change::Null)
    }
}

/// What a field that is sent becomes: null without a value.
impl<T> From<Option<T>> for Change<T> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Change::Null, Change::Value)
    }
}
