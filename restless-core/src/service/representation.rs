//! What depends on the format that a client speaks.

use serde_json::{Map, Value};

use crate::backend::Pool;
use crate::classic::Links;
use crate::dialect::Dialect;
use crate::document::Address;
use crate::error::Errors;
use crate::operation::{Evaluation, Incoming, Outcome};
use crate::query::{self, CollectionQuery, Parameters, View};
use crate::resource_type::Format;
use crate::response::Response;
use crate::{classic, document, negotiation};

use super::exchange::Exchange;
use super::target::Target;

/// What a client waits before it asks again, in seconds.
const RETRY_AFTER: &str = "1";

/// The parameters of the classic format. Others were never looked at.
const CLASSIC: [&str; 3] = ["q", "page", "results_per_page"];

/// Those of its functions, with what JSON:API knows besides.
const CLASSIC_FUNCTIONS: [&str; 6] = ["q", "functions", "filter", "group", "sort", "page"];

/// Answers with errors.
pub(super) fn refuse(format: Format, errors: &Errors) -> Response {
    let response = match format {
        Format::JsonApi => document::respond_with_errors(errors),
        Format::Classic => classic::respond_with_errors(errors),
    };
    if errors.is_temporary() { response.with_header("Retry-After", RETRY_AFTER) } else { response }
}

impl<DB: Dialect, P: Pool<DB>> Exchange<'_, DB, P> {
    /// The parameters of the request.
    pub(super) fn parameters(&self, target: &Target) -> Result<Parameters, Errors> {
        let query = &self.request.query;
        match (self.format, target) {
            (Format::JsonApi, _) => Parameters::parse(query, self.registry.endpoint(self.place).mistakes()),
            (Format::Classic, Target::Functions) => Ok(Parameters::parse_known(query, &CLASSIC_FUNCTIONS)),
            (Format::Classic, _) => Ok(Parameters::parse_known(query, &CLASSIC)),
        }
    }

    /// Refuses parameters where there is nothing to choose.
    pub(super) fn refuse_parameters(&self, parameters: &Parameters) -> Result<(), Errors> {
        match self.format {
            Format::JsonApi => query::refuse_all_but(parameters, &[], self.registry.endpoint(self.place).mistakes()),
            Format::Classic => Ok(()),
        }
    }

    /// What the client sees of the resources at a place.
    pub(super) fn view(&self, place: usize, parameters: &Parameters) -> Result<View, Errors> {
        match self.format {
            Format::JsonApi => View::read(self.registry, place, parameters),
            Format::Classic => Ok(View::inlined(self.registry, place)),
        }
    }

    /// What the client asks of a collection at a place.
    pub(super) fn collection(&self, place: usize, parameters: &Parameters) -> Result<CollectionQuery<DB>, Errors> {
        match self.format {
            Format::JsonApi => CollectionQuery::read(self.registry, place, parameters),
            // The resources of a relation come in pages as large as those of the collection before it.
            Format::Classic => {
                let paged_by = &self.registry.endpoint(self.place).settings;
                CollectionQuery::search(self.registry, place, parameters, paged_by)
            }
        }
    }

    /// The resource in the body.
    pub(super) fn incoming(&self) -> Result<Incoming<'_>, Errors> {
        match negotiation::sent(self.request, self.formats())? {
            Format::JsonApi => document::read_resource_object(&self.request.body, self.limits()),
            Format::Classic => {
                let (incoming, search) = classic::read_object(self.registry, self.place, &self.request.body);
                search.refuse(self.registry.endpoint(self.place)).map(|()| incoming).map_err(Errors::from)
            }
        }
    }

    /// Answers with what came of an operation, and with what the application adds to that.
    pub(super) fn tell(&self, outcome: &Outcome, asked: &Asked, added: Map<String, Value>) -> Response {
        let Asked { address, links } = asked;
        match self.format {
            Format::JsonApi => {
                let writer = document::Writer::new(self.registry, &self.request.base, address);
                writer.with_meta(added).respond(outcome)
            }
            Format::Classic => {
                let writer = classic::Writer::new(self.registry, &self.request.base, (&address.path, *links));
                let writer = if self.run.is_some() { writer.with_added(added) } else { writer };
                writer.respond(outcome)
            }
        }
    }

    /// Answers with the values of functions.
    pub(super) fn tell_values(&self, evaluation: &Evaluation, asked: &Asked) -> Response {
        match self.format {
            Format::JsonApi => document::respond_with_values(evaluation, &asked.address),
            Format::Classic => classic::respond_with_values(evaluation, &asked.address.path),
        }
    }
}

/// What a client asks for.
pub(super) struct Asked {
    pub(super) address: Address,
    /// Whether a list in the classic format tells where its other pages are.
    pub(super) links: Links,
}

impl Asked {
    pub(super) fn parameters(&self) -> &Parameters {
        &self.address.parameters
    }
}
