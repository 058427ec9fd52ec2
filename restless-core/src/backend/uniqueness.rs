//! Whether a column tells rows apart, as far as a database knows.

/// What a database says of the values of one column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Uniqueness {
    /// There is no such table, or not yet.
    NoTable,
    /// Nothing is known, as of a view, which has no keys.
    Unknown,
    /// Several rows may have the same value.
    NotUnique,
    /// No two rows have the same value.
    Unique,
}

impl Uniqueness {
    /// What a statement's answer stands for.
    #[cfg(any(feature = "sqlite", feature = "postgres", feature = "mysql"))]
    pub(super) const fn of(number: i64) -> Self {
        match number {
            0 => Self::NoTable,
            2 => Self::NotUnique,
            3 => Self::Unique,
            _ => Self::Unknown,
        }
    }
}
