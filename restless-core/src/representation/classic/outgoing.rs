//! Objects and lists that the server sends, written from records straight to bytes.

use std::collections::HashMap;

use serde_json::{Map, Value};

use super::links::{self, ListUrl, PageNames};
use super::{errors, evaluation, object};
use crate::dialect::Kind;
use crate::endpoint::{Endpoint, EndpointId};
use crate::error::Error;
use crate::json::{Members, write_text};
use crate::operation::{Compound, Evaluation, Linkage, Outcome, Page, Record, RecordRef, Resources};
use crate::query::Paging;
use crate::registry::Registry;
use crate::resource_type::{Link, RelationshipId};
use crate::response::Response;

/// Whether a list tells where its other pages are: those of a relation never did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Links {
    Told,
    NotTold,
}

/// What the objects of one request have in common.
pub(crate) struct Writer<'a> {
    registry: &'a Registry,
    /// What stands before the paths of the collections.
    base: &'a str,
    /// The URL of the request.
    url: ListUrl<'a>,
    links: Links,
    /// What the application adds to the object.
    added: Map<String, Value>,
    /// Whether resources may be hidden that foreign keys name.
    conceals: bool,
}

impl<'a> Writer<'a> {
    /// For a request for that URL, whose endpoints stand below `base`.
    pub(crate) fn new(registry: &'a Registry, base: &'a str, url: ListUrl<'a>, links: Links) -> Self {
        let conceals = registry.has_rules();
        Self { registry, base, url, links, added: Map::new(), conceals }
    }

    /// With what the application adds to the object, which may have hidden resources too.
    pub(crate) fn with_added(self, added: Map<String, Value>) -> Self {
        Self { added, conceals: true, ..self }
    }

    /// Answers with what came of an operation.
    pub(crate) fn respond(&self, outcome: &Outcome) -> Response {
        match outcome {
            Outcome::Values(values) => self.values(values),
            Outcome::Collection(page) | Outcome::Linkage(Linkage::ToMany(page)) => self.list(page),
            Outcome::Resource(compound) | Outcome::Updated(Some(compound)) => self.single(200, compound),
            Outcome::Linkage(Linkage::ToOne(compound)) => self.single(200, compound),
            Outcome::Only(compound) => self.located(200, compound),
            Outcome::Created(compound) => self.located(201, compound),
            Outcome::Modified(rows) => object(200, format!("{{\"num_modified\":{rows}}}").into_bytes()),
            Outcome::Deleted(rows) => object(200, format!("{{\"num_deleted\":{rows}}}").into_bytes()),
            Outcome::Updated(None) | Outcome::Done => Response::empty(204),
        }
    }

    fn values(&self, values: &Evaluation) -> Response {
        evaluation::respond_with_values(values, self.url)
    }

    fn located(&self, status: u16, compound: &Compound) -> Response {
        let response = self.single(status, compound);
        let endpoint = self.registry.endpoint(compound.primary().place);
        match compound.resource() {
            Some(record) => response.with_header("Location", links::url(self.base, endpoint, &record.id)),
            None => response,
        }
    }

    /// One object; a relation that leads nowhere has none.
    fn single(&self, status: u16, compound: &Compound) -> Response {
        let endpoint = self.registry.endpoint(compound.primary().place);
        if compound.resource().is_none() {
            let error = Error::no_such_resource(&endpoint.settings.collection_name, "");
            return errors::respond_with_errors(&error.into());
        }
        let mut out = Vec::with_capacity(size(compound));
        Objects::of(self, compound).write(0, &mut out);
        write_added(&self.added, &mut out);
        object(status, out)
    }

    fn list(&self, page: &Page) -> Response {
        let rows = page.compound.primary().records.len();
        let list = List::new(page.paging, page.total, Extent { rows, has_next: page.has_next });
        let objects = Objects::of(self, &page.compound);
        let mut out = Vec::with_capacity(size(&page.compound));
        write_frame(&list, &self.added, &mut out, |out| {
            for index in 0..rows {
                if index > 0 {
                    out.push(b',');
                }
                objects.write(index, out);
            }
        });
        let response = object(200, out);
        match self.links {
            Links::Told => {
                let link = self.url.header(PageNames::OF_LISTS, page.paging, &list);
                response.with_header("Link", link)
            }
            Links::NotTold => response,
        }
    }
}

