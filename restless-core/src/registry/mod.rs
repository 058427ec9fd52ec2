//! The resource types that are mounted together, and those that they lead to.

mod builder;
mod endpoint_ref;

use std::any::Any;
use std::sync::Arc;

use crate::clause::{self, Clause};

use crate::endpoint::{Endpoint, EndpointId, Leads};
use crate::resource_type::{Attribute, Format, RelationshipId};
pub(crate) use builder::{Candidate, Mounting, Vicinity};
use builder::{EndpointPlan, RegistryBuilder};
pub(crate) use endpoint_ref::EndpointRef;

/// The endpoints of one `Api`, or of one lone scope, each by its id, and for a request what rows and fields there are.
pub(crate) struct Registry {
    endpoints: Arc<[Endpoint]>,
    /// By the ids of the endpoints; none where no endpoint has a rule.
    rules: Vec<Option<Clause>>,
    /// The ids of the endpoints that the client may know of, in their order.
    known: Arc<[EndpointId]>,
    /// How many of the endpoints are its own: the first ones.
    own: usize,
    mistakes: Vec<String>,
    /// Whether the application's own code is asked about the rows of an endpoint, by its id; none where it never is.
    hooked: Arc<[bool]>,
}

impl Registry {
    /// Takes the mounted resource types, those of the registry first, and finds those that their relationships lead to.
    /// They are for clients of a format.
    pub(crate) fn new(candidates: Vec<Candidate>, mounting: Mounting, format: Format) -> Arc<Self> {
        let vicinities: Vec<Vicinity> = candidates.iter().map(|candidate| candidate.vicinity).collect();
        let builder = RegistryBuilder::of(candidates, mounting);
        let endpoints =
            builder.found.into_iter().map(|EndpointPlan { resource, mount, targets, origin, candidate, .. }| {
                let mut endpoint = Endpoint::new(resource, mount.settled(), format, Leads { targets, origin });
                let vicinity = candidate.and_then(|candidate| vicinities.get(candidate));
                endpoint.candidate = candidate;
                endpoint.is_mounted = vicinity == Some(&Vicinity::Own);
                endpoint.has_links = match vicinity {
                    Some(Vicinity::Own) => true,
                    Some(Vicinity::Beside) => mounting == Mounting::Alone,
                    Some(Vicinity::Apart) | None => false,
                };
                endpoint.has_settings = candidate.is_some() || mounting == Mounting::Alone;
                endpoint
            });
        let endpoints: Arc<[Endpoint]> = endpoints.collect();
        let own = vicinities.iter().filter(|vicinity| **vicinity == Vicinity::Own).count();
        let known = known(&endpoints, own);
        Arc::new(Registry {
            endpoints,
            rules: Vec::new(),
            known,
            own,
            mistakes: builder.mistakes,
            hooked: Arc::default(),
        })
    }

    /// The same, where the application's own code is asked about the rows of these endpoints, by their ids.
    pub(crate) fn with_hooks(&self, hooked: Arc<[bool]>) -> Arc<Self> {
        let (rules, mistakes) = (self.rules.clone(), self.mistakes.clone());
        Arc::new(Self { rules, mistakes, hooked, ..self.shared() })
    }

    fn shared(&self) -> Self {
        Self {
            endpoints: Arc::clone(&self.endpoints),
            rules: Vec::new(),
            known: Arc::clone(&self.known),
            own: self.own,
            mistakes: Vec::new(),
            hooked: Arc::clone(&self.hooked),
        }
    }

    /// What the application has to say before it is known where each relationship leads.
    pub(crate) fn mistakes(&self) -> &[String] {
        &self.mistakes
    }

    /// The names of the resource types that relationships lead to and nobody mounted.
    pub(crate) fn unmounted(&self) -> impl Iterator<Item = &str> {
        let endpoints = self.endpoints.iter().filter(|endpoint| endpoint.candidate.is_none());
        endpoints.map(|endpoint| &*endpoint.settings.collection_name)
    }

    /// The registry for one request, in its context.
    pub(crate) fn for_request(&self, context: &dyn Any) -> Arc<Self> {
        let mut asked = self.shared();
        if self.endpoints.iter().any(Endpoint::has_rule) {
            asked.rules = self.endpoints.iter().map(|endpoint| endpoint.rule(context)).collect();
        }
        if self.endpoints.iter().any(Endpoint::has_field_rules) {
            asked.endpoints = self.endpoints.iter().map(|endpoint| endpoint.for_request(context)).collect();
            asked.known = known(&asked.endpoints, self.own);
        }
        Arc::new(asked)
    }

    /// Whether rows or fields of any endpoint depend on who asks.
    pub(crate) fn has_say(&self) -> bool {
        self.endpoints.iter().any(|endpoint| endpoint.has_rule() || endpoint.has_field_rules())
    }

    /// Whether any of the endpoints has a rule.
    pub(crate) fn has_rules(&self) -> bool {
        !self.rules.is_empty()
    }

    /// Whether the application's own code is asked about the rows of the endpoint.
    pub(crate) fn has_hooks(&self, id: EndpointId) -> bool {
        self.hooked.get(id.index()).copied().unwrap_or_default()
    }

    /// What rows of the endpoint there are for the client; `None` if all are. Where rules have not been asked, none are.
    pub(crate) fn rule(&self, id: EndpointId) -> Option<&Clause> {
        match self.rules.get(id.index()) {
            Some(rule) => rule.as_ref(),
            None if self.endpoints[id].has_rule() => Some(&clause::NOTHING),
            None => None,
        }
    }

    /// Where the foreign key leads that an attribute is, if some of the resources there do not exist for the client: what it
    /// holds then tells nobody of them.
    pub(crate) fn guarded(&self, id: EndpointId, attribute: &Attribute) -> Option<RelationshipId> {
        let endpoint = self.endpoint(id);
        if !attribute.is_foreign_key || self.rules.is_empty() {
            return None;
        }
        let relationship = endpoint.resource.relationship_of_column(attribute.column)?;
        let (relationship, _) = endpoint.resource.relationship(relationship.name)?;
        self.rule(endpoint.targets[relationship]).map(|_| relationship)
    }

    /// The endpoint of an id.
    pub(crate) fn endpoint(&self, id: EndpointId) -> &Endpoint {
        &self.endpoints[id]
    }

    /// The endpoints that the resource type of a name may have in a document, by their ids, if the client may know of them.
    pub(crate) fn named(&self, type_name: &str) -> impl Iterator<Item = EndpointId> {
        let known = self.known.iter().copied();
        known.filter(move |id| self.endpoints[*id].settings.collection_name == type_name)
    }

    /// The ids of the endpoints that the client may know of.
    pub(crate) fn known(&self) -> &[EndpointId] {
        &self.known
    }

    /// The ids of all endpoints.
    pub(crate) fn ids(&self) -> impl Iterator<Item = EndpointId> + use<> {
        EndpointId::first(self.endpoints.len())
    }
}

/// The endpoints that can be reached from the first ones, by relationships that the client may know of.
fn known(endpoints: &[Endpoint], own: usize) -> Arc<[EndpointId]> {
    let mut known: Vec<EndpointId> = EndpointId::first(own).collect();
    let mut next = 0;
    while next < known.len() {
        let endpoint = &endpoints[known[next]];
        for relationship in endpoint.known_relationships() {
            let target = endpoint.targets[*relationship];
            if !known.contains(&target) {
                known.push(target);
            }
        }
        next += 1;
    }
    known.sort_unstable();
    known.into()
}
