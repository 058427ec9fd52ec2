//! Rows with everything that they hold, for the application's own code: whatever the client sees of them.

use std::sync::Arc;

use diesel::QueryResult;
use diesel::deserialize;
use diesel::row::{Field, Row};
use serde_json::Value;

use super::{EndpointRef, Record, refusal};
use crate::backend::{Session, Visitor};
use crate::dialect::Dialect;
use crate::error::Errors;
use crate::filter::only_visible;
use crate::resource_type::WholeColumn;
use crate::statement::{Caching, Hold, Predicate, SelectWhole};
use crate::value::{Codec, TypedValue};

/// A row at a moment of its life, with the values of all of its columns.
#[derive(Debug)]
pub(crate) struct WholeRow {
    record: Record,
    values: Vec<WholeValue>,
}

#[derive(Debug)]
struct WholeValue {
    column: &'static str,
    name: Option<&'static str>,
    /// The value in the type of its field, if that can hold it.
    typed: Option<TypedValue>,
    /// The value as it is on the wire, if it has a form there.
    json: Option<String>,
}

impl WholeRow {
    /// The text of the key.
    pub(crate) fn id(&self) -> &str {
        &self.record.id
    }

    /// The keys of the row, as operations hand them on.
    pub(crate) const fn record(&self) -> &Record {
        &self.record
    }

    /// The value of a column, in the type of its field.
    pub(crate) fn typed(&self, column: &str) -> Option<&TypedValue> {
        self.values.iter().find(|value| value.column == column)?.typed.as_ref()
    }

    /// The value of that name, as JSON.
    pub(crate) fn json(&self, name: &str) -> Option<Value> {
        let value = self.values.iter().find(|value| value.name == Some(name))?;
        serde_json::from_str(value.json.as_ref()?).ok()
    }

    /// The names of the values that there are as JSON.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.values.iter().filter(|value| value.json.is_some()).filter_map(|value| value.name)
    }
}

impl EndpointRef {
    /// The row with this id, which nobody else changes before the transaction ends; it is 404 if it does not exist for
    /// the client.
    pub(crate) async fn hold_whole<S: Session>(&self, session: &S, id: &str) -> Result<Arc<WholeRow>, Errors> {
        let predicate = only_visible(&self.registry, self.id, self.by_key(id)?);
        self.read_whole(session, id, &self.select_whole(predicate, Hold::UntilTheEnd)).await
    }

    /// A row that this transaction has written, as it is now.
    pub(crate) async fn written_whole<S: Session>(&self, session: &S, id: &str) -> Result<Arc<WholeRow>, Errors> {
        self.read_whole(session, id, &self.select_whole(self.by_key(id)?, Hold::No)).await
    }

    fn select_whole<DB: Dialect>(&self, predicate: Predicate<DB>, hold: Hold) -> SelectWhole<DB> {
        let endpoint = self.endpoint();
        let resource = endpoint.resource;
        let caching = Caching::Discard;
        let mut select = SelectWhole { resource, columns: resource.codecs().columns(), predicate, hold, caching };
        select.caching = endpoint.shapes.caching(|hasher| select.shape(hasher));
        select
    }

    /// The one row of an id.
    async fn read_whole<S: Session>(
        &self,
        session: &S,
        id: &str,
        select: &SelectWhole<S::Dialect>,
    ) -> Result<Arc<WholeRow>, Errors> {
        let mut reader = WholeReader { columns: &select.columns, site: self, rows: Vec::new() };
        session.load(select, &mut reader).await.map_err(refusal::of_read)?;
        self.check_one(id, reader.rows.len())?;
        reader.rows.pop().ok_or_else(|| self.missing(id).into())
    }
}

/// Reads the rows of a `SelectWhole`.
struct WholeReader<'a, DB: Dialect> {
    columns: &'a [WholeColumn<DB>],
    site: &'a EndpointRef,
    rows: Vec<Arc<WholeRow>>,
}

impl<DB: Dialect> Visitor<DB> for WholeReader<'_, DB> {
    fn visit<'a, R: Row<'a, DB>>(&mut self, row: &R) -> QueryResult<()> {
        let resource = self.site.endpoint().resource;
        let mut record = Record::default();
        let mut values = Vec::with_capacity(self.columns.len());
        for (index, column) in self.columns.iter().enumerate() {
            let Some(field) = row.get(index) else {
                continue;
            };
            if column.column == resource.key.column {
                record.id = text(&resource.codecs::<DB>().key.codec, field.value()).unwrap_or_default();
            }
            if resource.primary_key.as_ref().is_some_and(|key| key.column == column.column) {
                record.reference =
                    resource.codecs::<DB>().primary_key.as_ref().and_then(|codec| text(codec, field.value()).ok());
            }
            values.push(WholeValue {
                column: column.column,
                name: column.name,
                typed: (column.codec.read_typed)(field.value()).ok(),
                json: json(column.codec, field.value()),
            });
        }
        self.rows.push(Arc::new(WholeRow { record, values }));
        Ok(())
    }
}

fn text<DB: Dialect>(codec: &Codec<DB>, raw: Option<DB::RawValue<'_>>) -> deserialize::Result<String> {
    let mut text = Vec::new();
    (codec.decode)(raw, &mut text)?;
    Ok(String::from_utf8(text)?)
}

fn json<DB: Dialect>(codec: &Codec<DB>, raw: Option<DB::RawValue<'_>>) -> Option<String> {
    if raw.is_none() {
        return Some("null".to_owned());
    }
    let mut json = Vec::new();
    (codec.encode)(raw, &mut json).ok()?;
    String::from_utf8(json).ok()
}
