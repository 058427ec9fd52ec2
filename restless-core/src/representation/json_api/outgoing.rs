//! Documents that the server sends, written from records straight to bytes.

use serde_json::{Map, Value};

use super::links::{self, Address, PageLinks};
use super::resource::Resource;
use super::uniqueness::Unique;
use super::{document, evaluation, write_string};
use crate::endpoint::EndpointId;
use crate::operation::{Compound, Evaluation, Linkage, Outcome, Page, RecordRef};
use crate::registry::Registry;
use crate::response::Response;

/// What the documents of one request have in common.
pub(crate) struct Writer<'a> {
    pub(crate) registry: &'a Registry,
    /// What stands before the paths of the collections.
    base: &'a str,
    pub(crate) address: &'a Address,
    /// What the application adds to the member `meta`.
    meta: Map<String, Value>,
}

impl<'a> Writer<'a> {
    /// For a request whose endpoints stand below `base`.
    pub(crate) fn new(registry: &'a Registry, base: &'a str, address: &'a Address) -> Self {
        Self { registry, base, address, meta: Map::new() }
    }

    /// With what the application adds to the member `meta`.
    pub(crate) fn with_meta(mut self, meta: Map<String, Value>) -> Self {
        self.meta = meta;
        self
    }

    /// Appends the URL of a resource, as it stands within a JSON string.
    pub(super) fn write_url(&self, place: EndpointId, id: &str, out: &mut Vec<u8>) {
        out.extend_from_slice(self.base.as_bytes());
        out.extend_from_slice(self.registry.endpoint(place).path.as_bytes());
        out.push(b'/');
        links::write_segment(id, out);
    }

    /// Answers with what came of an operation.
    pub(crate) fn respond(&self, outcome: &Outcome) -> Response {
        match outcome {
            Outcome::Values(values) => self.values(values),
            Outcome::Collection(page) => self.page(page, Form::Resource),
            Outcome::Resource(compound) => document(200, self.single(compound, &self.address.itself(), None)),
            Outcome::Only(compound) => self.only(compound),
            Outcome::Linkage(Linkage::ToOne(compound)) => document(200, self.identifier(compound)),
            Outcome::Linkage(Linkage::ToMany(page)) => self.page(page, Form::Identifier),
            Outcome::Created(compound) => self.created(compound),
            Outcome::Updated(Some(compound)) => document(200, self.single(compound, &self.address.itself(), None)),
            // Many at once are changed in the classic format alone.
            Outcome::Updated(None) | Outcome::Done | Outcome::Modified(_) | Outcome::Deleted(_) => Response::empty(204),
        }
    }

    fn values(&self, values: &Evaluation) -> Response {
        evaluation::respond_with_values(values, self.address)
    }

    fn created(&self, compound: &Compound) -> Response {
        let location = self.location(compound);
        document(201, self.single(compound, &location, None)).with_header("Location", location)
    }

    /// The one resource of a collection, where it is found by itself.
    fn only(&self, compound: &Compound) -> Response {
        let response = document(200, self.single(compound, &self.address.itself(), Some(1)));
        response.with_header("Location", self.location(compound))
    }

    /// The URL of the resource.
    fn location(&self, compound: &Compound) -> String {
        let mut location = Vec::new();
        if let Some(record) = compound.resource() {
            self.write_url(compound.primary().place, &record.id, &mut location);
        }
        String::from_utf8_lossy(&location).into_owned()
    }

    fn single(&self, compound: &Compound, itself: &str, total: Option<u64>) -> Vec<u8> {
        let mut out = start(itself, compound);
        out.extend_from_slice(b"},\"data\":");
        let unique = Unique::new(self.registry, compound);
        match compound.resource() {
            Some(_) => Resource { writer: self, compound, unique: &unique, position: RecordRef { set: 0, index: 0 } }
                .write(&mut out),
            None => out.extend_from_slice(b"null"),
        }
        self.included(compound, &unique, &mut out);
        self.write_meta(total, &mut out);
        out.push(b'}');
        out
    }

