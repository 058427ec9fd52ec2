//! The columns that Diesel makes a model of, looked at before it does.

use diesel::QueryResult;
use diesel::row::{Field as _, Row};

use super::refusal::{told, unreadable};
use crate::dialect::Dialect;
use crate::resource_type::ResourceType;
use crate::value::Codec;

/// The columns in their order, once the first row has told their names. What is no column of the table is nobody's.
pub(super) struct ModelColumns<DB: Dialect>(Option<Vec<Named<DB>>>);

type Named<DB> = Option<(&'static str, &'static Codec<DB>)>;

impl<DB: Dialect> Default for ModelColumns<DB> {
    fn default() -> Self {
        Self(None)
    }
}

impl<DB: Dialect> ModelColumns<DB> {
    /// Refuses a row, from a column on, in which Diesel would read a value as another one.
    pub(super) fn check<'a, R: Row<'a, DB>>(
        &mut self,
        resource: &'static ResourceType,
        row: &R,
        start: usize,
    ) -> QueryResult<()> {
        let columns = self.0.get_or_insert_with(|| {
            let fields = (start..row.field_count()).map(|index| row.get(index));
            fields.map(|field| resource.codecs().field_of_column(field?.field_name()?)).collect()
        });
        for (index, column) in columns.iter().enumerate() {
            let Some((name, codec)) = column else {
                continue;
            };
            if row.get(start + index).is_some_and(|field| (codec.is_misread)(field.value())) {
                return Err(told(unreadable(name, codec, &"a model cannot be made of the row")));
            }
        }
        Ok(())
    }
}
