//! Which attribute or relationship of a resource type: positions in its description that cannot be mistaken for each other.

use std::ops::Index;

use super::{Attribute, FieldCodec, Relationship};
use crate::dialect::Dialect;

macro_rules! id {
    ($(#[doc = $words:literal])* $id:ident) => {
        $(#[doc = $words])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub(crate) struct $id(usize);

        impl $id {
            /// The id of a position.
            pub(crate) const fn new(index: usize) -> Self {
                Self(index)
            }

            /// The ids of so many, in their order.
            pub(crate) fn first(count: usize) -> impl Iterator<Item = Self> {
                (0..count).map(Self)
            }

            /// Its position in the description.
            pub(crate) const fn index(self) -> usize {
                self.0
            }
        }
    };
}
pub(crate) use id;

id! {
    /// One of the attributes of a resource type.
    AttributeId
}

id! {
    /// One of the relationships of a resource type.
    RelationshipId
}

macro_rules! index {
    ($($id:ident => $found:ty;)*) => {$(
        impl Index<$id> for [$found] {
            type Output = $found;

            fn index(&self, id: $id) -> &$found {
                &self[id.index()]
            }
        }
    )*};
}
pub(crate) use index;

index! {
    AttributeId => Attribute;
    AttributeId => Vec<u8>;
    RelationshipId => Relationship;
    RelationshipId => Vec<RelationshipId>;
}

impl<DB: Dialect> Index<AttributeId> for [FieldCodec<DB>] {
    type Output = FieldCodec<DB>;

    fn index(&self, attribute: AttributeId) -> &FieldCodec<DB> {
        &self[attribute.index()]
    }
}