    /// The document of a to-one relationship.
    fn identifier(&self, compound: &Compound) -> Vec<u8> {
        let mut out = start(&self.address.itself(), compound);
        self.related(&mut out);
        out.extend_from_slice(b"},\"data\":");
        match compound.resource() {
            Some(record) => self.write_identifier(compound.primary().place, &record.id, &mut out),
            None => out.extend_from_slice(b"null"),
        }
        self.included(compound, &Unique::new(self.registry, compound), &mut out);
        self.write_meta(None, &mut out);
        out.push(b'}');
        out
    }

    fn page(&self, page: &Page, form: Form) -> Response {
        let links = self.address.pages(page);
        let mut out = start(&self.address.itself(), &page.compound);
        if form == Form::Identifier {
            self.related(&mut out);
        }
        write_page_links(&links, &mut out);
        out.extend_from_slice(b"},\"data\":[");
        self.items(&page.compound, form, &mut out);
        self.write_meta(page.total, &mut out);
        out.push(b'}');
        let response = document(200, out);
        if links.is_empty() { response } else { response.with_header("Link", links::header(&links)) }
    }

    fn write_meta(&self, total: Option<u64>, out: &mut Vec<u8>) {
        if self.meta.is_empty() {
            if let Some(total) = total {
                out.extend_from_slice(format!(",\"meta\":{{\"total\":{total}}}").as_bytes());
            }
            return;
        }
        let mut meta = self.meta.clone();
        if let Some(total) = total {
            meta.entry("total").or_insert_with(|| total.into());
        }
        out.extend_from_slice(b",\"meta\":");
        out.extend_from_slice(Value::Object(meta).to_string().as_bytes());
    }

    fn items(&self, compound: &Compound, form: Form, out: &mut Vec<u8>) {
        let unique = Unique::new(self.registry, compound);
        let primary = compound.primary();
        for (index, record) in primary.records.iter().enumerate() {
            if index > 0 {
                out.push(b',');
            }
            match form {
                Form::Resource => {
                    Resource { writer: self, compound, unique: &unique, position: RecordRef { set: 0, index } }
                        .write(out);
                }
                Form::Identifier => self.write_identifier(primary.place, &record.id, out),
            }
        }
        out.push(b']');
        self.included(compound, &unique, out);
    }

    /// The link from a relationship to its resources (JSON:API 1.1, "Related Resource Links").
    fn related(&self, out: &mut Vec<u8>) {
        if let Some((resource, name)) = self.address.path.rsplit_once("/relationships/") {
            out.extend_from_slice(b",\"related\":");
            write_string(&format!("{resource}/{name}"), out);
        }
    }

    fn write_identifier(&self, place: EndpointId, id: &str, out: &mut Vec<u8>) {
        super::resource::write_identifier(&self.registry.endpoint(place).settings.collection_name, id, out);
    }

    fn included(&self, compound: &Compound, unique: &Unique<'_>, out: &mut Vec<u8>) {
        if !compound.has_included {
            return;
        }
        out.extend_from_slice(b",\"included\":[");
        for (number, position) in unique.included().iter().enumerate() {
            if number > 0 {
                out.push(b',');
            }
            Resource { writer: self, compound, unique, position: *position }.write(out);
        }
        out.push(b']');
    }
}

/// How the primary data is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// As resource objects.
    Resource,
    /// As resource identifier objects.
    Identifier,
}

fn start(itself: &str, compound: &Compound) -> Vec<u8> {
    let sizes = compound.sets.iter().map(|set| &set.records);
    let size: usize = sizes.map(|records| records.size() + 256 * records.len()).sum();
    let mut out = Vec::with_capacity(size + 512);
    out.extend_from_slice(b"{\"jsonapi\":{\"version\":\"1.1\"},\"links\":{\"self\":");
    write_string(itself, &mut out);
    out
}

pub(super) fn write_page_links(links: &PageLinks, out: &mut Vec<u8>) {
    for (relation, link) in links {
        out.extend_from_slice(b",\"");
        out.extend_from_slice(relation.as_bytes());
        out.extend_from_slice(b"\":");
        match link {
            Some(link) => write_string(link, out),
            None => out.extend_from_slice(b"null"),
        }
    }
}
