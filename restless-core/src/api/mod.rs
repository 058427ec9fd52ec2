//! Mounting models with other settings than their attributes give.

mod check;
mod links;
mod settings;

use std::marker::PhantomData;
use std::sync::Arc;

use crate::endpoint::Mount;
use crate::operators::{CustomOperator, Operators};
use crate::processor::{ApiProcessor, Hook, OfApi, OfResource, Processor};
use crate::resource_type::{Model, ResourceType, Settings};

pub(crate) use check::check;

/// A model's description and where it is mounted.
pub(crate) struct Mounted {
    pub(crate) resource: &'static ResourceType,
    pub(crate) mount: Mount,
    /// Those that the application gives when it mounts the resource.
    pub(crate) processors: Vec<Arc<dyn Hook>>,
}

/// A setting that the application changes.
type Change = Arc<dyn Fn(&mut Mount) + Send + Sync>;

/// A resource that is mounted once it is known what its `Api` changes.
type Resource = Box<dyn FnOnce(&[Change]) -> Mounted>;

/// Several resources under one prefix. Links name them where they are mounted here; a resource that is not mounted
/// here has none.
#[derive(Default)]
pub struct Api {
    prefix: String,
    resources: Vec<Resource>,
    changes: Vec<Change>,
    processors: Vec<Arc<dyn Hook>>,
    operators: Operators,
}

impl Api {
    /// An `Api` under a path such as `/api`; it may be empty.
    #[must_use]
    pub fn new(prefix: impl Into<String>) -> Self {
        Self { prefix: prefix.into(), ..Self::default() }
    }

    fn change(mut self, change: impl Fn(&mut Mount) + Send + Sync + 'static) -> Self {
        self.changes.push(Arc::new(change));
        self
    }

    /// Lets a processor have its say in the requests for every resource, before the resources' own.
    #[must_use]
    pub fn processor(mut self, processor: impl ApiProcessor) -> Self {
        self.processors.push(Arc::new(OfApi { processor }));
        self
    }

    /// Mounts a resource. Its own prefix is replaced by that of the `Api`.
    #[must_use]
    pub fn resource<M: Model>(mut self, resource: ResourceApi<M>) -> Self {
        let resource = resource.prefix(self.prefix.clone());
        self.resources.push(Box::new(move |changes| resource.into_mounted(changes)));
        self
    }

    /// Gives the filters of all resources an operator, to be used as `filter[age][name]=…` and
    /// `{"name":"age","op":"name","val":…}`. It may have the name of one that restless knows itself; one that a
    /// resource has by the same name comes before it.
    ///
    /// ```
    /// use restless_core::{Api, CustomOperator, OperatorSql};
    /// let is_known = CustomOperator::new(|_| Ok(OperatorSql::new().column().sql(" <> ''")));
    /// let api = Api::new("/api").operator("is_known", is_known);
    /// # let _ = api;
    /// ```
    #[must_use]
    pub fn operator(mut self, name: impl Into<String>, operator: CustomOperator) -> Self {
        self.operators.insert(name.into(), operator);
        self
    }

    /// The settings of its root: those of resources that have none of their own.
    pub(crate) fn root(&self) -> Mount {
        let mut root = Settings::new("root").into();
        self.changes.iter().for_each(|change| change(&mut root));
        root
    }

    pub(crate) fn into_parts(self) -> (String, Vec<Mounted>, Vec<Arc<dyn Hook>>) {
        let mut mounted: Vec<Mounted> = self.resources.into_iter().map(|resource| resource(&self.changes)).collect();
        for one in &mut mounted {
            one.mount.operators.add_missing(&self.operators);
        }
        (self.prefix, mounted, self.processors)
    }
}

/// The endpoint of a model, about to be mounted.
///
/// Every setting begins as the model's attributes give it.
#[derive(Clone)]
pub struct ResourceApi<M: Model> {
    changes: Vec<Change>,
    operators: Operators,
    processors: Vec<Arc<dyn Hook>>,
    model: PhantomData<fn() -> M>,
}

impl<M: Model> ResourceApi<M> {
    /// The endpoint as the model's attributes describe it.
    #[must_use]
    pub fn new() -> Self {
        Self { changes: Vec::new(), operators: Operators::default(), processors: Vec::new(), model: PhantomData }
    }

    fn change(mut self, change: impl Fn(&mut Mount) + Send + Sync + 'static) -> Self {
        self.changes.push(Arc::new(change));
        self
    }

    /// Lets a processor have its say in the requests for the resource, after those that its attributes name.
    #[must_use]
    pub fn processor(mut self, processor: impl Processor<M>) -> Self {
        self.processors.push(Arc::new(OfResource::new(processor)));
        self
    }

    /// Gives the filters of the collection an operator; see [`Api::operator`].
    #[must_use]
    pub fn operator(mut self, name: impl Into<String>, operator: CustomOperator) -> Self {
        self.operators.insert(name.into(), operator);
        self
    }

    /// The endpoint as it is mounted, where `changes` are those of all resources.
    pub(crate) fn into_mounted(self, changes: &[Change]) -> Mounted {
        let resource = M::resource_type();
        let mut mount: Mount = resource.settings.clone().into();
        for change in changes.iter().chain(&self.changes) {
            change(&mut mount);
        }
        mount.operators.add_missing(&self.operators);
        Mounted { resource, mount, processors: self.processors }
    }
}

impl<M: Model> Default for ResourceApi<M> {
    fn default() -> Self {
        Self::new()
    }
}
