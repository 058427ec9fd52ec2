//! What an application mounts besides a service, to which its relationships may lead.

use std::collections::{BTreeSet, HashSet};
use std::sync::{Arc, Mutex, PoisonError};

use super::{Pipeline, READ};
use crate::api::{self, Mounted};
use crate::backend::Database;
use crate::base_url::BaseUrl;
use crate::error::Error;
use crate::processor::Hook;
use crate::registry::{Candidate, Mounting, Vicinity};

/// What a service is made of.
pub(super) struct Parts {
    pub(super) mounted: Vec<Mounted>,
    /// Those of the whole `Api`.
    pub(super) processors: Vec<Arc<dyn Hook>>,
    /// What the links at its root begin with.
    pub(super) root: BaseUrl,
    pub(super) mounting: Mounting,
}

impl Parts {
    /// Refuses settings that contradict each other, and models that no open database can serve.
    pub(super) fn check(&self) -> Result<(), Error> {
        api::check(&self.mounted)?;
        self.mounted.iter().try_for_each(check_backend)
    }

    /// The names of the backends that some model is not made for.
    pub(super) fn not_made_for(&self) -> Vec<&'static str> {
        let lacks = |name: &&str| self.mounted.iter().any(|one| !one.resource.backend_names().contains(name));
        Database::BACKENDS.into_iter().filter(lacks).collect()
    }

    /// The headers that answers depend on, none twice.
    pub(super) fn read_headers(&self) -> Vec<&'static str> {
        let urls = self.mounted.iter().map(|one| &one.mount.base_url).chain([&self.root]);
        let read: BTreeSet<&str> = READ.into_iter().chain(urls.flat_map(BaseUrl::headers).copied()).collect();
        read.into_iter().collect()
    }
}

/// What is to be said of where relationships lead.
#[derive(Default)]
pub(super) struct Ways {
    /// What the application has to say before it is known where each of them leads.
    pub(super) mistakes: Vec<String>,
    /// The names of the resources that they lead to and nobody mounts.
    pub(super) unmounted: Vec<String>,
}

impl Ways {
    pub(super) fn check(&self) -> Result<(), Error> {
        self.mistakes.first().map_or(Ok(()), |mistake| Err(Error::internal(mistake)))
    }

    /// Says in the log which resources have no links: once, however many services lead to them.
    fn tell_of_unmounted(self) {
        static TOLD: Mutex<Option<HashSet<String>>> = Mutex::new(None);
        let mut told = TOLD.lock().unwrap_or_else(PoisonError::into_inner);
        let told = told.get_or_insert_default();
        for name in self.unmounted {
            if !told.contains(&name) {
                log::warn!("\"{name}\" is not mounted, though relationships lead to it: it is shown without links");
                told.insert(name);
            }
        }
    }
}

/// A resource of another service, and its processors.
pub(super) struct Neighbour {
    pub(super) candidate: Candidate,
    pub(super) processors: Vec<Arc<dyn Hook>>,
}

impl Pipeline {
    /// The service among the others of its application, each with the path of the web framework's scopes around it, as this
    /// one has with `place`. Relationships to what it does not mount itself lead to where others do: their rules, settings
    /// and processors hold on the way, and from a lone resource links name what stands in the same place. A resource that
    /// nobody mounts has no links, which the log tells once. Whoever mounts services calls it before the first request.
    ///
    /// # Errors
    ///
    /// When a relationship may lead to several mounts of which none is named, or to one that there is not.
    pub fn among(&self, place: &str, others: &[(&str, &Self)]) -> Result<Self, Error> {
        let neighbours = others.iter().enumerate().flat_map(|(index, (around, other))| {
            let vicinity = if *around == place { Vicinity::Beside } else { Vicinity::Apart };
            let mounting = other.parts.mounting;
            other.parts.mounted.iter().map(move |one| {
                let (resource, mount) = (one.resource, one.mount.clone());
                let candidate = Candidate { resource, mount, vicinity, service: index + 1, mounting };
                let processors = other.parts.processors.iter().chain(&one.processors).cloned().collect();
                Neighbour { candidate, processors }
            })
        });
        let neighbours: Vec<Neighbour> = neighbours.collect();
        let service = Self::build(&self.parts, &neighbours, &self.pattern)?;
        let ways = service.ways();
        ways.check()?;
        ways.tell_of_unmounted();
        Ok(Self { names: self.names.clone(), functions: self.functions.clone(), ..service })
    }
}

/// A model that is made for none of the open databases could answer nothing.
fn check_backend(mounted: &Mounted) -> Result<(), Error> {
    let made_for = mounted.resource.backend_names();
    let open: Vec<&str> = Database::all_open().iter().map(Database::backend_name).collect();
    if open.is_empty() || open.iter().any(|name| made_for.contains(name)) {
        return Ok(());
    }
    let (name, made_for, open) = (&mounted.mount.collection_name, made_for.join(", "), open.join(", "));
    Err(Error::internal(format!(
        "the model of \"{name}\" is made for {made_for} alone, by its check_for_backend; the database is {open}"
    )))
}
