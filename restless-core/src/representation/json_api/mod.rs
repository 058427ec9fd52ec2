//! JSON:API documents (`application/vnd.api+json`): requests to what operations understand, outcomes to bytes.

mod errors;
mod evaluation;
mod incoming;
mod links;
mod outgoing;
mod resource;
mod root;
mod uniqueness;

use errors::respond_with_errors;
pub(super) use evaluation::{write_list, write_named};
pub(super) use incoming::body_text;
pub(crate) use incoming::refuse_unread;
use incoming::{read_linkage, read_resource_object};
pub(crate) use links::{Address, base};
use outgoing::Writer;
pub(crate) use root::respond_with_root;

use super::{Answer, Representation, Sent};
use crate::Method;
use crate::endpoint::Mount;
use crate::error::{Errors, Mistakes};
use crate::json::write_text as write_string;
use crate::negotiation::JSON_API;
use crate::operation::{EndpointRef, IncomingLinkage, Outcome, Target};
use crate::query::{Grammar, Parameters};
use crate::request::Request;
use crate::resource_type::Format;
use crate::response::Response;

/// Documents of JSON:API 1.1.
pub(super) struct JsonApi;

impl Representation for JsonApi {
    fn format(&self) -> Format {
        Format::JsonApi
    }

    fn grammar(&self) -> Grammar {
        Grammar::Families
    }

    fn heeds_count(&self) -> bool {
        true
    }

    fn allowed(&self, target: &Target, settings: &Mount) -> Vec<Method> {
        allowed(target, &settings.methods)
    }

    fn parameters(&self, query: &str, _: &Target, mistakes: Mistakes) -> Result<Parameters, Errors> {
        Parameters::parse(query, mistakes)
    }

    fn read_resource<'a>(&self, site: &EndpointRef, request: &'a Request) -> Result<Sent<'a>, Errors> {
        let incoming = read_resource_object(&request.body, &site.endpoint().settings.limits)?;
        Ok(Sent { incoming, search: None })
    }

    fn read_linkage(&self, site: &EndpointRef, request: &Request) -> Result<IncomingLinkage, Errors> {
        read_linkage(&request.body, &site.endpoint().settings.limits)
    }

    fn write(&self, answer: &Answer<'_>, outcome: &Outcome) -> Response {
        let writer = Writer::new(answer.registry, answer.base, answer.address);
        writer.with_meta(answer.added.clone().unwrap_or_default()).respond(outcome)
    }

    fn write_errors(&self, errors: &Errors) -> Response {
        respond_with_errors(errors)
    }
}

/// A response with a document; the media type never has parameters, since no extension or profile is applied.
fn document(status: u16, body: Vec<u8>) -> Response {
    let response = Response { status, headers: Vec::new(), body };
    response.with_header("Content-Type", JSON_API)
}

/// Whoever may update a resource may change its relationships.
fn allowed(target: &Target, methods: &[Method]) -> Vec<Method> {
    let may = |method| methods.contains(&method);
    let sensible: &[Method] = match target {
        Target::Functions => return vec![Method::GET],
        Target::Collection => &[Method::GET, Method::POST],
        Target::Resource(_) => &[Method::GET, Method::PATCH, Method::DELETE],
        Target::Related(..) | Target::Member(..) => &[Method::GET],
        Target::Relationship(..) if may(Method::PATCH) => {
            let changes = [Method::GET, Method::POST, Method::PATCH, Method::DELETE];
            return changes.into_iter().filter(|method| *method != Method::GET || may(Method::GET)).collect();
        }
        Target::Relationship(..) => &[Method::GET],
    };
    sensible.iter().copied().filter(|method| may(*method)).collect()
}
