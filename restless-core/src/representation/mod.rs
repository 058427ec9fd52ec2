//! The ways in which resources travel: each reads what clients send in it, and writes what came of that.

mod classic;
mod csv;
mod json_api;

use serde_json::{Map, Value};

pub(crate) use json_api::{Address, base, refuse_unread, respond_with_root};

use crate::Method;
use crate::endpoint::{Endpoint, Mount};
use crate::error::{Error, Errors, Mistakes};
use crate::operation::{EndpointRef, Incoming, IncomingLinkage, Outcome, Target};
use crate::query::{Grammar, Parameters, SEARCH};
use crate::registry::Registry;
use crate::request::Request;
use crate::resource_type::{Format, Formats};
use crate::response::Response;

/// How long a client waits before it asks again, in seconds.
const RETRY_AFTER: &str = "1";

/// A way in which resources travel. Whatever it is, an operation does not know it.
pub(crate) trait Representation: Sync {
    /// The format whose names it knows: in one, foreign keys are attributes, in the other relationships speak for them.
    fn format(&self) -> Format;

    /// How it understands query parameters.
    fn grammar(&self) -> Grammar;

    /// True if its lists may be without a total, when the client prefers that.
    fn heeds_count(&self) -> bool;

    /// The methods that a URL answers in it, given the settings of the resource.
    fn allowed(&self, target: &Target, settings: &Mount) -> Vec<Method>;

    /// Splits the query string of a request for a target.
    fn parameters(&self, query: &str, target: &Target, mistakes: Mistakes) -> Result<Parameters, Errors>;

    /// Reads the resource in a body, and the search beside it, if it is for many.
    fn read_resource<'a>(&self, site: &EndpointRef, request: &'a Request) -> Result<Sent<'a>, Errors>;

    /// Reads the linkage in a body.
    fn read_linkage(&self, site: &EndpointRef, request: &Request) -> Result<IncomingLinkage, Errors>;

    /// Writes what came of a request.
    fn write(&self, answer: &Answer<'_>, outcome: &Outcome) -> Response;

    /// Writes what is wrong with a request.
    fn write_errors(&self, errors: &Errors) -> Response;
}

/// A resource as a client wrote it down.
pub(crate) struct Sent<'a> {
    pub(crate) incoming: Incoming<'a>,
    /// The search for the resources that are meant, where many may be.
    pub(crate) search: Option<String>,
}

impl<'a> Sent<'a> {
    /// The resource where one is meant: there is nothing to be searched.
    pub(crate) fn single(self, endpoint: &Endpoint) -> Result<Incoming<'a>, Error> {
        match self.search {
            Some(_) => Err(Error::unknown_attribute(SEARCH, &endpoint.settings.collection_name)),
            None => Ok(self.incoming),
        }
    }
}

/// What the answers to one request have in common, whatever came of it.
pub(crate) struct Answer<'a> {
    pub(crate) registry: &'a Registry,
    pub(crate) request: &'a Request,
    /// The formats that the client may choose from.
    pub(crate) formats: Formats,
    pub(crate) target: &'a Target,
    pub(crate) address: &'a Address,
    /// What stands before the paths of the collections.
    pub(crate) base: &'a str,
    /// What the application adds to the answer; none where it has no hooks.
    pub(crate) added: Option<Map<String, Value>>,
}

/// The representation of a format.
pub(crate) fn of(format: Format) -> &'static dyn Representation {
    match format {
        Format::JsonApi => &json_api::JsonApi,
        Format::Classic => &classic::Classic,
    }
}

/// The representation that a target has besides those of formats, if the client asks for that.
pub(crate) fn of_table(request: &Request, target: &Target) -> Option<&'static dyn Representation> {
    csv::is_asked_for(request, target).then_some(&csv::Csv)
}

/// Answers with errors.
pub(crate) fn refuse(representation: &dyn Representation, errors: &Errors) -> Response {
    let response = representation.write_errors(errors);
    if errors.is_temporary() { response.with_header("Retry-After", RETRY_AFTER) } else { response }
}
