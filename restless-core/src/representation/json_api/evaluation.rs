//! The values of functions. They are no resources, so that these are no documents of JSON:API, whatever their media type.

use super::links::{self, Address, Next};
use super::outgoing::write_page_links;
use super::write_string;
use crate::negotiation::JSON_API;
use crate::operation::Evaluation;
use crate::query::Form;
use crate::response::Response;

/// Answers with values, in the form that the client asked for.
pub(crate) fn respond_with_values(evaluation: &Evaluation, address: &Address) -> Response {
    let mut out = Vec::new();
    let mut response = Response::empty(200).with_header("Content-Type", JSON_API);
    match &evaluation.form {
        Form::Object => write_named(evaluation, 0, &mut out),
        Form::List(places) => write_list(evaluation, places, &mut out),
        Form::Groups => {
            let last = evaluation.paging.last(evaluation.total);
            let links = address.links_of(evaluation.paging, last, evaluation.has_next.then_some(Next));
            write_groups(evaluation, &mut out);
            out.extend_from_slice(b",\"links\":{\"self\":");
            write_string(&address.itself(), &mut out);
            write_page_links(&links, &mut out);
            out.extend_from_slice(b"}}");
            if !links.is_empty() {
                response = response.with_header("Link", links::header(&links));
            }
        }
    }
    response.body = out;
    response
}

/// `{"sum__age":100,"count__id":5}`
pub(crate) fn write_named(evaluation: &Evaluation, row: usize, out: &mut Vec<u8>) {
    out.push(b'{');
    for (index, (name, value)) in evaluation.names.iter().zip(evaluation.values.row(row)).enumerate() {
        if index > 0 {
            out.push(b',');
        }
        write_string(name, out);
        out.push(b':');
        out.extend_from_slice(value);
    }
    out.push(b'}');
}

/// `{"data":[100,5]}`
pub(crate) fn write_list(evaluation: &Evaluation, places: &[usize], out: &mut Vec<u8>) {
    let values: Vec<&[u8]> = evaluation.values.row(0).collect();
    out.extend_from_slice(b"{\"data\":[");
    for (index, place) in places.iter().enumerate() {
        if index > 0 {
            out.push(b',');
        }
        out.extend_from_slice(values.get(*place).copied().unwrap_or(b"null"));
    }
    out.extend_from_slice(b"]}");
}

/// `{"data":[{"vendor":"foo","count__id":2}],"meta":{"total":1}`, and what follows it is the caller's.
fn write_groups(evaluation: &Evaluation, out: &mut Vec<u8>) {
    out.extend_from_slice(b"{\"data\":[");
    for row in 0..evaluation.values.rows() {
        if row > 0 {
            out.push(b',');
        }
        write_named(evaluation, row, out);
    }
    out.push(b']');
    if let Some(total) = evaluation.total {
        out.extend_from_slice(format!(",\"meta\":{{\"total\":{total}}}").as_bytes());
    }
}
