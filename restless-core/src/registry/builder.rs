//! Where relationships lead: every resource type that can be reached from those that are mounted.

use crate::endpoint::{EndpointId, Mount};
use crate::resource_type::{Relationship, ResourceType};

/// A resource type that the application mounts.
pub(crate) struct Candidate {
    pub(crate) resource: &'static ResourceType,
    pub(crate) mount: Mount,
    pub(crate) vicinity: Vicinity,
    /// Which of the application's services mounts it; 0 is that of the registry.
    pub(crate) service: usize,
    /// How that service mounts its resources.
    pub(crate) mounting: Mounting,
}

impl Clone for Candidate {
    fn clone(&self) -> Self {
        Self { mount: self.mount.clone(), ..*self }
    }
}

/// How far a mount is from those that a registry is made for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Vicinity {
    /// It is one of them.
    Own,
    /// It is in another scope, within the same scopes of the web framework.
    Beside,
    /// It is anywhere else in the application.
    Apart,
}

/// How the resources of a registry are mounted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mounting {
    /// One by itself: relationships lead to what stands beside it.
    Alone,
    /// Several as an `Api`: relationships lead to each other.
    Together,
}

/// A resource type, and where its relationships lead.
pub(super) struct EndpointPlan {
    pub(super) resource: &'static ResourceType,
    pub(super) mount: Mount,
    pub(super) targets: Vec<EndpointId>,
    /// The first of the endpoints whose resources are the same to a client.
    pub(super) origin: EndpointId,
    /// Which of the candidates it is, if it is mounted.
    pub(super) candidate: Option<usize>,
    /// The endpoint with everything that is shown of it: its own, unless it shows less of another's.
    whole: EndpointId,
    /// The mounted endpoint from which it was found; its own, if it is mounted.
    root: EndpointId,
}

/// Every resource type that can be reached from those that are mounted.
pub(super) struct RegistryBuilder {
    pub(super) found: Vec<EndpointPlan>,
    /// What the application has to say before it is known where each relationship leads.
    pub(super) mistakes: Vec<String>,
    candidates: Vec<Candidate>,
    mounting: Mounting,
    /// Whether a model is mounted twice, so that it matters by which way a resource type without a mount is reached.
    has_twins: bool,
}

impl RegistryBuilder {
    /// Follows all relationships; the first of the candidates are those of the registry itself.
    pub(super) fn of(candidates: Vec<Candidate>, mounting: Mounting) -> Self {
        let own = candidates.iter().filter(|candidate| candidate.vicinity == Vicinity::Own).count();
        let has_twins = candidates
            .iter()
            .enumerate()
            .any(|(index, one)| candidates.iter().take(index).any(|other| std::ptr::eq(one.resource, other.resource)));
        let mut builder = Self { found: Vec::new(), mistakes: Vec::new(), candidates, mounting, has_twins };
        for candidate in 0..own {
            builder.mounted(candidate);
        }
        let mut next = 0;
        while next < builder.found.len() {
            for relationship in builder.found[next].resource.relationships {
                let target = builder.target(EndpointId::new(next), relationship);
                let target = builder.narrowed(EndpointId::new(next), target, relationship.name);
                builder.found[next].targets.push(target);
            }
            next += 1;
        }
        builder
    }

    /// Where a relationship leads: to the mount that the application names, else back to where it comes from, else to the
    /// one that there is.
    fn target(&mut self, endpoint: EndpointId, relationship: &Relationship) -> EndpointId {
        let target = relationship.target();
        if let Some(name) = self.found[endpoint.index()].mount.relation(relationship.name).map(str::to_owned) {
            return self.named(endpoint, relationship, &name);
        }
        if let Some(origin) = self.returned_to(endpoint, target) {
            return origin;
        }
        let fitting = self.fitting(endpoint, |candidate| std::ptr::eq(candidate.resource, target));
        match *fitting.as_slice() {
            [] => self.unmounted(target, self.found[endpoint.index()].root),
            [one] => self.mounted(one),
            [first, ..] => {
                let described = self.described(endpoint, &fitting);
                if described.is_none() {
                    self.mistakes.push(self.ambiguous(endpoint, relationship.name, &fitting));
                }
                self.mounted(described.unwrap_or(first))
            }
        }
    }

