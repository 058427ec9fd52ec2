//! Everything that is mounted, on one backend.

use std::sync::Arc;

use crate::api::Mounted;
use crate::context::Context;
use crate::dialect::Dialect;
use crate::error::Error;
use crate::processor::{Hook, Hooks, Run};
use crate::query;
use crate::registry::{Registry, Unmounted};
use crate::resource_type::{ResourceType, ResourceTypes};

/// The endpoints and their processors.
pub(super) struct Mounts<DB: Dialect> {
    pub(super) registry: Arc<Registry<DB>>,
    hooks: Arc<Hooks>,
    names: Arc<[String]>,
    /// Whether the application's own code has a say in any request.
    pub(super) has_say: bool,
}

impl<DB: Dialect> Clone for Mounts<DB> {
    fn clone(&self) -> Self {
        let (registry, hooks, names) = (Arc::clone(&self.registry), Arc::clone(&self.hooks), Arc::clone(&self.names));
        Self { registry, hooks, names, has_say: self.has_say }
    }
}

impl<DB: Dialect> Mounts<DB> {
    /// What is mounted, with the processors of the whole `Api`; `None` if a model is not made for the backend.
    pub(super) fn new(
        (mounted, processors): (&[Mounted], &[Arc<dyn Hook>]),
        unmounted: Unmounted,
        described: impl Fn(ResourceTypes) -> Option<&'static ResourceType<DB>>,
    ) -> Option<Self> {
        let mounts = mounted.iter().map(|one| Some((described(one.types)?, one.mount.clone())));
        let registry = Registry::new(mounts.collect::<Option<Vec<_>>>()?, unmounted);
        let hooks = registry.places().map(|place| {
            let of_attributes = registry.endpoint(place).resource.processors;
            let of_attributes = of_attributes.and_then(|made| made().downcast::<Vec<Arc<dyn Hook>>>().ok());
            let own = mounted.get(place).map(|one| one.processors.clone()).unwrap_or_default();
            processors.iter().cloned().chain(of_attributes.into_iter().flat_map(|made| *made)).chain(own).collect()
        });
        let names = registry.places().map(|place| registry.endpoint(place).settings.collection_name.clone());
        let (hooks, names) = (Arc::new(Hooks(hooks.collect())), names.collect());
        let has_say = registry.has_say() || !hooks.are_none();
        Some(Self { registry, hooks, names, has_say })
    }

    /// Refuses what its settings say of relationships that there are not.
    pub(super) fn check(&self) -> Result<(), Error> {
        for place in self.registry.places() {
            query::check_defaults(&self.registry, place).map_err(|error| {
                let name = &self.registry.endpoint(place).settings.collection_name;
                Error::internal(format!("\"{name}\": {}", error.detail()))
            })?;
        }
        Ok(())
    }

    /// What is mounted as one request sees it, and the processors, if there are any.
    pub(super) fn for_request(&self, context: impl FnOnce() -> Context) -> (Arc<Registry<DB>>, Option<Run>) {
        if !self.has_say {
            return (Arc::clone(&self.registry), None);
        }
        let context = context();
        let registry = self.registry.for_request(&context);
        let (hooks, names) = (Arc::clone(&self.hooks), Arc::clone(&self.names));
        let run = (!hooks.are_none()).then(|| Run { context, hooks, names });
        (registry, run)
    }
}
