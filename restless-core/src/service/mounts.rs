//! Everything that is mounted, on one backend.

use std::sync::Arc;

use crate::api::Mounted;
use crate::context::Context;
use crate::dialect::Dialect;
use crate::processor::{Hook, Hooks, Run};
use crate::registry::{Registry, Unmounted};
use crate::resource_type::{ResourceType, ResourceTypes};

/// The endpoints and their processors.
pub(super) struct Mounts<DB: Dialect> {
    pub(super) registry: Arc<Registry<DB>>,
    hooks: Arc<Hooks>,
    names: Arc<[String]>,
}

impl<DB: Dialect> Clone for Mounts<DB> {
    fn clone(&self) -> Self {
        let (registry, hooks, names) = (Arc::clone(&self.registry), Arc::clone(&self.hooks), Arc::clone(&self.names));
        Self { registry, hooks, names }
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
        Some(Self { hooks: Arc::new(Hooks(hooks.collect())), names: names.collect(), registry })
    }

    /// The processors for one request; `None` if there are none at all.
    pub(super) fn run(&self, context: impl FnOnce() -> Context) -> Option<Run> {
        (!self.hooks.are_none()).then(|| Run {
            context: context(),
            hooks: Arc::clone(&self.hooks),
            names: Arc::clone(&self.names),
        })
    }
}
