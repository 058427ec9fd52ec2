//! Relationships: how the rows of one table belong to those of another.

use diesel::Table;
use diesel::expression::Expression;
use diesel::internal::table_macro::StaticQueryFragment;
use diesel::query_source::Column;

use super::{ForeignKeyType, KeySqlType, Keys, Model, ResourceType};
use crate::dialect::{AnyExpression, TableName};

/// The table in which the foreign key of a relationship stands: that of the related model `T`.
#[diagnostic::on_unimplemented(
    message = "this is a column of `{Self}`, while the rows of the related model are in `{T}`",
    label = "expected a column of `{T}`",
    note = "the foreign key of a `has_one` or `has_many` is the column of the related model's table that refers to this model"
)]
pub trait TableOf<T> {}

#[diagnostic::do_not_recommend]
impl<T: Table> TableOf<T> for T {}

#[diagnostic::do_not_recommend]
impl<T: Table> TableOf<NoTable> for T {}

/// The table of a model that has mistakes of its own, which are told already.
#[derive(Debug, Clone, Copy)]
pub enum NoTable {}

/// Which column of a table a foreign key refers to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reference {
    /// The one that Diesel calls the primary key.
    PrimaryKey,
    /// The one whose text is the resource's id.
    Key,
}

/// A foreign key: a column that holds the key of another row.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ForeignKey {
    pub(crate) column: &'static str,
    pub(crate) is_nullable: bool,
    pub(crate) refers_to: Reference,
}

impl ForeignKey {
    /// The column `C`, which refers to the rows of `T`.
    #[track_caller]
    const fn of<C, T>() -> Self
    where
        C: Column,
        <C as Expression>::SqlType: ForeignKeyType,
        T: Model,
    {
        Self {
            column: C::NAME,
            is_nullable: <<C as Expression>::SqlType as ForeignKeyType>::IS_NULLABLE,
            refers_to: refer(<<C as Expression>::SqlType as ForeignKeyType>::FAMILY, T::KEYS),
        }
    }
}

#[track_caller]
const fn refer(foreign_key: KeySqlType, keys: Keys) -> Reference {
    if foreign_key.is(keys.primary_key) {
        Reference::PrimaryKey
    } else if foreign_key.is(keys.key) {
        Reference::Key
    } else {
        panic!("the type of the foreign key differs from that of the key it refers to")
    }
}

/// Where the foreign key of a relationship stands.
pub(crate) enum Link {
    /// In this table: the other row is the one that it names.
    BelongsTo(ForeignKey),
    /// In the other table: there is one such row at the most.
    HasOne(ForeignKey),
    /// In the other table: there are any number of them.
    HasMany(ForeignKey),
    /// In a table of its own.
    Through {
        table: TableName,
        /// The column that refers to this table.
        own: ForeignKey,
        /// The column that refers to the other table.
        other: ForeignKey,
    },
}

/// What restless does with the rows at the other end when a resource is deleted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OnDelete {
    /// They are deleted too; of a relationship through a table, the rows of that table are.
    Cascade,
    /// Their foreign key becomes null.
    SetNull,
    /// While there are any, the deletion is refused.
    Restrict,
}

/// A relationship of a resource type (JSON:API 1.1, "Relationships").
pub struct Relationship {
    pub(crate) name: &'static str,
    pub(crate) target: fn() -> &'static ResourceType,
    pub(crate) link: Link,
    pub(crate) is_read_only: bool,
    pub(crate) is_includable: bool,
    pub(crate) on_delete: Option<OnDelete>,
}

impl Relationship {
    const fn new<T: Model>(name: &'static str, link: Link) -> Self {
        Self { name, target: T::resource_type, link, is_read_only: false, is_includable: true, on_delete: None }
    }

    /// To one `T`, which the column `C` of this table names.
    #[must_use]
    #[track_caller]
    pub const fn belongs_to<C, T>(name: &'static str) -> Self
    where
        C: Column,
        <C as Expression>::SqlType: ForeignKeyType,
        T: Model,
    {
        Self::new::<T>(name, Link::BelongsTo(ForeignKey::of::<C, T>()))
    }

    /// To one `T` at the most, whose column `C` names the `M`.
    #[must_use]
    #[track_caller]
    pub const fn has_one<C, M, T>(name: &'static str) -> Self
    where
        C: Column,
        C::Table: TableOf<T::Table>,
        <C as Expression>::SqlType: ForeignKeyType,
        M: Model,
        T: Model,
    {
        Self::new::<T>(name, Link::HasOne(ForeignKey::of::<C, M>()))
    }

    /// To those `T` whose column `C` names the `M`.
    #[must_use]
    #[track_caller]
    pub const fn has_many<C, M, T>(name: &'static str) -> Self
    where
        C: Column,
        C::Table: TableOf<T::Table>,
        <C as Expression>::SqlType: ForeignKeyType,
        M: Model,
        T: Model,
    {
        Self::new::<T>(name, Link::HasMany(ForeignKey::of::<C, M>()))
    }

    /// To those `T` that rows of a join table name with the column `D`, while they name the `M` with the column `C`.
    #[must_use]
    #[track_caller]
    pub const fn many_to_many<C, D, M, T>(name: &'static str) -> Self
    where
        C: Column,
        D: Column<Table = C::Table>,
        C::Table: Table + StaticQueryFragment,
        <C::Table as StaticQueryFragment>::Component: AnyExpression,
        <C as Expression>::SqlType: ForeignKeyType,
        <D as Expression>::SqlType: ForeignKeyType,
        M: Model,
        T: Model,
    {
        let link = Link::Through {
            table: TableName::of::<C::Table>(),
            own: ForeignKey::of::<C, M>(),
            other: ForeignKey::of::<D, T>(),
        };
        Self::new::<T>(name, link)
    }

    /// No client may change it.
    #[must_use]
    pub const fn read_only(mut self) -> Self {
        self.is_read_only = true;
        self
    }

    /// No client may include it.
    #[must_use]
    pub const fn no_include(mut self) -> Self {
        self.is_includable = false;
        self
    }

    /// What becomes of the rows at the other end when a resource is deleted; without it the database decides.
    #[must_use]
    pub const fn on_delete(mut self, on_delete: OnDelete) -> Self {
        self.on_delete = Some(on_delete);
        self
    }

    /// The name on the wire.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// Whether it leads to one resource at the most.
    #[must_use]
    pub const fn is_to_one(&self) -> bool {
        matches!(self.link, Link::BelongsTo(_) | Link::HasOne(_))
    }

    /// Whether the column of this table is its foreign key.
    pub(crate) fn is_held_by(&self, column: &str) -> bool {
        matches!(self.link, Link::BelongsTo(foreign_key) if foreign_key.column == column)
    }

    /// The foreign key, if it is a column of this table.
    pub(crate) const fn own_foreign_key(&self) -> Option<ForeignKey> {
        match self.link {
            Link::BelongsTo(foreign_key) => Some(foreign_key),
            _ => None,
        }
    }

    pub(crate) fn target(&self) -> &'static ResourceType {
        (self.target)()
    }
}
