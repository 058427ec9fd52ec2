//! Rows as the operations hand them on: keys as text, attributes as JSON in one buffer.

use std::ops::Range;

use diesel::QueryResult;
use diesel::result::Error as DieselError;
use diesel::row::{Field, Row};

use crate::backend::{Dialect, Visitor};
use crate::endpoint::Endpoint;

/// A row: its key, and where its attributes stand in the buffer.
#[derive(Debug, Clone, Default)]
pub(crate) struct Record {
    pub(crate) id: String,
    attributes: Range<usize>,
}

/// Rows of one resource type.
#[derive(Debug, Default)]
pub(crate) struct Records {
    buffer: Vec<u8>,
    records: Vec<Record>,
}

impl Records {
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

    /// The first row; of none, one without a key.
    pub(crate) fn first(&self) -> Record {
        self.records.first().cloned().unwrap_or_default()
    }

    /// The attributes of a row, as a JSON object.
    pub(crate) fn attributes(&self, record: &Record) -> &[u8] {
        &self.buffer[record.attributes.clone()]
    }

    /// Drops all rows but the first ones.
    pub(crate) fn truncate(&mut self, len: usize) {
        self.records.truncate(len);
    }
}

/// Reads the rows of a `Select`.
pub(crate) struct RecordReader<'a, DB: Dialect> {
    endpoint: &'a Endpoint<DB>,
    attributes: &'a [usize],
    pub(crate) records: Records,
}

impl<'a, DB: Dialect> RecordReader<'a, DB> {
    /// For rows that have the key and those attributes, in that order.
    pub(crate) fn new(endpoint: &'a Endpoint<DB>, attributes: &'a [usize]) -> Self {
        Self { endpoint, attributes, records: Records::default() }
    }
}

impl<DB: Dialect> Visitor<DB> for RecordReader<'_, DB> {
    fn visit<'a, R: Row<'a, DB>>(&mut self, row: &R) -> QueryResult<()> {
        let out = &mut self.records.buffer;
        let start = out.len();
        out.push(b'{');
        for (column, place) in self.attributes.iter().enumerate() {
            if column > 0 {
                out.push(b',');
            }
            out.extend_from_slice(&self.endpoint.members[*place]);
            let field = field(row, column + 1)?;
            let encode = self.endpoint.resource.attributes[*place].codec.encode;
            encode(field.value(), out).map_err(DieselError::DeserializationError)?;
        }
        out.push(b'}');
        let attributes = start..out.len();
        let id = key(self.endpoint, row)?;
        self.records.records.push(Record { id, attributes });
        Ok(())
    }
}

/// Reads the key of a row as text.
pub(crate) struct KeyReader<'a, DB: Dialect> {
    pub(crate) endpoint: &'a Endpoint<DB>,
    pub(crate) key: Option<String>,
}

impl<DB: Dialect> Visitor<DB> for KeyReader<'_, DB> {
    fn visit<'a, R: Row<'a, DB>>(&mut self, row: &R) -> QueryResult<()> {
        self.key = Some(key(self.endpoint, row)?);
        Ok(())
    }
}

/// Reads a number.
#[derive(Default)]
pub(crate) struct CountReader(pub(crate) u64);

impl<DB: Dialect> Visitor<DB> for CountReader {
    fn visit<'a, R: Row<'a, DB>>(&mut self, row: &R) -> QueryResult<()> {
        let number = DB::read_integer(field(row, 0)?.value()).map_err(DieselError::DeserializationError)?;
        self.0 = u64::try_from(number).unwrap_or(0);
        Ok(())
    }
}

fn key<'a, DB: Dialect, R: Row<'a, DB>>(endpoint: &Endpoint<DB>, row: &R) -> QueryResult<String> {
    let mut text = Vec::new();
    let decode = endpoint.resource.key.codec.decode;
    decode(field(row, 0)?.value(), &mut text).map_err(DieselError::DeserializationError)?;
    String::from_utf8(text).map_err(|error| DieselError::DeserializationError(error.into()))
}

fn field<'r, 'a, DB: Dialect, R: Row<'a, DB>>(row: &'r R, column: usize) -> QueryResult<R::Field<'r>> {
    row.get(column).ok_or_else(|| DieselError::DeserializationError("a row has fewer columns than asked for".into()))
}
