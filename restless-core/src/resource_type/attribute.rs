//! Attributes: the columns that a client sees.

use diesel::expression::Expression;
use diesel::query_source::Column;

use super::Format;
use crate::dialect::{Kind, SqlKind};

/// What a client may do with an attribute.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Access {
    /// Read it and write it.
    #[default]
    Full,
    /// Read it; sending it is 403.
    ReadOnly,
    /// Write it; it is never shown, and can be neither filtered nor sorted by.
    WriteOnly,
    /// Read it, and write it in POST alone.
    CreateOnly,
    /// Write it in POST alone, and never see it.
    CreateWriteOnly,
}

impl Access {
    pub(crate) const fn is_readable(self) -> bool {
        !matches!(self, Access::WriteOnly | Access::CreateWriteOnly)
    }

    pub(crate) const fn is_creatable(self) -> bool {
        !matches!(self, Access::ReadOnly)
    }

    pub(crate) const fn is_updatable(self) -> bool {
        matches!(self, Access::Full | Access::WriteOnly)
    }
}

/// An attribute of a resource type (JSON:API 1.1, "Attributes"): a column and how its values travel.
pub struct Attribute {
    pub(crate) name: &'static str,
    pub(crate) column: &'static str,
    pub(crate) sql: SqlKind,
    pub(crate) access: Access,
    pub(crate) is_key: bool,
    /// A relationship speaks for it.
    pub(crate) is_foreign_key: bool,
    pub(crate) is_filterable: bool,
    pub(crate) is_sortable: bool,
    pub(crate) documentation: &'static str,
}

impl Attribute {
    /// The attribute `name` on the column `C`.
    #[must_use]
    pub const fn of<C>(name: &'static str) -> Self
    where
        C: Column,
        <C as Expression>::SqlType: 'static,
    {
        Self {
            name,
            column: C::NAME,
            sql: SqlKind::of::<<C as Expression>::SqlType>(),
            access: Access::Full,
            is_key: false,
            is_foreign_key: false,
            is_filterable: true,
            is_sortable: true,
            documentation: "",
        }
    }

    /// A client may not write it.
    #[must_use]
    pub const fn read_only(mut self) -> Self {
        self.access = Access::ReadOnly;
        self
    }

    /// A client may not read it.
    #[must_use]
    pub const fn write_only(mut self) -> Self {
        self.access = match self.access {
            Access::CreateOnly => Access::CreateWriteOnly,
            _ => Access::WriteOnly,
        };
        self
    }

    /// A client may write it in POST alone.
    #[must_use]
    pub const fn create_only(mut self) -> Self {
        self.access = match self.access {
            Access::WriteOnly => Access::CreateWriteOnly,
            _ => Access::CreateOnly,
        };
        self
    }

    /// It is the key as well, under a name of its own; a key does not change once the resource exists.
    #[must_use]
    pub const fn key(mut self) -> Self {
        self.is_key = true;
        if let Access::Full = self.access {
            self.access = Access::CreateOnly;
        }
        self
    }

    /// A relationship speaks for it: in JSON:API it is no attribute.
    #[must_use]
    pub const fn foreign_key(mut self) -> Self {
        self.is_foreign_key = true;
        self
    }

    /// No client may filter by it.
    #[must_use]
    pub const fn no_filter(mut self) -> Self {
        self.is_filterable = false;
        self
    }

    /// No client may sort by it.
    #[must_use]
    pub const fn no_sort(mut self) -> Self {
        self.is_sortable = false;
        self
    }

    /// Keeps the doc comment of the field.
    #[must_use]
    pub const fn documented(mut self, documentation: &'static str) -> Self {
        self.documentation = documentation;
        self
    }

    /// Whether a client of the format knows it as an attribute: in JSON:API a relationship speaks for a foreign key.
    pub(crate) const fn is_known(&self, format: Format) -> bool {
        !self.is_foreign_key || matches!(format, Format::Classic)
    }

    /// Whether such a client sees it.
    pub(crate) const fn is_shown(&self, format: Format) -> bool {
        self.access.is_readable() && self.is_known(format)
    }

    /// The name on the wire.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// What a client may do with it.
    #[must_use]
    pub const fn access(&self) -> Access {
        self.access
    }

    /// The doc comment of the field, or an empty text.
    #[must_use]
    pub const fn documentation(&self) -> &'static str {
        self.documentation
    }

    /// The kind of its values.
    #[must_use]
    pub fn kind(&self) -> Kind {
        self.sql.kind()
    }
}
