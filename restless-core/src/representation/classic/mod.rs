//! The classic format of Flask-Restless 0.17: flat objects, related ones within them.

mod errors;
mod evaluation;
mod incoming;
mod links;
mod outgoing;

use errors::respond_with_errors;
use incoming::{SearchText, read_object};
use links::ListUrl;
use outgoing::{Links, Writer};

use super::{Answer, Representation, Sent};
use crate::Method;
use crate::endpoint::Mount;
use crate::error::{Error, Errors, Mistakes};
use crate::negotiation::JSON;
use crate::operation::{EndpointRef, IncomingLinkage, Outcome, Target};
use crate::query::{Grammar, Parameters};
use crate::request::Request;
use crate::resource_type::Format;
use crate::response::Response;

/// The query parameters that it knows. Others were never looked at.
const PARAMETERS: [&str; 3] = ["q", "page", "results_per_page"];

/// Those of its functions, with what JSON:API knows besides.
const PARAMETERS_OF_FUNCTIONS: [&str; 6] = ["q", "functions", "filter", "group", "sort", "page"];

/// The flat objects of Flask-Restless 0.17.
pub(super) struct Classic;

impl Representation for Classic {
    fn format(&self) -> Format {
        Format::Classic
    }

    fn grammar(&self) -> Grammar {
        Grammar::Search
    }

    /// A list always tells its total.
    fn heeds_count(&self) -> bool {
        false
    }

    fn allowed(&self, target: &Target, settings: &Mount) -> Vec<Method> {
        allowed(target, settings)
    }

    fn parameters(&self, query: &str, target: &Target, _: Mistakes) -> Result<Parameters, Errors> {
        Ok(match target {
            Target::Functions => Parameters::parse_known(query, &PARAMETERS_OF_FUNCTIONS),
            _ => Parameters::parse_known(query, &PARAMETERS),
        })
    }

    fn read_resource<'a>(&self, site: &EndpointRef, request: &'a Request) -> Result<Sent<'a>, Errors> {
        let (incoming, SearchText(search)) = read_object(&site.registry, site.id, &request.body);
        Ok(Sent { incoming, search })
    }

    fn read_linkage(&self, _: &EndpointRef, _: &Request) -> Result<IncomingLinkage, Errors> {
        Err(Error::only_in_json_api().into())
    }

    fn write(&self, answer: &Answer<'_>, outcome: &Outcome) -> Response {
        let url = ListUrl { path: &answer.address.path, query: &answer.request.query };
        let links = if matches!(answer.target, Target::Related(..)) { Links::NotTold } else { Links::Told };
        let writer = Writer::new(answer.registry, answer.base, url, links);
        match &answer.added {
            Some(added) => writer.with_added(added.clone()).respond(outcome),
            None => writer.respond(outcome),
        }
    }

    fn write_errors(&self, errors: &Errors) -> Response {
        respond_with_errors(errors)
    }
}

/// A response with an object.
fn object(status: u16, body: Vec<u8>) -> Response {
    let response = Response { status, headers: Vec::new(), body };
    response.with_header("Content-Type", JSON)
}

/// A collection changes all at once if that is allowed, and the URLs of relations are those of the
/// resource when it is updated.
fn allowed(target: &Target, settings: &Mount) -> Vec<Method> {
    const UPDATES: [Method; 2] = [Method::PATCH, Method::PUT];
    let may = |method: &Method| settings.methods.contains(method);
    let (updates_many, deletes_many) = (settings.allow_patch_many, settings.allow_delete_many);
    let many = || {
        let updates = UPDATES.into_iter().filter(|_| updates_many);
        updates.chain([Method::DELETE].into_iter().filter(|_| deletes_many)).filter(may)
    };
    match target {
        Target::Functions => vec![Method::GET],
        Target::Relationship(..) => [Method::GET].into_iter().filter(may).collect(),
        Target::Collection => [Method::GET, Method::POST].into_iter().filter(may).chain(many()).collect(),
        Target::Related(..) => [Method::GET].into_iter().filter(may).chain(many()).collect(),
        Target::Resource(_) | Target::Member(..) => {
            Method::ALL.into_iter().filter(|method| may(method) && *method != Method::POST).collect()
        }
    }
}
