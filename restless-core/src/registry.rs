//! The resource types that are mounted together, and those that they lead to.

use std::any::Any;
use std::sync::Arc;

use crate::clause::{self, Clause};
use crate::dialect::Dialect;
use crate::endpoint::{Endpoint, Mount};
use crate::resource_type::ResourceType;

/// The endpoints of one `Api`, or of one lone scope, each by its place, and for a request what rows and fields there are.
pub(crate) struct Registry<DB: Dialect> {
    endpoints: Arc<[Endpoint<DB>]>,
    /// By the places of the endpoints; none where no endpoint has a rule.
    rules: Vec<Option<Clause>>,
}

/// Whether a resource type that nobody mounted has links all the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unmounted {
    /// It has: another lone scope is taken to serve it, where its attributes say.
    Elsewhere,
    /// It has none: whatever is not in the `Api` is nowhere.
    Nowhere,
}

impl<DB: Dialect> Registry<DB> {
    /// Takes the mounted resource types and finds those that their relationships lead to.
    pub(crate) fn new(mounts: Vec<(&'static ResourceType<DB>, Mount)>, unmounted: Unmounted) -> Arc<Self> {
        let mut found: Vec<(&'static ResourceType<DB>, Mount)> = mounts;
        let mounted = found.len();
        let mut next = 0;
        while next < found.len() {
            for relationship in found[next].0.relationships {
                let target = relationship.target();
                if position(&found, target).is_none() {
                    found.push((target, target.settings.clone().into()));
                }
            }
            next += 1;
        }
        let endpoints = found.iter().enumerate().map(|(place, (resource, mount))| {
            let targets = resource.relationships.iter().map(|relationship| {
                let target = relationship.target();
                // A resource mounted twice leads to itself, not to its twin.
                if std::ptr::eq(target, *resource) { place } else { position(&found, target).unwrap_or(place) }
            });
            let mut endpoint = Endpoint::new(resource, mount.clone(), targets.collect());
            endpoint.has_links = place < mounted || unmounted == Unmounted::Elsewhere;
            endpoint
        });
        Arc::new(Registry { endpoints: endpoints.collect(), rules: Vec::new() })
    }

    /// The registry for one request, in its context.
    pub(crate) fn for_request(&self, context: &dyn Any) -> Arc<Self> {
        let mut asked = Self { endpoints: Arc::clone(&self.endpoints), rules: Vec::new() };
        if self.endpoints.iter().any(Endpoint::has_rule) {
            asked.rules = self.endpoints.iter().map(|endpoint| endpoint.rule(context)).collect();
        }
        if self.endpoints.iter().any(Endpoint::has_field_rules) {
            asked.endpoints = self.endpoints.iter().map(|endpoint| endpoint.for_request(context)).collect();
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

    /// What rows of the endpoint there are for the client; `None` if all are. Where rules have not been asked, none are.
    pub(crate) fn rule(&self, place: usize) -> Option<&Clause> {
        match self.rules.get(place) {
            Some(rule) => rule.as_ref(),
            None if self.endpoints[place].has_rule() => Some(&clause::NOTHING),
            None => None,
        }
    }

    /// The endpoint at a place.
    pub(crate) fn endpoint(&self, place: usize) -> &Endpoint<DB> {
        &self.endpoints[place]
    }

    /// The endpoints that the resource type of a name may have in a document, by their places.
    pub(crate) fn named(&self, type_name: &str) -> impl Iterator<Item = usize> {
        let endpoints = self.endpoints.iter().enumerate();
        endpoints.filter(move |(_, endpoint)| endpoint.settings.collection_name == type_name).map(|(place, _)| place)
    }

    /// The places of all endpoints.
    pub(crate) fn places(&self) -> std::ops::Range<usize> {
        0..self.endpoints.len()
    }
}

fn position<DB: Dialect>(found: &[(&'static ResourceType<DB>, Mount)], wanted: &ResourceType<DB>) -> Option<usize> {
    found.iter().position(|(resource, _)| std::ptr::eq(*resource, wanted))
}
