//! The primary key of a table, compared with the key of a model while it is compiled.

use std::marker::PhantomData;

use diesel::Table;
use diesel::query_source::Column;

/// The primary key of the table that has the column `C`: a column, or a tuple of several.
pub type PrimaryKeyOf<C> = PrimaryKeyOfTable<<C as Column>::Table>;

/// The primary key of the table `T`.
pub type PrimaryKeyOfTable<T> = <T as Table>::PrimaryKey;

/// A column that is the whole primary key `K` of its table.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not the primary key of its table, which is `{K}`",
    label = "expected `{K}`",
    note = "a column that is unique by itself can be the key too: `#[restless(primary_key = ...)]` names it; a part of a key of several columns cannot"
)]
pub trait WholeKey<K> {}

#[diagnostic::do_not_recommend]
impl<K> WholeKey<K> for K {}

/// Compiles if the column `C` is the whole primary key of its table.
pub const fn whole_key<C>()
where
    C: Column + WholeKey<PrimaryKeyOf<C>>,
{
}

/// A primary key that the model `M` names. There is none: the error says what the table has.
#[diagnostic::on_unimplemented(
    message = "`{M}` has no field `id` and names no other primary key, while that of its table is `{Self}`",
    label = "expected a field for `{Self}`",
    note = "`#[diesel(primary_key(...))]` names a column that is not called `id`; a key of several columns needs a column that is unique by itself, named by `#[restless(primary_key = ...)]`"
)]
pub trait NamedBy<M> {}

/// Compiles never: tells the primary key `K` of the table of `M`.
pub const fn named_key<M, K: NamedBy<M>>() {}

/// The columns of a primary key `K` that is a tuple. Its constant `NAMES` is that of [`Whole`] where it is one column.
pub struct PartsOf<K>(PhantomData<K>);

/// What a [`PartsOf`] has whose key is one column.
pub trait Whole {
    /// No column is a part of the key.
    const NAMES: &'static [&'static str] = &[];
}

impl<K> Whole for PartsOf<K> {}

macro_rules! parts {
    ($first:ident) => {};
    ($first:ident $($others:ident)+) => {
        impl<$first: Column, $($others: Column),+> PartsOf<($first, $($others),+)> {
            /// Their names.
            pub const NAMES: &'static [&'static str] = &[$first::NAME, $($others::NAME),+];
        }
        parts!($($others)+);
    };
}

parts!(A B C D E F G H I J K L M N O P);

/// Compiles if the column `C` is none of the columns that are the primary key together.
///
/// # Panics
///
/// At compile time, if it is.
#[track_caller]
pub const fn unique_key<C: Column>(parts: &[&str]) {
    let mut index = 0;
    while index < parts.len() {
        assert!(!is_same(parts[index], C::NAME), "a part of a primary key of several columns is not unique by itself");
        index += 1;
    }
}

const fn is_same(one: &str, other: &str) -> bool {
    let (one, other) = (one.as_bytes(), other.as_bytes());
    let mut index = 0;
    while index < one.len() && index < other.len() && one[index] == other[index] {
        index += 1;
    }
    index == one.len() && index == other.len()
}
