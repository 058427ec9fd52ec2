//! Fields that are not on the wire in any direction: only the application's own code filters and sorts by them.

use diesel::query_source::Column;

/// A field that no client knows. It is kept apart from the attributes, so that nothing which looks at those meets it.
#[derive(Debug, Clone, Copy)]
pub struct Hidden {
    /// The name that it would have on the wire.
    pub(crate) name: &'static str,
    pub(crate) column: &'static str,
}

impl Hidden {
    /// The field on the column `C`.
    #[must_use]
    pub const fn of<C: Column>(name: &'static str) -> Self {
        Self { name, column: C::NAME }
    }
}
