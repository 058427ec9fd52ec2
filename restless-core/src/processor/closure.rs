//! What one processor refuses is on no way to a resource: not related, not included, not in linkage.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::confinement::note_refusal;
use super::hooks::{Run, each};
use super::moment::{AfterRead, BeforeRead, Moment};
use super::response_resources::{AnyResource, ResponseResources};

use crate::endpoint::EndpointId;
use crate::operation::{Compound, Resources};
use crate::registry::Registry;

/// Which resources are there because another one leads to them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Led {
    /// What is included.
    Included,
    /// The primary data too.
    Everything,
}

/// Takes out of a document what `before_get_resource` refuses, and what only that led to; lets `after_get_resource`
/// change what is included.
pub(crate) async fn close(run: &Run, registry: &Registry, compound: &mut Compound, led: Led) {
    let mut closure = Closure { run, registry, known: HashMap::new() };
    for (index, set) in compound.sets.iter_mut().enumerate() {
        if index > 0 || led == Led::Everything {
            closure.drop_refused(set).await;
        }
        closure.close_links(set).await;
    }
    drop_unreachable(registry, compound);
    for set in compound.sets.iter_mut().skip(1) {
        closure.show(set).await;
    }
}

struct Closure<'a> {
    run: &'a Run,
    registry: &'a Registry,
    /// What has been asked already, by place and id.
    known: HashMap<(EndpointId, String), bool>,
}

impl Closure<'_> {
    async fn is_seen(&mut self, place: EndpointId, id: &str) -> bool {
        if self.run.hooks.of(place).is_empty() {
            return true;
        }
        let key = (place, id.to_owned());
        if let Some(known) = self.known.get(&key) {
            return *known;
        }
        let mut asked = id.to_owned();
        let outcome = each!(self.run, place, Moment::BeforeRead(BeforeRead::Resource(&mut asked)));
        // One that answers with another id has hidden this one.
        let is_seen = outcome.is_ok() && asked == id;
        if !is_seen {
            note_refusal(self.registry, place, outcome.as_ref().err());
        }
        self.known.insert(key, is_seen);
        is_seen
    }

    async fn drop_refused(&mut self, set: &mut Resources) {
        let mut seen = Vec::with_capacity(set.records.len());
        for index in 0..set.records.len() {
            let id = set.records.get(index).map(|record| record.id.clone()).unwrap_or_default();
            seen.push(self.is_seen(set.place, &id).await);
        }
        set.retain(&seen);
    }

    async fn close_links(&mut self, set: &mut Resources) {
        let registry = self.registry;
        let targets = &registry.endpoint(set.place).targets;
        for (number, relationship) in Arc::clone(&set.linkages).iter().enumerate() {
            self.close_linkage(set, number, targets[*relationship]).await;
        }
        for (relationship, lists) in &mut set.to_many {
            for ids in lists {
                *ids = self.seen_of(std::mem::take(ids), targets[*relationship]).await;
            }
        }
    }

    /// Takes out the ids of a to-one relationship that leads to an endpoint.
    async fn close_linkage(&mut self, set: &mut Resources, number: usize, target: EndpointId) {
        for index in 0..set.records.len() {
            let linked = set.records.get(index).and_then(|record| record.linkages[number].clone());
            if let Some(id) = linked
                && !self.is_seen(target, &id).await
            {
                set.records.unlink(index, number);
            }
        }
    }

    /// Those of the ids that are seen.
    async fn seen_of(&mut self, ids: Vec<String>, target: EndpointId) -> Vec<String> {
        let mut seen = Vec::with_capacity(ids.len());
        for id in ids {
            if self.is_seen(target, &id).await {
                seen.push(id);
            }
        }
        seen
    }

    /// Lets `after_get_resource` change the resources of a set, one by one.
    async fn show(&self, set: &mut Resources) {
        if self.run.hooks.of(set.place).is_empty() {
            return;
        }
        for index in 0..set.records.len() {
            let mut outgoing: ResponseResources<AnyResource> = ResponseResources::new(set.outgoing(index..index + 1));
            let outcome = each!(self.run, set.place, Moment::AfterRead(AfterRead::Resource(&mut outgoing)));
            match outcome {
                Ok(()) => set.take_back(index..index + 1, &outgoing.resources),
                Err(_) => set.clear(index),
            }
        }
    }
}

/// Drops included resources that nothing in the document leads to any more.
fn drop_unreachable(registry: &Registry, compound: &mut Compound) {
    loop {
        let mut led: HashSet<(EndpointId, String)> = HashSet::new();
        for set in &compound.sets {
            let targets = &registry.endpoint(set.place).targets;
            for record in set.records.iter() {
                let linked = set.linkages.iter().zip(&record.linkages);
                led.extend(linked.filter_map(|(relationship, id)| Some((targets[*relationship], id.clone()?))));
            }
            for (relationship, lists) in &set.to_many {
                led.extend(lists.iter().flatten().map(|id| (targets[*relationship], id.clone())));
            }
        }
        let mut is_handled = true;
        for set in compound.sets.iter_mut().skip(1) {
            let place = set.place;
            let seen: Vec<bool> = set.records.iter().map(|record| led.contains(&(place, record.id.clone()))).collect();
            is_handled &= seen.iter().all(|seen| *seen);
            set.retain(&seen);
        }
        if is_handled {
            return;
        }
    }
}
