//! Where a request leads: to an endpoint, by a method that it answers, in a representation that its client takes.

use std::iter;

use super::admission::Entered;
use super::methods::{allow, refuse_method, usable};
use super::place::Place;
use super::shown::Shown;
use super::{Pipeline, root};
use crate::Method;
use crate::backend::Database;
use crate::endpoint::encode_path;
use crate::error::{Error, Errors};
use crate::operation::{EndpointRef, Preference, RelatedTo, Target};
use crate::processor::Run;
use crate::representation::{self, Representation};
use crate::request::{Request, RequestMethod};
use crate::resource_type::{Count, Format, Formats, Limits};
use crate::response::Response;
use crate::{negotiation, preference};

/// A request at its endpoint.
pub(super) struct Route<'a> {
    pub(super) request: &'a Request,
    pub(super) site: EndpointRef,
    pub(super) target: Target,
    pub(super) method: Method,
    /// How the answer is written.
    pub(super) representation: &'static dyn Representation,
    /// The hooks of all resources, if there are any.
    pub(super) hooks: Option<Run>,
    /// What the application's own handler shows, if it is one that answers.
    pub(super) shown: Option<&'a Shown>,
    /// The path below which the pipeline is mounted.
    mounted: &'a str,
}

impl Pipeline {
    /// Finds the endpoint of a request.
    ///
    /// # Errors
    ///
    /// The answer to a request that leads to none, whose method is not answered, or whose client takes nothing that there is.
    pub(super) fn route<'a>(&'a self, database: &Database, entered: Entered<'a>) -> Result<Route<'a>, Response> {
        let Entered { request, shown, .. } = entered;
        let found = self.find(&request.path);
        let formats = self.terms(&found).formats;
        let (format, accepted) = match negotiation::accepted(request, formats) {
            Ok(format) => (format, Ok(())),
            Err(error) => (formats.default, Err(error)),
        };
        let refuse = |error: Error| representation::refuse(representation::of(format), &error.into());
        let (place, target) = match found.map_err(refuse)? {
            Place::Root => return Err(root::respond(self, request, (format, accepted))),
            Place::Resource { place, below } => (place, Target::read(below).map_err(refuse)?),
            Place::Functions { place } if self.mounts.allows_functions(place) => (place, Target::Functions),
            Place::Functions { .. } => return Err(refuse(Error::unknown_path())),
        };
        let table = representation::of_table(request, &target);
        let accepted = if table.is_some() { Ok(()) } else { accepted };
        let representation = table.unwrap_or(representation::of(format));
        let (registry, hooks) = self.mounts.for_request(representation.format(), || entered.context(database));
        let (site, mounted) = (EndpointRef { registry, id: place }, self.path.as_str());
        let method = Method::GET;
        let mut route = Route { request, site, target, method, representation, hooks, shown, mounted };
        route.method = route.answered()?;
        accepted.map_err(|error| route.refuse(error.into())).map(|()| route)
    }
}

impl Route<'_> {
    /// The method, if the URL answers it.
    fn answered(&self) -> Result<Method, Response> {
        // Hooks may lead the request to another relationship.
        let is_as_it_is = self.hooks.is_none() || self.request.method == RequestMethod::Options;
        if is_as_it_is {
            self.check_relationship(&self.target).map_err(|error| self.refuse(error.into()))?;
        }
        let endpoint = self.site.endpoint();
        let allowed = self.representation.allowed(&self.target, &endpoint.settings);
        let method = match &self.request.method {
            RequestMethod::Head => Some(Method::GET),
            RequestMethod::Known(method) => Some(*method),
            RequestMethod::Options | RequestMethod::Other(_) => None,
        };
        let is_answered = |method: &Method| self.shown.is_some() || allowed.contains(method);
        method.filter(is_answered).ok_or_else(|| {
            let usable = usable(&self.target, endpoint, allowed.clone());
            match self.request.method {
                RequestMethod::Options => Response::empty(200).with_header("Allow", allow(&usable)),
                _ => refuse_method(self.request, &usable, self.representation),
            }
        })
    }

    /// Fails for a relationship that the type does not have, and for a member of a to-one relationship: they have no URL.
    pub(super) fn check_relationship(&self, target: &Target) -> Result<(), Error> {
        let (Target::Related(id, name) | Target::Member(id, name, _) | Target::Relationship(id, name)) = target else {
            return Ok(());
        };
        let related = RelatedTo::new(self.site.clone(), id.clone(), name)?;
        match target {
            Target::Member(..) if related.relationship().is_to_one() => Err(Error::unknown_path()),
            Target::Relationship(..) if !self.formats().have(Format::JsonApi) => Err(Error::unknown_path()),
            Target::Relationship(..) if self.representation.format() != Format::JsonApi => {
                Err(Error::only_in_json_api())
            }
            _ => Ok(()),
        }
    }

    /// The bounds of the request.
    pub(super) fn limits(&self) -> &Limits {
        &self.site.endpoint().settings.limits
    }

    /// The formats that the client may choose from.
    pub(super) fn formats(&self) -> Formats {
        self.site.endpoint().settings.offered()
    }

    /// The beginning of the URLs of collections.
    pub(super) fn base(&self) -> String {
        representation::base(&self.site.endpoint().settings.base_url, self.request)
    }

    /// The URL of the request, as far as its path goes.
    pub(super) fn path(&self) -> String {
        if let Some(shown) = self.shown {
            let base_url = &self.site.endpoint().settings.base_url;
            return base_url.of(self.request).into_owned() + &shown.path;
        }
        let base = self.base();
        let below = [self.mounted, &self.request.path].into_iter().flat_map(encode_path);
        iter::once(base.as_str()).chain(below).collect()
    }

    /// Answers with what is wrong with the request.
    pub(super) fn refuse(&self, errors: Errors) -> Response {
        let status = self.site.endpoint().settings.validation_status;
        representation::refuse(self.representation, &errors.with_validation_status(status))
    }

    /// The answer without a header `Link` that servers in front of the application may have no room for, and with the
    /// preferences that were heeded (RFC 7240, section 3).
    pub(super) fn told(&self, mut response: Response, count: Option<Count>) -> Response {
        let most = self.limits().link_header;
        response.headers.retain(|(name, value)| *name != "Link" || value.len() <= most);
        match (count, self.preferred_return(&response)) {
            (Some(Count::Exact), _) => response.with_header("Preference-Applied", "count=exact"),
            (Some(Count::None), _) => response.with_header("Preference-Applied", "count=none"),
            (None, Some(applied)) => response.with_header("Preference-Applied", applied),
            (None, None) => response,
        }
    }

    /// The preference for what an update answers with, if it was heeded.
    fn preferred_return(&self, response: &Response) -> Option<&'static str> {
        if !self.updates() {
            return None;
        }
        match preference::representation(self.request)? {
            Preference::Representation => Some("return=representation"),
            // Whoever wants no more is told all the same what changed besides.
            Preference::Minimal => response.body.is_empty().then_some("return=minimal"),
        }
    }

    /// True if the request updates a resource.
    pub(super) fn updates(&self) -> bool {
        matches!(self.method, Method::PATCH | Method::PUT)
            && matches!(self.target, Target::Resource(_) | Target::Related(..) | Target::Member(..))
    }
}
