//! Tables (`text/csv`, RFC 4180): the primary data of a collection, a row for each resource. They are only read, and nothing
//! but a collection is one.

use std::collections::HashMap;

use csv::{Terminator, WriterBuilder};

use super::{Answer, Representation, Sent, json_api};
use crate::Method;
use crate::endpoint::{Endpoint, Mount};
use crate::error::{Error, Errors, Mistakes};
use crate::json::Members;
use crate::negotiation;
use crate::operation::{Compound, EndpointRef, IncomingLinkage, Outcome, Page, Record, Resources, Target};
use crate::query::{Grammar, Parameters};
use crate::request::{Request, RequestMethod};
use crate::resource_type::{Format, Presented, Wanted};
use crate::response::Response;

/// The media type; the first line has the names (RFC 4180, section 3).
const MEDIA_TYPE: &str = "text/csv; charset=utf-8; header=present";

/// The parameter that a table cannot heed: it has no place for other resources.
const INCLUDE: &str = "include";

/// Tables of a collection, with the names of JSON:API.
pub(super) struct Csv;

/// True if a client wants a table of what there is a table of.
pub(super) fn is_asked_for(request: &Request, target: &Target) -> bool {
    let is_read = matches!(request.method, RequestMethod::Known(Method::GET) | RequestMethod::Head);
    let may_be_many = matches!(target, Target::Collection | Target::Related(..));
    is_read && may_be_many && negotiation::prefers_csv(request)
}

impl Representation for Csv {
    fn format(&self) -> Format {
        Format::JsonApi
    }

    fn grammar(&self) -> Grammar {
        Grammar::Table
    }

    fn heeds_count(&self) -> bool {
        true
    }

    fn allowed(&self, target: &Target, settings: &Mount) -> Vec<Method> {
        json_api::JsonApi.allowed(target, settings)
    }

    /// Resources that a client wants to be included are refused.
    fn parameters(&self, query: &str, target: &Target, mistakes: Mistakes) -> Result<Parameters, Errors> {
        let parameters = json_api::JsonApi.parameters(query, target, mistakes)?;
        match parameters.get(INCLUDE) {
            Some(include) if !include.value.is_empty() => {
                let detail = "include: a table has no place for other resources";
                Err(Error::invalid_parameter(INCLUDE, detail).into())
            }
            _ => Ok(parameters),
        }
    }

    fn read_resource<'a>(&self, _: &EndpointRef, _: &'a Request) -> Result<Sent<'a>, Errors> {
        Err(no_table().into())
    }

    fn read_linkage(&self, _: &EndpointRef, _: &Request) -> Result<IncomingLinkage, Errors> {
        Err(no_table().into())
    }

    /// Writes a table; of what is none, the document, if the client takes that as well.
    fn write(&self, answer: &Answer<'_>, outcome: &Outcome) -> Response {
        match outcome {
            Outcome::Collection(page) => write_page(answer, page),
            _ if takes_documents(answer) => json_api::JsonApi.write(answer, outcome),
            _ => self.write_errors(&no_table().into()),
        }
    }

    /// Errors are no table: they are documents, as for whoever says nothing.
    fn write_errors(&self, errors: &Errors) -> Response {
        json_api::JsonApi.write_errors(errors)
    }
}

/// True if the client takes documents of JSON:API besides tables, and the resource has them.
fn takes_documents(answer: &Answer<'_>) -> bool {
    matches!(negotiation::accepted(answer.request, answer.formats), Ok(Format::JsonApi))
}

/// One resource, linkage and what is written are no table.
fn no_table() -> Error {
    Error::not_acceptable("Accept: only a collection is a table, text/csv").at_header("Accept")
}

fn write_page(answer: &Answer<'_>, page: &Page) -> Response {
    let table = Table::of(answer, &page.compound);
    let Ok(body) = table.write() else {
        return json_api::JsonApi.write_errors(&Error::internal("a table could not be written").into());
    };
    let response = Response { status: 200, headers: Vec::new(), body }.with_header("Content-Type", MEDIA_TYPE);
    match answer.address.link_header(page) {
        Some(links) => response.with_header("Link", links),
        None => response,
    }
}

