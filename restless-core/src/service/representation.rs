//! What depends on the format that a client speaks.

use serde_json::{Map, Value};

use crate::backend::Pool;
use crate::classic::Links;
use crate::dialect::Dialect;
use crate::document::Address;
use crate::error::Errors;
use crate::operation::{Evaluation, Incoming, Outcome, RelatedTo};
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
pub(crate) fn refuse(format: Format, errors: &Errors) -> Response {
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

    /// What the client asks of the collection, or of the resources of a relationship.
    pub(super) fn collection(
        &self,
        related: Option<&RelatedTo>,
        parameters: &Parameters,
    ) -> Result<CollectionQuery<DB>, Errors> {
        let place = related.map_or(self.place, |related| related.other_end().place);
        let settings = |place| &self.registry.endpoint(place).settings;
        let own = settings(self.place);
        let sizes = match (related, self.format) {
            (None, _) => own.page_sizes(),
            (Some(_), Format::JsonApi) => own.page_sizes_of_related(settings(place)),
            (Some(_), Format::Classic) => own.page_sizes_of_relations(),
        };
        match self.format {
            Format::JsonApi => CollectionQuery::read(self.registry, place, parameters, sizes),
            Format::Classic => CollectionQuery::search(self.registry, place, parameters, sizes),
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
        let Asked { address, base, links } = asked;
        let response = match self.format {
            Format::JsonApi => document::Writer::new(self.registry, base, address).with_meta(added).respond(outcome),
            Format::Classic => {
                let writer = classic::Writer::new(self.registry, base, (self.list(asked), *links));
                let writer = if self.run.is_some() { writer.with_added(added) } else { writer };
                writer.respond(outcome)
            }
        };
        self.bounded(response)
    }

    /// Answers with the values of functions.
    pub(super) fn tell_values(&self, evaluation: &Evaluation, asked: &Asked) -> Response {
        self.bounded(match self.format {
            Format::JsonApi => document::respond_with_values(evaluation, &asked.address),
            Format::Classic => classic::respond_with_values(evaluation, self.list(asked)),
        })
    }

    /// Answers with what is wrong with the request.
    pub(super) fn refuse(&self, errors: Errors) -> Response {
        let status = self.registry.endpoint(self.place).settings.validation_status;
        refuse(self.format, &errors.with_validation_status(status))
    }

    fn list<'a>(&'a self, asked: &'a Asked) -> classic::ListUrl<'a> {
        classic::ListUrl { path: &asked.address.path, query: &self.request.query }
    }

    /// The answer without a header `Link` that servers in front of the application may have no room for.
    fn bounded(&self, mut response: Response) -> Response {
        let most = self.limits().link_header;
        response.headers.retain(|(name, value)| *name != "Link" || value.len() <= most);
        response
    }
}

/// What a client asks for.
pub(super) struct Asked {
    pub(super) address: Address,
    /// What stands before the paths of the collections.
    pub(super) base: String,
    /// Whether a list in the classic format tells where its other pages are.
    pub(super) links: Links,
}

impl Asked {
    pub(super) fn parameters(&self) -> &Parameters {
        &self.address.parameters
    }
}
