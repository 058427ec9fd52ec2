//! Resource objects (JSON:API 1.1, "Resource Objects").

use super::links;
use super::outgoing::Writer;
use super::uniqueness::Unique;
use super::write_string;
use crate::dialect::Dialect;
use crate::operation::{Compound, Record, Resources};
use crate::resource_type::Relationship;

/// One record of a compound document, about to be written.
pub(super) struct Resource<'a, DB: Dialect> {
    pub(super) writer: &'a Writer<'a, DB>,
    pub(super) compound: &'a Compound,
    pub(super) unique: &'a Unique<'a>,
    pub(super) set: usize,
    pub(super) index: usize,
}

impl<DB: Dialect> Resource<'_, DB> {
    pub(super) fn write(&self, out: &mut Vec<u8>) {
        let resources = &self.compound.sets[self.set];
        let Some(record) = resources.records.get(self.index) else {
            return;
        };
        let endpoint = self.writer.registry.endpoint(resources.place);
        out.extend_from_slice(b"{\"type\":");
        write_string(&endpoint.settings.collection_name, out);
        out.extend_from_slice(b",\"id\":");
        write_string(&record.id, out);
        let attributes = resources.records.attributes(record);
        if attributes.len() > 2 {
            out.extend_from_slice(b",\"attributes\":");
            out.extend_from_slice(attributes);
        }
        self.relationships(resources, record, out);
        if endpoint.has_links {
            out.extend_from_slice(b",\"links\":{\"self\":\"");
            links::write_resource(&self.writer.collections[resources.place], &record.id, out);
            out.extend_from_slice(b"\"}");
        }
        out.push(b'}');
    }

    fn relationships(&self, resources: &Resources, record: &Record, out: &mut Vec<u8>) {
        let start = out.len();
        for place in &resources.selection.relationships {
            out.extend_from_slice(if out.len() == start { b",\"relationships\":{" } else { b"," });
            self.relationship(resources, record, *place, out);
        }
        if out.len() > start {
            out.push(b'}');
        }
    }

    fn relationship(&self, resources: &Resources, record: &Record, place: usize, out: &mut Vec<u8>) {
        let endpoint = self.writer.registry.endpoint(resources.place);
        let relationship = &endpoint.resource.relationships[place];
        let target = endpoint.targets[place];
        write_string(relationship.name, out);
        out.extend_from_slice(b":{");
        let has_links = endpoint.has_links && self.writer.registry.endpoint(target).has_links;
        if has_links {
            self.links(resources, record, relationship, out);
        }
        if let Some(linkage) = self.linkage(resources, record, place) {
            out.extend_from_slice(if has_links { b",\"data\":" } else { b"\"data\":" });
            linkage.write(&self.writer.registry.endpoint(target).settings.collection_name, out);
        } else if !has_links {
            out.extend_from_slice(b"\"meta\":{}");
        }
        out.push(b'}');
    }

    fn links(&self, resources: &Resources, record: &Record, relationship: &Relationship<DB>, out: &mut Vec<u8>) {
        let collection = &self.writer.collections[resources.place];
        out.extend_from_slice(b"\"links\":{\"self\":\"");
        links::write_resource(collection, &record.id, out);
        out.extend_from_slice(b"/relationships/");
        links::write_segment(relationship.name, out);
        out.extend_from_slice(b"\",\"related\":\"");
        links::write_resource(collection, &record.id, out);
        out.push(b'/');
        links::write_segment(relationship.name, out);
        out.extend_from_slice(b"\"}");
    }

    fn linkage<'r>(&'r self, resources: &Resources, record: &'r Record, place: usize) -> Option<Linkage<'r>> {
        if let Some(index) = resources.linkages.iter().position(|linkage| *linkage == place) {
            return Some(Linkage::ToOne(record.linkages.get(index)?.as_deref()));
        }
        let ids = self.unique.linkage(self.compound, (self.set, self.index), place);
        ids.map(|ids| Linkage::ToMany(ids))
    }
}

/// Resource linkage (JSON:API 1.1, "Resource Linkage").
enum Linkage<'a> {
    ToOne(Option<&'a str>),
    ToMany(&'a [String]),
}

impl Linkage<'_> {
    fn write(&self, type_name: &str, out: &mut Vec<u8>) {
        match self {
            Linkage::ToOne(None) => out.extend_from_slice(b"null"),
            Linkage::ToOne(Some(id)) => write_identifier(type_name, id, out),
            Linkage::ToMany(ids) => {
                out.push(b'[');
                for (index, id) in ids.iter().enumerate() {
                    if index > 0 {
                        out.push(b',');
                    }
                    write_identifier(type_name, id, out);
                }
                out.push(b']');
            }
        }
    }
}

/// Appends a resource identifier object.
pub(super) fn write_identifier(type_name: &str, id: &str, out: &mut Vec<u8>) {
    out.extend_from_slice(b"{\"type\":");
    write_string(type_name, out);
    out.extend_from_slice(b",\"id\":");
    write_string(id, out);
    out.push(b'}');
}
