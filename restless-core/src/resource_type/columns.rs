//! Every column of a resource type, whatever clients know of it.

use super::{Codecs, Link};
use crate::dialect::Dialect;
use crate::value::Codec;

/// A column of a resource type, for the application's own code.
pub(crate) struct WholeColumn<DB: Dialect> {
    pub(crate) column: &'static str,
    /// The name that its value has as JSON; a field that is not on the wire has none.
    pub(crate) name: Option<&'static str>,
    pub(crate) codec: &'static Codec<DB>,
}

impl<DB: Dialect> Codecs<DB> {
    /// The columns of all fields, and of the foreign keys of its relationships; none of them twice.
    pub(crate) fn columns(&'static self) -> Vec<WholeColumn<DB>> {
        let resource = self.resource;
        let whole = |column, name, codec| WholeColumn { column, name, codec };
        let primary_key = resource.primary_key.as_ref().zip(self.primary_key.as_ref());
        let keys = [(&resource.key, &self.key.codec)].into_iter().chain(primary_key);
        let keys = keys.map(|(key, codec)| whole(key.column, Some(key.name), codec));
        let attributes = resource.attributes.iter().zip(self.attributes);
        let attributes =
            attributes.map(|(attribute, field)| whole(attribute.column, Some(attribute.name), &field.codec));
        let hidden = resource.hidden.iter().zip(self.hidden);
        let hidden = hidden.filter_map(|(hidden, codec)| Some(whole(hidden.column, None, codec.as_ref()?)));
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
        self.resource.relationships.iter().filter_map(|relationship| match &relationship.link {
            Link::BelongsTo(foreign_key) => Some(WholeColumn {
                column: foreign_key.column,
                name: Some(foreign_key.column),
                codec: relationship.target().codecs().referred(foreign_key.refers_to),
            }),
            _ => None,
        })
    }
}