fn size(compound: &Compound) -> usize {
    compound.sets.iter().map(|set| set.records.size() + 64 * set.records.len()).sum::<usize>() + 256
}

/// The numbers of a list.
pub(super) struct List {
    num_results: u64,
    page: u64,
    pub(super) total_pages: u64,
    pub(super) has_next: bool,
}

/// How many rows a page has, and whether there are more behind it.
#[derive(Clone, Copy)]
pub(super) struct Extent {
    pub(super) rows: usize,
    pub(super) has_next: bool,
}

impl List {
    /// Of a page with that many rows; where no total may be told, as much as the pages up to this one tell.
    pub(super) fn new(paging: Paging, total: Option<u64>, extent: Extent) -> Self {
        let Extent { rows, has_next } = extent;
        let Some((before, size)) = paging.extent() else {
            return Self { num_results: total.unwrap_or(rows as u64), page: 1, total_pages: 1, has_next: false };
        };
        // One that begins within a page counts as that page.
        let page = before / size + 1;
        let (num_results, total_pages) = match total {
            Some(total) => (total, total.div_ceil(size)),
            None => (before.saturating_add(rows as u64), page + u64::from(has_next)),
        };
        Self { num_results, page, total_pages, has_next }
    }
}

/// `{"num_results":3,"objects":[…],"page":1,"total_pages":1}`
pub(super) fn write_frame(
    list: &List,
    added: &Map<String, Value>,
    out: &mut Vec<u8>,
    write_objects: impl FnOnce(&mut Vec<u8>),
) {
    out.extend_from_slice(format!("{{\"num_results\":{},\"objects\":[", list.num_results).as_bytes());
    write_objects(out);
    out.extend_from_slice(format!("],\"page\":{},\"total_pages\":{}}}", list.page, list.total_pages).as_bytes());
    write_added(added, out);
}

/// Puts further members into the object that was written last.
fn write_added(added: &Map<String, Value>, out: &mut Vec<u8>) {
    if added.is_empty() {
        return;
    }
    out.pop();
    for (name, value) in added {
        if out.last() != Some(&b'{') {
            out.push(b',');
        }
        write_text(name, out);
        out.push(b':');
        out.extend_from_slice(value.to_string().as_bytes());
    }
    out.push(b'}');
}

/// The objects of a compound, with those that stand within others by endpoint and id.
struct Objects<'a> {
    writer: &'a Writer<'a>,
    compound: &'a Compound,
    related: HashMap<(EndpointId, &'a str), RecordRef>,
}

/// A record that is written, and the resources that it is one of.
#[derive(Clone, Copy)]
struct Shown<'a> {
    resources: &'a Resources,
    record: &'a Record,
}

/// A relationship whose resources stand within the object, and the endpoint that it leads to.
#[derive(Clone, Copy)]
struct Followed {
    relationship: RelationshipId,
    target: EndpointId,
}

impl<'a> Objects<'a> {
    fn of(writer: &'a Writer<'a>, compound: &'a Compound) -> Self {
        let sets = compound.sets.iter().enumerate().skip(1);
        let related = sets.flat_map(|(set, resources)| {
            let records = resources.records.iter().enumerate();
            records.map(move |(index, record)| ((resources.place, record.id.as_str()), RecordRef { set, index }))
        });
        Self { writer, compound, related: related.collect() }
    }

    /// Appends a resource of the primary data, with its relations.
    fn write(&self, index: usize, out: &mut Vec<u8>) {
        let resources = self.compound.primary();
        let Some(record) = resources.records.get(index) else {
            return;
        };
        let endpoint = self.writer.registry.endpoint(resources.place);
        let shown = Shown { resources, record };
        self.write_columns(shown, out);
        out.pop();
        for id in &resources.selection.relationships {
            let relationship = &endpoint.resource.relationships[*id];
            if !relationship.is_includable {
                continue;
            }
            if out.last() != Some(&b'{') {
                out.push(b',');
            }
            write_text(relationship.name, out);
            out.push(b':');
            let followed = Followed { relationship: *id, target: endpoint.targets[*id] };
            if relationship.is_to_one() {
                self.write_one(shown, followed, out);
            } else {
                self.write_many(index, followed, out);
            }
        }
        out.push(b'}');
    }

