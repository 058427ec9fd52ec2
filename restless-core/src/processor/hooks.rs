//! The processors of all endpoints, for one request.

use std::sync::Arc;

use super::moment::Hook;
use crate::context::Context;
use crate::endpoint::EndpointId;

/// The processors of each endpoint, by its place, in their order.
#[derive(Default)]
pub(crate) struct Hooks(pub(crate) Vec<Vec<Arc<dyn Hook>>>);

/// The processors in the context of one request.
#[derive(Clone)]
pub(crate) struct Run {
    pub(crate) context: Context,
    pub(crate) hooks: Arc<Hooks>,
    /// The names of the resources, by their places.
    pub(crate) names: Arc<[String]>,
}

impl Hooks {
    /// Whether there are none at all.
    pub(crate) fn are_none(&self) -> bool {
        self.0.iter().all(Vec::is_empty)
    }

    /// Those of an endpoint.
    pub(crate) fn of(&self, place: EndpointId) -> &[Arc<dyn Hook>] {
        self.0.get(place.index()).map(Vec::as_slice).unwrap_or_default()
    }
}

impl Run {
    /// What a processor of an endpoint is given.
    pub(super) fn context_of(&self, place: EndpointId) -> Context {
        self.context.of_resource(self.names.get(place.index()).map(String::as_str).unwrap_or_default())
    }
}

/// Lets every processor of an endpoint have its say, in their order, until one refuses.
macro_rules! each {
    ($run:expr, $place:expr, $moment:expr) => {{
        let run: &$crate::processor::Run = $run;
        let place: $crate::endpoint::EndpointId = $place;
        let name = run.names.get(place.index()).map(String::as_str).unwrap_or_default();
        let context = run.context.of_resource(name);
        let mut outcome: Result<(), $crate::error::Error> = Ok(());
        for hook in run.hooks.of(place) {
            outcome = hook.run(&context, $moment).await;
            if outcome.is_err() {
                break;
            }
        }
        outcome
    }};
}
pub(crate) use each;
