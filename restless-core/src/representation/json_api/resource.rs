//! Resource objects (JSON:API 1.1, "Resource Objects").

use super::links;
use super::outgoing::Writer;
use super::uniqueness::{ResourceRef, Unique};
use super::write_string;
use crate::endpoint::Endpoint;
use crate::operation::{Compound, Record, RecordRef, Resources};
use crate::resource_type::RelationshipId;

/// One record of a compound document, about to be written.
pub(super) struct Resource<'a> {
    pub(super) writer: &'a Writer<'a>,
    pub(super) compound: &'a Compound,
    pub(super) unique: &'a Unique<'a>,
    /// Which of the compound's records it is.
    pub(super) position: RecordRef,
}

impl Resource<'_> {
    /// Appends the resource object.
    pub(super) fn write(&self, out: &mut Vec<u8>) {
        let RecordRef { set, index } = self.position;
        let resources = &self.compound.sets[set];
        let Some(record) = resources.records.get(index) else {
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
        Relationships { resource: self, resources, record, endpoint }.write(out);
        if endpoint.has_links {
            out.extend_from_slice(b",\"links\":{\"self\":\"");
            self.writer.write_url(resources.place, &record.id, out);
            out.extend_from_slice(b"\"}");
        }
        out.push(b'}');
    }
}

/// The relationships of a record (JSON:API 1.1, "Relationships").
struct Relationships<'a> {
    resource: &'a Resource<'a>,
    resources: &'a Resources,
    record: &'a Record,
    endpoint: &'a Endpoint,
}

impl Relationships<'_> {
    fn write(&self, out: &mut Vec<u8>) {
        let start = out.len();
        for relationship in &self.resources.selection.relationships {
            out.extend_from_slice(if out.len() == start { b",\"relationships\":{" } else { b"," });
            self.write_one(*relationship, out);
        }
        if out.len() > start {
            out.push(b'}');
        }
    }

    fn write_one(&self, id: RelationshipId, out: &mut Vec<u8>) {
        let relationship = &self.endpoint.resource.relationships[id];
        let target = self.resource.writer.registry.endpoint(self.endpoint.targets[id]);
        write_string(relationship.name, out);
        out.extend_from_slice(b":{");
        let has_links = self.endpoint.has_links && target.has_links;
        if has_links {
            self.write_links(relationship.name, out);
        }
        if let Some(linkage) = self.linkage(id) {
            out.extend_from_slice(if has_links { b",\"data\":" } else { b"\"data\":" });
            linkage.write(&target.settings.collection_name, out);
        } else if !has_links {
            out.extend_from_slice(b"\"meta\":{}");
        }
        out.push(b'}');
    }

    fn write_links(&self, name: &str, out: &mut Vec<u8>) {
        out.extend_from_slice(b"\"links\":{\"self\":\"");
        self.write_url(out);
        out.extend_from_slice(b"/relationships/");
        links::write_segment(name, out);
        out.extend_from_slice(b"\",\"related\":\"");
        self.write_url(out);
        out.push(b'/');
        links::write_segment(name, out);
        out.extend_from_slice(b"\"}");
    }

    fn write_url(&self, out: &mut Vec<u8>) {
        self.resource.writer.write_url(self.resources.place, &self.record.id, out);
    }

    fn linkage(&self, id: RelationshipId) -> Option<WrittenLinkage<'_>> {
        if let Some(index) = self.resources.linkages.iter().position(|linkage| *linkage == id) {
            return Some(WrittenLinkage::ToOne(self.record.linkages.get(index)?.as_deref()));
        }
        let resource = self.resource;
        let sought = ResourceRef { origin: self.endpoint.origin, position: resource.position };
        let ids = resource.unique.linkage(resource.compound, sought, id);
        ids.map(|ids| WrittenLinkage::ToMany(ids))
    }
}

/// Resource linkage (JSON:API 1.1, "Resource Linkage").
enum WrittenLinkage<'a> {
    ToOne(Option<&'a str>),
    ToMany(&'a [String]),
}

impl WrittenLinkage<'_> {
    fn write(&self, type_name: &str, out: &mut Vec<u8>) {
        match self {
            WrittenLinkage::ToOne(None) => out.extend_from_slice(b"null"),
            WrittenLinkage::ToOne(Some(id)) => write_identifier(type_name, id, out),
            WrittenLinkage::ToMany(ids) => {
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