    /// A resource mounted twice leads to itself, not to its twin, and so does what is reached from it alone.
    fn returned_to(&self, endpoint: EndpointId, target: &'static ResourceType) -> Option<EndpointId> {
        let EndpointPlan { whole, root, candidate, .. } = self.found[endpoint.index()];
        let is_target = |id: &EndpointId| std::ptr::eq(self.found[id.index()].resource, target);
        let root = Some(root).filter(|_| candidate.is_none());
        // What a lone scope shows by itself is no secret on a way back to it.
        let alone = Some(EndpointId::new(0)).filter(|_| self.mounting == Mounting::Alone);
        [Some(whole), root, alone].into_iter().flatten().find(is_target)
    }

    /// The service that mounts an endpoint.
    fn service(&self, endpoint: EndpointId) -> Option<usize> {
        let candidate = self.candidates.get(self.found[endpoint.index()].candidate?)?;
        Some(candidate.service)
    }

    /// The candidates nearest to an endpoint for which that holds: those of its own service come first.
    fn fitting(&self, endpoint: EndpointId, fits: impl Fn(&Candidate) -> bool) -> Vec<usize> {
        let service = self.service(endpoint);
        let only = |is_near: &dyn Fn(&Candidate) -> bool| -> Vec<usize> {
            let candidates = self.candidates.iter().enumerate();
            let near = candidates.filter(|(_, candidate)| is_near(candidate) && fits(candidate));
            near.map(|(index, _)| index).collect()
        };
        let own = only(&|candidate| Some(candidate.service) == service);
        if !own.is_empty() {
            return own;
        }
        let groups = [Vicinity::Own, Vicinity::Beside, Vicinity::Apart];
        let mut groups = groups.into_iter().map(|vicinity| only(&|candidate| candidate.vicinity == vicinity));
        groups.find(|group| !group.is_empty()).unwrap_or_default()
    }

    /// Among those of other services, the only one that stands where the model's own attributes say.
    fn described(&self, endpoint: EndpointId, fitting: &[usize]) -> Option<usize> {
        let service = self.service(endpoint);
        let is_described = |index: &&usize| {
            let Candidate { resource, mount, vicinity, service: other, .. } = &self.candidates[**index];
            let settings = &resource.settings;
            *vicinity != Vicinity::Own
                && Some(*other) != service
                && mount.prefix == settings.prefix
                && mount.collection_name == settings.collection_name
        };
        let mut described = fitting.iter().filter(is_described);
        described.next().copied().filter(|_| described.next().is_none())
    }

    /// The mount that the application names.
    fn named(&mut self, endpoint: EndpointId, relationship: &Relationship, name: &str) -> EndpointId {
        let target = relationship.target();
        let from = self.found[endpoint.index()].candidate.and_then(|candidate| self.candidates.get(candidate));
        let from = from.map(|from| (from.service, from.mounting));
        let is_near = |candidate: &Candidate| match from {
            Some((service, Mounting::Together)) => candidate.service == service,
            _ => true,
        };
        let fitting = self.fitting(endpoint, |candidate| {
            std::ptr::eq(candidate.resource, target) && is_near(candidate) && candidate.mount.is_called(name)
        });
        match *fitting.as_slice() {
            [one] => self.mounted(one),
            [] => {
                let from = &self.found[endpoint.index()].mount.collection_name;
                let mistake = format!(
                    "\"{from}\": relation({:?}, {name:?}): no resource that the relationship could lead to is mounted \
                     as {name:?} here",
                    relationship.name
                );
                self.mistakes.push(mistake);
                self.unmounted(target, self.found[endpoint.index()].root)
            }
            [first, ..] => {
                self.mistakes.push(self.ambiguous(endpoint, relationship.name, &fitting));
                self.mounted(first)
            }
        }
    }

