//! Every column of a resource type, whatever clients know of it.

use super::{Link, ResourceType};
use crate::dialect::Dialect;
use crate::value::Codec;

/// A column of a resource type, for the application's own code.
pub(crate) struct WholeColumn<DB: Dialect> {
    pub(crate) column: &'static str,
    /// The name that its value has as JSON; a field that is not on the wire has none.
    pub(crate) name: Option<&'static str>,
    pub(crate) codec: &'static Codec<DB>,
}

impl<DB: Dialect> ResourceType<DB> {
    /// The columns of all fields, and of the foreign keys of its relationships; none of them twice.
    pub(crate) fn columns(&'static self) -> Vec<WholeColumn<DB>> {
        let keys = [&self.key].into_iter().chain(&self.primary_key);
        let keys = keys.map(|key| WholeColumn { column: key.column, name: Some(key.name), codec: &key.codec });
        let attributes = self.attributes.iter().map(|attribute| WholeColumn {
            column: attribute.column,
            name: Some(attribute.name),
            codec: &attribute.codec,
        });
        let hidden = self.hidden.iter().filter_map(|hidden| hidden.carried.as_ref());
        let hidden = hidden.map(|carried| WholeColumn { column: carried.column, name: None, codec: &carried.codec });
        let mut columns: Vec<WholeColumn<DB>> = Vec::new();
        for column in keys.chain(attributes).chain(hidden).chain(self.foreign_keys()) {
            if !columns.iter().any(|known| known.column == column.column) {
                columns.push(column);
            }
        }
        columns
    }

    /// The foreign keys in this table. One that is no field of the model has the name of its column.
    fn foreign_keys(&'static self) -> impl Iterator<Item = WholeColumn<DB>> {
        self.relationships.iter().filter_map(|relationship| match &relationship.link {
            Link::BelongsTo(foreign_key) => Some(WholeColumn {
                column: foreign_key.column,
                name: Some(foreign_key.column),
                codec: &relationship.target().referred(foreign_key.refers_to).codec,
            }),
            _ => None,
        })
    }
}
