//! FieldAccess that are not on the wire in any direction: only the application's own code filters and sorts by them.

use std::marker::PhantomData;

use diesel::expression::Expression;
use diesel::query_source::Column;

use crate::dialect::Dialect;
use crate::value::{Codec, ColumnType, Unseen};

/// A field that no client knows. It is kept apart from the attributes, so that nothing which looks at those meets it.
pub struct Hidden<DB: Dialect> {
    /// The name that it would have on the wire.
    pub(crate) name: &'static str,
    pub(crate) carried: Option<Carried<DB>>,
}

/// A column and what carries its values.
pub struct Carried<DB: Dialect> {
    pub(crate) column: &'static str,
    pub(crate) codec: Codec<DB>,
}

impl<DB: Dialect> Hidden<DB> {
    /// The field; one whose values Diesel does not write has no tests.
    #[must_use]
    pub const fn new(name: &'static str, carried: Option<Carried<DB>>) -> Self {
        Self { name, carried }
    }
}

/// The column `C`, held by a field of type `T`. Its constant `CARRIED` is that of [`Unheld`] where Diesel does not both
/// read and write such values.
pub struct Held<C, T, DB>(PhantomData<(C, T, DB)>);

impl<C, T, DB> Held<C, T, DB>
where
    C: Column,
    <C as Expression>::SqlType: 'static,
    T: ColumnType<<C as Expression>::SqlType, DB>,
    DB: Dialect,
{
    /// The column.
    pub const CARRIED: Option<Carried<DB>> =
        Some(Carried { column: C::NAME, codec: Codec::of::<T, <C as Expression>::SqlType, Unseen>() });
}

/// What a [`Held`] has whose values Diesel does not write.
pub trait Unheld<DB: Dialect> {
    /// Nothing.
    const CARRIED: Option<Carried<DB>> = None;
}

impl<C, T, DB: Dialect> Unheld<DB> for Held<C, T, DB> {}
