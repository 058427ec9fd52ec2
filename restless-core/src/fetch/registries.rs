//! The registries of models as the application's own code sees them, made when they are first asked for.

use std::any::Any;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use crate::registry::{Candidate, Mounting, Registry, Vicinity};
use crate::resource_type::{Format, ResourceType};

type Known = HashMap<usize, Arc<dyn Any + Send + Sync>>;

/// By where the resource type stands in memory.
static KNOWN: Mutex<Option<Known>> = Mutex::new(None);

/// The registry of a resource type and those that it leads to, of which it is the first.
pub(super) fn of(resource: &'static ResourceType) -> Arc<Registry> {
    let mut known = KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
    let known = known.get_or_insert_default();
    let key = std::ptr::from_ref(resource).addr();
    if let Some(registry) = known.get(&key).and_then(|registry| Arc::clone(registry).downcast().ok()) {
        return registry;
    }
    let mount = resource.settings.clone().into();
    let own = Candidate { resource, mount, vicinity: Vicinity::Own, service: 0, mounting: Mounting::Alone };
    let registry = Registry::new(vec![own], Mounting::Alone, Format::JsonApi);
    known.insert(key, Arc::clone(&registry) as Arc<dyn Any + Send + Sync>);
    registry
}