/// The cells of a page.
struct Table<'a> {
    resources: &'a Resources,
    /// The columns behind the id: attributes, in their order, then to-one relationships.
    attributes: Vec<String>,
    linkages: Vec<Linkage>,
    rows: Vec<Row<'a>>,
}

/// A resource, and its attributes as cells by their names.
struct Row<'a> {
    record: &'a Record,
    cells: HashMap<String, String>,
}

/// A to-one relationship that is seen: its name, and where its ids stand in the records.
struct Linkage {
    name: &'static str,
    index: usize,
}

impl<'a> Table<'a> {
    fn of(answer: &Answer<'_>, compound: &'a Compound) -> Self {
        let resources = compound.primary();
        let endpoint = answer.registry.endpoint(resources.place);
        let records = resources.records.iter();
        let rows: Vec<_> = records.map(|record| Row { record, cells: cells(resources, record) }).collect();
        let mut attributes = declared(endpoint, resources);
        // A serializer, or a hook, may tell of others.
        let mut others: Vec<&String> = rows.iter().flat_map(|row| row.cells.keys()).collect();
        others.sort_unstable();
        others.dedup();
        others.retain(|name| !attributes.contains(name));
        attributes.extend(others.into_iter().cloned());
        Self { resources, attributes, linkages: linkages(endpoint, resources), rows }
    }

    fn write(&self) -> Result<Vec<u8>, csv::Error> {
        let room = self.resources.records.size() + 64;
        let mut writer = WriterBuilder::new().terminator(Terminator::CRLF).from_writer(Vec::with_capacity(room));
        let names = self.attributes.iter().map(String::as_str).chain(self.linkages.iter().map(|linkage| linkage.name));
        writer.write_record(["id"].into_iter().chain(names))?;
        for Row { record, cells } in &self.rows {
            writer.write_field(&record.id)?;
            for name in &self.attributes {
                writer.write_field(cells.get(name).map(String::as_str).unwrap_or_default())?;
            }
            for Linkage { index, .. } in &self.linkages {
                writer.write_field(record.linkages.get(*index).and_then(Option::as_deref).unwrap_or_default())?;
            }
            writer.write_record(None::<&[u8]>)?;
        }
        writer.into_inner().map_err(|error| csv::Error::from(error.into_error()))
    }
}

fn cells(resources: &Resources, record: &Record) -> HashMap<String, String> {
    let json = String::from_utf8_lossy(resources.records.attributes(record));
    let members = Members::of(&json);
    let members = members.iter().flat_map(Members::all);
    members.map(|(name, value)| (name.to_owned(), cell(value))).collect()
}

/// The names of the attributes that every resource has.
fn declared(endpoint: &Endpoint, resources: &Resources) -> Vec<String> {
    let selection = &resources.selection;
    let named = selection.attributes.iter().map(|place| endpoint.resource.attributes[*place].name.to_owned());
    let computed = endpoint.resource.presented.as_ref().map(Presented::computed).unwrap_or_default();
    let computed = computed.into_iter().filter(|name| match &selection.presented {
        Some(Wanted::All) => endpoint.is_presented(name),
        Some(Wanted::Named(names)) => names.contains(name) && endpoint.is_presented(name),
        None => false,
    });
    named.chain(computed).collect()
}

/// The to-one relationships that the client sees.
fn linkages(endpoint: &Endpoint, resources: &Resources) -> Vec<Linkage> {
    let seen = resources.selection.relationships.iter().filter_map(|place| {
        let index = resources.linkages.iter().position(|linkage| linkage == place)?;
        Some(Linkage { name: endpoint.resource.relationships[*place].name, index })
    });
    seen.collect()
}

/// A JSON value as the text of a cell: null is empty, and so is the empty text; what has members stays JSON.
fn cell(json: &str) -> String {
    match json.as_bytes().first() {
        Some(b'"') => serde_json::from_str(json).unwrap_or_default(),
        Some(b'n') => String::new(),
        _ => json.to_owned(),
    }
}
