//! Documents that the server sends, written from records straight to bytes.

use super::links::{self, Address, PageLinks};
use super::{document, write_string};
use crate::operation::{Outcome, Page, Record, Records};
use crate::response::Response;

const VERSION: &[u8] = b"{\"jsonapi\":{\"version\":\"1.1\"},\"links\":{";

/// Answers with what came of an operation; `path` is the path of the request.
pub(crate) fn respond(outcome: &Outcome, address: &Address, writer: &Writer<'_>) -> Response {
    match outcome {
        Outcome::Collection(page) => collection(page, address, writer),
        Outcome::Resource(records) => document(200, single(records, &address.itself(writer.path), writer)),
        Outcome::Created(records) => {
            let location = address.resource(&records.first().id);
            document(201, single(records, &location, writer)).with_header("Location", location)
        }
        Outcome::Updated(Some(records)) => document(200, single(records, &address.itself(writer.path), writer)),
        Outcome::Updated(None) | Outcome::Deleted => Response::empty(204),
    }
}

/// What the documents of one request have in common.
pub(crate) struct Writer<'a> {
    /// The path of the request, from the server's root.
    pub(crate) path: &'a str,
    /// The path of the collection, from the server's root.
    pub(crate) collection: &'a str,
    /// The type of the resources.
    pub(crate) type_name: &'a str,
}

fn single(records: &Records, itself: &str, writer: &Writer<'_>) -> Vec<u8> {
    let mut out = Vec::with_capacity(records.size() + 256);
    out.extend_from_slice(VERSION);
    out.extend_from_slice(b"\"self\":");
    write_string(itself, &mut out);
    out.extend_from_slice(b"},\"data\":");
    resource_object(records, &records.first(), writer, &mut out);
    out.push(b'}');
    out
}

fn collection(page: &Page, address: &Address, writer: &Writer<'_>) -> Response {
    let links = address.pages(page.paging, page.last(), page.has_next);
    let mut out = Vec::with_capacity(page.records.size() + 128 * page.records.len() + 512);
    out.extend_from_slice(VERSION);
    out.extend_from_slice(b"\"self\":");
    write_string(&address.itself(writer.path), &mut out);
    page_links(&links, &mut out);
    out.extend_from_slice(b"},\"data\":[");
    for (index, record) in page.records.iter().enumerate() {
        if index > 0 {
            out.push(b',');
        }
        resource_object(&page.records, record, writer, &mut out);
    }
    out.push(b']');
    if let Some(total) = page.total {
        out.extend_from_slice(format!(",\"meta\":{{\"total\":{total}}}").as_bytes());
    }
    out.push(b'}');
    let response = document(200, out);
    if links.is_empty() { response } else { response.with_header("Link", links::header(&links)) }
}

fn page_links(links: &PageLinks, out: &mut Vec<u8>) {
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

fn resource_object(records: &Records, record: &Record, writer: &Writer<'_>, out: &mut Vec<u8>) {
    out.extend_from_slice(b"{\"type\":");
    write_string(writer.type_name, out);
    out.extend_from_slice(b",\"id\":");
    write_string(&record.id, out);
    let attributes = records.attributes(record);
    if attributes.len() > 2 {
        out.extend_from_slice(b",\"attributes\":");
        out.extend_from_slice(attributes);
    }
    out.extend_from_slice(b",\"links\":{\"self\":\"");
    links::write_resource(writer.collection, &record.id, out);
    out.extend_from_slice(b"\"}}");
}
