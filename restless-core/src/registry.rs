//! The resource types that are mounted together, and those that they lead to.

use std::any::Any;
use std::sync::Arc;

use crate::clause::{self, Clause};
use crate::dialect::Dialect;
use crate::endpoint::{Endpoint, Mount};
use crate::resource_type::{Attribute, Format, ResourceType};

/// The endpoints of one `Api`, or of one lone scope, each by its place, and for a request what rows and fields there are.
pub(crate) struct Registry<DB: Dialect> {
    endpoints: Arc<[Endpoint<DB>]>,
    /// By the places of the endpoints; none where no endpoint has a rule.
    rules: Vec<Option<Clause>>,
    /// Whether the application's own code is asked about the rows of an endpoint, by its place; none where it never is.
    hooked: Arc<[bool]>,
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
    /// They are for clients of a format.
    pub(crate) fn new(
        mounts: Vec<(&'static ResourceType<DB>, Mount)>,
        unmounted: Unmounted,
        format: Format,
    ) -> Arc<Self> {
        let mounted = mounts.len();
        let atlas = Atlas::of(mounts);
        let endpoints = atlas.found.into_iter().map(|Found { resource, mount, targets, origin }| {
            let mut endpoint = Endpoint::new((resource, mount.settled()), format, targets, origin);
            endpoint.is_mounted = origin < mounted;
            endpoint.has_links = endpoint.is_mounted || unmounted == Unmounted::Elsewhere;
            endpoint
        });
        Arc::new(Registry { endpoints: endpoints.collect(), rules: Vec::new(), hooked: Arc::default() })
    }

    /// The same, where the application's own code is asked about the rows of these endpoints, by their places.
    pub(crate) fn with_hooks(&self, hooked: Arc<[bool]>) -> Arc<Self> {
        Arc::new(Self { endpoints: Arc::clone(&self.endpoints), rules: self.rules.clone(), hooked })
    }

    /// The registry for one request, in its context.
    pub(crate) fn for_request(&self, context: &dyn Any) -> Arc<Self> {
        let (endpoints, hooked) = (Arc::clone(&self.endpoints), Arc::clone(&self.hooked));
        let mut asked = Self { endpoints, rules: Vec::new(), hooked };
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

    /// Whether the application's own code is asked about the rows of the endpoint.
    pub(crate) fn has_hooks(&self, place: usize) -> bool {
        self.hooked.get(place).copied().unwrap_or_default()
    }

    /// What rows of the endpoint there are for the client; `None` if all are. Where rules have not been asked, none are.
    pub(crate) fn rule(&self, place: usize) -> Option<&Clause> {
        match self.rules.get(place) {
            Some(rule) => rule.as_ref(),
            None if self.endpoints[place].has_rule() => Some(&clause::NOTHING),
            None => None,
        }
    }

    /// Where the foreign key leads that an attribute is, if some of the resources there do not exist for the client: what it
    /// holds then tells nobody of them.
    pub(crate) fn guarded(&self, place: usize, attribute: &Attribute<DB>) -> Option<usize> {
        let endpoint = self.endpoint(place);
        if !attribute.is_foreign_key || self.rules.is_empty() {
            return None;
        }
        let relationship = endpoint.resource.relationship_of_column(attribute.column)?;
        let (relationship, _) = endpoint.resource.relationship(relationship.name)?;
        self.rule(endpoint.targets[relationship]).map(|_| relationship)
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

/// A resource type, and where its relationships lead.
struct Found<DB: Dialect> {
    resource: &'static ResourceType<DB>,
    mount: Mount,
    targets: Vec<usize>,
    origin: usize,
}

/// Every resource type that can be reached from those that are mounted.
struct Atlas<DB: Dialect> {
    found: Vec<Found<DB>>,
}

impl<DB: Dialect> Atlas<DB> {
    fn of(mounts: Vec<(&'static ResourceType<DB>, Mount)>) -> Self {
        let mut atlas = Self { found: Vec::new() };
        for (resource, mount) in mounts {
            let origin = atlas.found.len();
            atlas.found.push(Found { resource, mount, targets: Vec::new(), origin });
        }
        let mut next = 0;
        while next < atlas.found.len() {
            for relationship in atlas.found[next].resource.relationships {
                let target = atlas.target(next, relationship.target());
                let target = atlas.narrowed(next, target, relationship.name);
                atlas.found[next].targets.push(target);
            }
            next += 1;
        }
        atlas
    }

    /// Where a relationship leads. A resource mounted twice leads to itself, not to its twin.
    fn target(&mut self, place: usize, target: &'static ResourceType<DB>) -> usize {
        if std::ptr::eq(self.found[place].resource, target) {
            return self.found[place].origin;
        }
        let known = self.found.iter().position(|found| std::ptr::eq(found.resource, target));
        known.unwrap_or_else(|| {
            let origin = self.found.len();
            self.found.push(Found {
                resource: target,
                mount: target.settings.clone().into(),
                targets: Vec::new(),
                origin,
            });
            origin
        })
    }

    /// An endpoint of its own for what a mount shows of related resources, if it shows less of them. What they lead to is
    /// shown as it is everywhere.
    fn narrowed(&mut self, place: usize, target: usize, relationship: &str) -> usize {
        let Found { mount, origin, .. } = &self.found[place];
        let found = &self.found[target];
        let narrowed = (place == *origin).then(|| found.mount.narrowed(&mount.columns, relationship)).flatten();
        let Some(mount) = narrowed else {
            return target;
        };
        let (resource, origin) = (found.resource, found.origin);
        self.found.push(Found { resource, mount, targets: Vec::new(), origin });
        self.found.len() - 1
    }
}
