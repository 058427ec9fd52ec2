//! Everything that is mounted.

use std::sync::Arc;

use crate::Method;
use crate::context::Context;
use crate::endpoint::{Endpoint, EndpointId};
use crate::error::Error;
use crate::processor::{Hook, Hooks, InRequest, Run};
use crate::query;
use crate::registry::{Candidate, EndpointRef, Registry, Vicinity};
use crate::resource_type::{Format, Sight};

use super::neighbours::{Neighbour, Parts, Ways};

/// The endpoints and their processors.
#[derive(Clone)]
pub(super) struct Mounts {
    /// For the clients of each format.
    json_api: Arc<Registry>,
    classic: Arc<Registry>,
    hooks: Arc<Hooks>,
    names: Arc<[String]>,
    /// Whether the application's own code has a say in any request.
    pub(super) has_say: bool,
}

impl Mounts {
    /// What is mounted, with the processors of the whole `Api`, and what stands beside it.
    pub(super) fn new(parts: &Parts, neighbours: &[Neighbour]) -> Self {
        let own = parts.mounted.iter().map(|one| Candidate {
            resource: one.resource,
            mount: one.mount.clone(),
            vicinity: Vicinity::Own,
            service: 0,
            mounting: parts.mounting,
        });
        let mut candidates: Vec<Candidate> = own.collect();
        let mut given: Vec<Vec<Arc<dyn Hook>>> = parts.mounted.iter().map(|one| one.processors.clone()).collect();
        for Neighbour { candidate, processors } in neighbours {
            candidates.push(candidate.clone());
            given.push(processors.clone());
        }
        let registry = Registry::new(candidates.clone(), parts.mounting, Format::JsonApi);
        let hooks = registry.ids().map(|place| {
            let endpoint = registry.endpoint(place);
            let of_attributes = endpoint.resource.processors;
            let of_attributes = of_attributes.and_then(|made| made().downcast::<Vec<Arc<dyn Hook>>>().ok());
            let given = endpoint.candidate.and_then(|candidate| given.get(candidate)).cloned().unwrap_or_default();
            let of_api = parts.processors.iter().cloned();
            let validation = endpoint.validation(Sight::Request);
            let validation = validation.map(|validation| Arc::new(InRequest(validation)) as Arc<dyn Hook>);
            of_api.chain(of_attributes.into_iter().flat_map(|made| *made)).chain(given).chain(validation).collect()
        });
        let hooks: Vec<Vec<Arc<dyn Hook>>> = hooks.collect();
        let hooked: Arc<[bool]> = hooks.iter().map(|hooks| !hooks.is_empty()).collect();
        let names = registry.ids().map(|id| registry.endpoint(id).settings.collection_name.to_string());
        let (hooks, names) = (Arc::new(Hooks(hooks)), names.collect());
        let has_say = registry.has_say() || !hooks.are_none();
        let classic = Registry::new(candidates, parts.mounting, Format::Classic).with_hooks(Arc::clone(&hooked));
        let json_api = registry.with_hooks(hooked);
        Self { json_api, classic, hooks, names, has_say }
    }

    /// Refuses what its settings say of relationships that there are not.
    pub(super) fn check(&self) -> Result<(), Error> {
        let registry = self.registry(Format::JsonApi);
        for id in registry.ids() {
            let endpoint = registry.endpoint(id);
            let of = EndpointRef { registry: Arc::clone(registry), id };
            let default_includes = query::check_defaults(&of).map_err(|error| error.detail().to_owned());
            default_includes
                .and_then(|()| check_columns(endpoint))
                .map_err(|reason| Error::internal(format!("\"{}\": {reason}", endpoint.settings.collection_name)))?;
        }
        Ok(())
    }

    /// What is to be said of where the relationships lead.
    pub(super) fn add_ways(&self, ways: &mut Ways) {
        ways.mistakes.extend_from_slice(self.json_api.mistakes());
        ways.unmounted.extend(self.json_api.unmounted().map(str::to_owned));
    }

    /// The processors of all endpoints and their names, if there are any.
    pub(super) fn say(&self) -> Option<(Arc<Hooks>, Arc<[String]>)> {
        (!self.hooks.are_none()).then(|| (Arc::clone(&self.hooks), Arc::clone(&self.names)))
    }

    /// True if functions of the resource at a place are evaluated.
    pub(super) fn allows_functions(&self, place: EndpointId) -> bool {
        self.json_api.endpoint(place).settings.allow_functions
    }

    /// What is mounted, as clients of a format know it.
    pub(super) fn registry(&self, format: Format) -> &Arc<Registry> {
        match format {
            Format::JsonApi => &self.json_api,
            Format::Classic => &self.classic,
        }
    }

    /// What is mounted as one request sees it, and the processors, if there are any.
    pub(super) fn for_request(
        &self,
        format: Format,
        context: impl FnOnce() -> Context,
    ) -> (Arc<Registry>, Option<Run>) {
        if !self.has_say {
            return (Arc::clone(self.registry(format)), None);
        }
        let context = context();
        let registry = self.registry(format).for_request(&context);
        let (hooks, names) = (Arc::clone(&self.hooks), Arc::clone(&self.names));
        let run = (!hooks.are_none()).then(|| Run { context, hooks, names });
        (registry, run)
    }
}

/// What is said of columns and relationships has to be about such that there are.
fn check_columns(endpoint: &Endpoint) -> Result<(), String> {
    for columns in &endpoint.settings.columns {
        columns.check(endpoint.resource)?;
    }
    for (name, mount) in &endpoint.settings.relations {
        if endpoint.resource.relationship(name).is_none() {
            return Err(format!("relation({name:?}, {mount:?}): there is no relationship {name:?}"));
        }
    }
    if endpoint.hides_key() && endpoint.settings.methods.contains(&Method::POST) {
        return Err("the key has to be shown where resources are created".to_owned());
    }
    Ok(())
}
