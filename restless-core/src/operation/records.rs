//! Rows as the operations hand them on: keys as text, attributes as JSON in one buffer.

use std::collections::HashSet;
use std::ops::Range;

use diesel::QueryResult;
use diesel::result::Error as DieselError;
use diesel::row::{Field, Row};

use super::model_columns::ModelColumns;
use super::refusal::{told, unreadable};
use crate::backend::Visitor;
use crate::dialect::Dialect;
use crate::endpoint::Endpoint;
use crate::json;
use crate::resource_type::{Codecs, ModelRow};
use crate::statement::{Presented, Select};
use crate::value::Codec;

/// A row: its keys, and where its attributes stand in the buffer.
#[derive(Debug, Clone, Default)]
pub(crate) struct Record {
    /// The text of the key.
    pub(crate) id: String,
    /// What foreign keys call it, if that is another column than the key.
    pub(crate) reference: Option<String>,
    /// What it was found by, if it was found by other rows.
    pub(crate) parent_key: Option<String>,
    /// The ids at the other end of the to-one relationships that were asked for.
    pub(crate) linkages: Vec<Option<String>>,
    attributes: Range<usize>,
}

/// Rows of one resource type.
#[derive(Debug, Default)]
pub(crate) struct Records {
    buffer: Vec<u8>,
    records: Vec<Record>,
}

impl Records {
    /// No rows yet, but room for one with so many bytes of attributes.
    pub(super) fn with_room(bytes: usize) -> Self {
        Self { buffer: Vec::with_capacity(bytes), records: Vec::with_capacity(1) }
    }

    /// Rows of which no more is known than their keys.
    pub(super) fn of(records: Vec<Record>) -> Self {
        Self { buffer: Vec::new(), records }
    }

    /// The row with that id.
    pub(super) fn named(id: &str) -> Self {
        Self::of(vec![Record { id: id.to_owned(), ..Record::default() }])
    }

    pub(crate) fn len(&self) -> usize {
        self.records.len()
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.records.is_empty()
    }

    /// The number of bytes of all attributes.
    pub(crate) fn size(&self) -> usize {
        self.buffer.len()
    }

    pub(crate) fn iter(&self) -> std::slice::Iter<'_, Record> {
        self.records.iter()
    }

    pub(crate) fn get(&self, index: usize) -> Option<&Record> {
        self.records.get(index)
    }

    /// The attributes of a row, as a JSON object.
    pub(crate) fn attributes(&self, record: &Record) -> &[u8] {
        &self.buffer[record.attributes.clone()]
    }

    /// Gives a row other attributes, a JSON object.
    pub(crate) fn set_attributes(&mut self, index: usize, json: &[u8]) {
        let start = self.buffer.len();
        self.buffer.extend_from_slice(json);
        self.records[index].attributes = start..self.buffer.len();
    }

    /// Takes away the id at the other end of one of the to-one relationships.
    pub(crate) fn unlink(&mut self, index: usize, linkage: usize) {
        self.records[index].linkages[linkage] = None;
    }

    /// Takes away the ids at the other end of a to-one relationship that are none of these.
    pub(super) fn unlink_missing(&mut self, linkage: usize, found: &HashSet<&str>) {
        for record in &mut self.records {
            if record.linkages[linkage].as_deref().is_some_and(|id| !found.contains(id)) {
                record.linkages[linkage] = None;
            }
        }
    }

    /// Keeps those rows that are seen.
    pub(crate) fn retain(&mut self, seen: &[bool]) {
        let mut index = 0;
        self.records.retain(|_| {
            index += 1;
            seen[index - 1]
        });
    }

    /// Drops all rows but the first ones.
    pub(crate) fn truncate(&mut self, len: usize) {
        self.records.truncate(len);
    }
}

/// Reads the rows of a `Select`.
pub(super) struct RecordReader<'a, DB: Dialect> {
    endpoint: &'a Endpoint,
    codecs: &'static Codecs<DB>,
    select: &'a Select<DB>,
    /// Reads the column by which rows were found.
    parent_key: Option<&'a Codec<DB>>,
    model_columns: ModelColumns<DB>,
    pub(super) records: Records,
}

impl<'a, DB: Dialect> RecordReader<'a, DB> {
    pub(super) fn new(endpoint: &'a Endpoint, select: &'a Select<DB>, parent_key: Option<&'a Codec<DB>>) -> Self {
        let codecs = endpoint.resource.codecs();
        Self {
            endpoint,
            codecs,
            select,
            parent_key,
            model_columns: ModelColumns::default(),
            records: Records::default(),
        }
    }