    /// What the application has to write where several mounts fit.
    fn ambiguous(&self, endpoint: EndpointId, relationship: &str, fitting: &[usize]) -> String {
        let name = |index: &usize| {
            let Candidate { mount, vicinity, .. } = &self.candidates[*index];
            match vicinity {
                Vicinity::Own => mount.collection_name.to_string(),
                _ => format!("{}/{}", mount.prefix, mount.collection_name),
            }
        };
        let names: Vec<String> = fitting.iter().map(name).collect();
        let first = names.first().map(String::as_str).unwrap_or_default();
        let EndpointPlan { mount, candidate, .. } = &self.found[endpoint.index()];
        let mounted = if candidate.is_some() { "" } else { "mount it as well, and " };
        format!(
            "\"{}\": the relationship {relationship:?} may lead to {}: {mounted}say which, for instance \
             .relation({relationship:?}, {first:?})",
            mount.collection_name,
            names.join(" or "),
        )
    }

    /// The endpoint of a candidate.
    fn mounted(&mut self, candidate: usize) -> EndpointId {
        let known = self
            .found
            .iter()
            .enumerate()
            .find(|(index, found)| found.candidate == Some(candidate) && found.whole.index() == *index);
        if let Some((index, _)) = known {
            return EndpointId::new(index);
        }
        let Candidate { resource, mount, .. } = self.candidates[candidate].clone();
        let id = EndpointId::new(self.found.len());
        self.add(EndpointPlan {
            resource,
            mount,
            targets: Vec::new(),
            origin: id,
            candidate: Some(candidate),
            whole: id,
            root: id,
        })
    }

    /// The endpoint of a resource type that nobody mounted.
    fn unmounted(&mut self, target: &'static ResourceType, root: EndpointId) -> EndpointId {
        let known = self.found.iter().enumerate().position(|(index, found)| {
            let is_whole = found.candidate.is_none() && found.whole.index() == index;
            is_whole && std::ptr::eq(found.resource, target) && (!self.has_twins || found.root == root)
        });
        known.map_or_else(
            || {
                let (id, mount) = (EndpointId::new(self.found.len()), target.settings.clone().into());
                self.add(EndpointPlan {
                    resource: target,
                    mount,
                    targets: Vec::new(),
                    origin: id,
                    candidate: None,
                    whole: id,
                    root,
                })
            },
            EndpointId::new,
        )
    }

    /// An endpoint of its own for what a mount shows of related resources, if it shows less of them. What they lead to is
    /// shown as it is everywhere.
    fn narrowed(&mut self, endpoint: EndpointId, target: EndpointId, relationship: &str) -> EndpointId {
        let EndpointPlan { mount, whole, .. } = &self.found[endpoint.index()];
        let found = &self.found[target.index()];
        let narrowed = (endpoint == *whole).then(|| found.mount.narrowed(&mount.columns, relationship)).flatten();
        let Some(mount) = narrowed else {
            return target;
        };
        let &EndpointPlan { resource, origin, candidate, whole, root, .. } = found;
        self.add(EndpointPlan { resource, mount, targets: Vec::new(), origin, candidate, whole, root })
    }

    /// Adds an endpoint; a client takes resources of one model and one name for the same.
    fn add(&mut self, mut found: EndpointPlan) -> EndpointId {
        let is_same = |other: &EndpointPlan| {
            std::ptr::eq(other.resource, found.resource) && other.mount.collection_name == found.mount.collection_name
        };
        let id = EndpointId::new(self.found.len());
        found.origin = self.found.iter().position(is_same).map_or(id, EndpointId::new);
        self.found.push(found);
        id
    }
}
