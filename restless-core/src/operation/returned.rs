//! What a statement that writes a row gives back of it.

use std::cell::Cell;

use super::EndpointRef;
use super::compound::Resources;
use super::records::{RecordReader, Records};
use super::shape::Shape;
use crate::dialect::Dialect;
use crate::query::View;
use crate::statement::{Predicate, Returning, Select};

/// How many bytes the attributes of most rows fit in.
const ROOM: usize = 1024;

/// Everything that is seen of the row. It is made with the operation: all others wait while the statement is run.
pub(super) struct Returned<DB: Dialect> {
    shape: Shape,
    select: Select<DB>,
    /// Room for the row, so that the thread that frees it is the one that took it.
    room: Cell<Records>,
}

impl<DB: Dialect> Returned<DB> {
    /// `None` if the row alone does not tell everything.
    pub(super) fn new(site: &EndpointRef, view: &View) -> Option<Self> {
        let shape = Shape::new(&site.registry, site.id, view, &view.include.nodes);
        if site.registry.has_rules() || !shape.is_returnable::<DB>(site, view) {
            return None;
        }
        let select = shape.select(&site.registry, Predicate::All(Vec::new()));
        Some(Self { shape, select, room: Cell::new(Records::with_room(ROOM)) })
    }

    /// The end of the statement.
    pub(super) fn returning(&self) -> Returning<'_, DB> {
        Returning::Row(&self.select)
    }

    /// Reads the row.
    pub(super) fn reader<'a>(&'a self, site: &'a EndpointRef) -> RecordReader<'a, DB> {
        let mut reader = RecordReader::new(site.endpoint(), &self.select, None);
        reader.records = self.room.take();
        reader
    }

    pub(super) fn resources(&self, records: Records) -> Resources {
        self.shape.resources(records)
    }
}