    fn read_attributes<'r, R: Row<'r, DB>>(&mut self, row: &R, columns: &mut Columns, id: &str) -> QueryResult<usize> {
        let out = &mut self.records.buffer;
        let start = out.len();
        out.push(b'{');
        for place in &self.select.attributes {
            let attribute = &self.endpoint.resource.attributes[*place];
            let field_codec = self.codecs.attribute(*place);
            let field = columns.next(row)?;
            if field_codec.omission.is_some_and(|is_omitted| is_omitted(field.value())) {
                continue;
            }
            if out.last() != Some(&b'{') {
                out.push(b',');
            }
            out.extend_from_slice(&self.endpoint.members[*place]);
            let (name, codec) = (attribute.name, &field_codec.codec);
            (codec.encode)(field.value(), out).map_err(|cause| {
                told(unreadable(name, codec, &cause).of_resource(&self.endpoint.settings.collection_name, id))
            })?;
        }
        Ok(start)
    }

    /// Adds what the model itself tells.
    fn present<'r, R: Row<'r, DB>>(&mut self, row: &R, columns: &Columns, id: &str) -> QueryResult<()> {
        let resource = self.endpoint.resource;
        let asked = self.select.presented.as_ref().zip(self.codecs.presentation.as_ref());
        let Some((Presented { wanted, .. }, presentation)) = asked else {
            return Ok(());
        };
        self.model_columns.check(resource, row, columns.0)?;
        let presented = presentation.present(&ModelRow::behind(row, columns.0), wanted);
        let name = &self.endpoint.settings.collection_name;
        let mut presented = presented.map_err(|error| told(error.of_resource(name, id)))?;
        self.endpoint.conceal(&mut presented);
        let out = &mut self.records.buffer;
        for (name, value) in presented {
            if out.last() != Some(&b'{') {
                out.push(b',');
            }
            json::write_text(&name, out);
            out.push(b':');
            out.extend_from_slice(value.to_string().as_bytes());
        }
        Ok(())
    }

    fn read_linkages<'r, R: Row<'r, DB>>(&self, row: &R, columns: &mut Columns) -> QueryResult<Vec<Option<String>>> {
        let resource = self.endpoint.resource;
        let mut linkages = Vec::with_capacity(self.select.linkages.len());
        for linkage in &self.select.linkages {
            let relationship = &resource.relationships[linkage.relationship];
            linkages.push(columns.key(row, relationship.name, &relationship.target().codecs().key.codec)?);
        }
        Ok(linkages)
    }
}

impl<DB: Dialect> Visitor<DB> for RecordReader<'_, DB> {
    fn visit<'a, R: Row<'a, DB>>(&mut self, row: &R) -> QueryResult<()> {
        let mut columns = Columns(0);
        let id = columns.key(row, "id", &self.codecs.key.codec)?.unwrap_or_default();
        let primary_key = self.codecs.primary_key.as_ref();
        let reference = primary_key.map(|codec| columns.key(row, "id", codec)).transpose()?.flatten();
        let parent_key = self.parent_key.map(|codec| columns.key(row, "id", codec)).transpose()?.flatten();
        let start = self.read_attributes(row, &mut columns, &id)?;
        let linkages = self.read_linkages(row, &mut columns)?;
        self.present(row, &columns, &id)?;
        self.records.buffer.push(b'}');
        let attributes = start..self.records.buffer.len();
        self.records.records.push(Record { id, reference, parent_key, linkages, attributes });
        Ok(())
    }
}

/// Reads the key of a row as text.
pub(super) struct KeyReader<'a, DB: Dialect> {
    pub(super) codec: &'a Codec<DB>,
    pub(super) key: Option<String>,
}

impl<DB: Dialect> Visitor<DB> for KeyReader<'_, DB> {
    fn visit<'a, R: Row<'a, DB>>(&mut self, row: &R) -> QueryResult<()> {
        self.key = Columns(0).key(row, "id", self.codec)?;
        Ok(())
    }
}

/// The next column of a row.
#[derive(Default)]
pub(super) struct Columns(usize);

impl Columns {
    pub(super) fn next<'r, 'a, DB: Dialect, R: Row<'a, DB>>(&mut self, row: &'r R) -> QueryResult<R::Field<'r>> {
        let field = row.get(self.0);
        self.0 += 1;
        field.ok_or_else(|| DieselError::DeserializationError("a row has fewer columns than asked for".into()))
    }

    /// The text of a key, which a message calls by that name; `None` if it is null.
    pub(super) fn key<'a, DB: Dialect, R: Row<'a, DB>>(
        &mut self,
        row: &R,
        name: &str,
        codec: &Codec<DB>,
    ) -> QueryResult<Option<String>> {
        let field = self.next(row)?;
        if field.is_null() {
            return Ok(None);
        }
        let mut text = Vec::new();
        (codec.decode)(field.value(), &mut text).map_err(|cause| told(unreadable(name, codec, &cause)))?;
        String::from_utf8(text).map(Some).map_err(|cause| told(unreadable(name, codec, &cause)))
    }
}
