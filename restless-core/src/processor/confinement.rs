//! What hooks do not confine is told in the log where it matters: whether a processor refuses resources is known once it has
//! done so.

use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};

use crate::endpoint::EndpointId;
use crate::error::{Error, Status};
use crate::registry::Registry;

/// The names of the resources of which it is told already.
static TOLD: Mutex<BTreeSet<String>> = Mutex::new(BTreeSet::new());

/// Notes that `before_get_resource` has refused a resource: where no row rule hides it, filters, sorts, groups and totals tell
/// of it all the same. Who has to authenticate first is refused everything and told nothing.
pub(crate) fn note_refusal(registry: &Registry, place: EndpointId, refusal: Option<&Error>) {
    let endpoint = registry.endpoint(place);
    if endpoint.has_rule() || refusal.is_some_and(|error| error.status() == Status::UNAUTHORIZED) {
        return;
    }
    let name = &endpoint.settings.collection_name;
    if TOLD.lock().unwrap_or_else(PoisonError::into_inner).insert(name.to_string()) {
        log::warn!(
            "before_get_resource refuses resources of \"{name}\", which has no row rule: they are not shown, but filters, \
             sorts, groups and totals tell of them"
        );
    }
}
