//! The description of a resource type: plain data that the derive fills and everything else reads.

mod attribute;
mod key;
mod model;
mod settings;

use diesel::Table;
use diesel::query_builder::QueryFragment;

pub use attribute::{Access, Attribute};
pub use key::{Key, KeyOf, KeyType};
pub use model::{Model, Resource, ResourceTypes};
pub use settings::{Count, Settings};

use crate::backend::Dialect;
use crate::private::StaticQueryFragment;

/// The name of a table as a piece of SQL.
pub(crate) type TableName<DB> = &'static (dyn QueryFragment<DB> + Sync);

/// A JSON:API resource type on a backend: its table, its key and its attributes.
///
/// The derive writes one per model and backend as a `static`; nothing of it changes at run time.
pub struct ResourceType<DB: Dialect> {
    pub(crate) table: TableName<DB>,
    pub(crate) key: Key<DB>,
    pub(crate) attributes: &'static [Attribute<DB>],
    pub(crate) settings: Settings,
    pub(crate) documentation: &'static str,
}

impl<DB: Dialect> ResourceType<DB> {
    /// Describes the rows of the table `T`.
    #[must_use]
    pub const fn new<T>(key: Key<DB>, attributes: &'static [Attribute<DB>], settings: Settings) -> Self
    where
        T: Table + StaticQueryFragment,
        T::Component: QueryFragment<DB> + Sync,
    {
        Self {
            table: T::STATIC_COMPONENT,
            key,
            attributes,
            settings,
            documentation: "",
        }
    }

    /// Keeps the doc comment of the struct.
    #[must_use]
    pub const fn documented(mut self, documentation: &'static str) -> Self {
        self.documentation = documentation;
        self
    }

    /// The name in URLs and documents, unless a mount says otherwise.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        self.settings.collection_name
    }

    /// The doc comment of the struct, or an empty text.
    #[must_use]
    pub const fn documentation(&self) -> &'static str {
        self.documentation
    }

    /// The attributes, in the order of the struct's fields.
    #[must_use]
    pub const fn attributes(&self) -> &'static [Attribute<DB>] {
        self.attributes
    }

    /// The attribute of that name on the wire, with its place among the attributes.
    pub(crate) fn attribute(&self, name: &str) -> Option<(usize, &'static Attribute<DB>)> {
        let mut attributes = self.attributes.iter().enumerate();
        attributes.find(|(_, attribute)| attribute.name == name)
    }

    /// The attribute that a column holds.
    pub(crate) fn attribute_of_column(&self, column: &str) -> Option<&'static Attribute<DB>> {
        self.attributes.iter().find(|attribute| attribute.column == column)
    }
}