    fn write_one(&self, shown: Shown<'_>, followed: Followed, out: &mut Vec<u8>) {
        let linkage = shown.resources.linkages.iter().position(|linkage| *linkage == followed.relationship);
        let id = linkage.and_then(|linkage| shown.record.linkages.get(linkage)?.as_deref());
        match id.and_then(|id| self.related.get(&(followed.target, id))) {
            Some(found) => self.write_related(*found, out),
            None => out.extend_from_slice(b"null"),
        }
    }

    fn write_many(&self, index: usize, followed: Followed, out: &mut Vec<u8>) {
        let mut linkages = self.compound.primary().to_many.iter();
        let ids = linkages.find(|(found, _)| *found == followed.relationship).and_then(|(_, ids)| ids.get(index));
        let found = ids.into_iter().flatten().filter_map(|id| self.related.get(&(followed.target, id.as_str())));
        out.push(b'[');
        for (number, found) in found.enumerate() {
            if number > 0 {
                out.push(b',');
            }
            self.write_related(*found, out);
        }
        out.push(b']');
    }

    fn write_related(&self, found: RecordRef, out: &mut Vec<u8>) {
        let resources = &self.compound.sets[found.set];
        if let Some(record) = resources.records.get(found.index) {
            self.write_columns(Shown { resources, record }, out);
        }
    }

    /// Appends the object without its relations.
    fn write_columns(&self, shown: Shown<'_>, out: &mut Vec<u8>) {
        let Shown { resources, record } = shown;
        let endpoint = self.writer.registry.endpoint(resources.place);
        out.push(b'{');
        if endpoint.shows_id() {
            out.extend_from_slice(b"\"id\":");
            write_id(endpoint.resource.key.sql.kind(), &record.id, out);
        }
        let attributes = resources.records.attributes(record);
        if attributes.len() > 2 {
            if endpoint.shows_id() {
                out.push(b',');
            }
            let hidden = if self.writer.conceals { hidden_keys(endpoint, resources, record) } else { Vec::new() };
            if hidden.is_empty() {
                out.extend_from_slice(&attributes[1..attributes.len() - 1]);
            } else {
                write_without(attributes, &hidden, out);
            }
        }
        out.push(b'}');
    }
}

/// A key in the type of its column.
fn write_id(kind: Kind, id: &str, out: &mut Vec<u8>) {
    if kind == Kind::Integer {
        out.extend_from_slice(id.as_bytes());
    } else {
        write_text(id, out);
    }
}

/// The names of foreign keys that name what does not exist for the client.
fn hidden_keys(endpoint: &Endpoint, resources: &Resources, record: &Record) -> Vec<&'static str> {
    let leading_nowhere = resources.linkages.iter().zip(&record.linkages).filter(|(_, linkage)| linkage.is_none());
    let foreign_keys = leading_nowhere.filter_map(|(place, _)| {
        let Link::BelongsTo(foreign_key) = &endpoint.resource.relationships[*place].link else {
            return None;
        };
        endpoint.resource.attribute_of_column(foreign_key.column).map(|attribute| attribute.name)
    });
    foreign_keys.collect()
}

/// The members of an object, some of them as null.
fn write_without(attributes: &[u8], hidden: &[&str], out: &mut Vec<u8>) {
    let text = String::from_utf8_lossy(attributes);
    let members = Members::of(&text);
    let members = members.iter().flat_map(Members::all);
    for (number, (name, value)) in members.enumerate() {
        if number > 0 {
            out.push(b',');
        }
        write_text(name, out);
        out.push(b':');
        out.extend_from_slice(if hidden.contains(&name) { b"null" } else { value.as_bytes() });
    }
}
