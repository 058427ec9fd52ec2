//! Mounting models with other settings than their attributes give.

use std::marker::PhantomData;
use std::sync::Arc;

use crate::Method;
use crate::endpoint::Mount;
use crate::operators::{CustomOperator, Operators};
use crate::processor::{ApiProcessor, Hook, OfApi, OfResource, Processor};
use crate::resource_type::{Count, Limits, Model, ResourceTypes, Settings};

/// A model's descriptions and where it is mounted.
pub(crate) struct Mounted {
    pub(crate) types: ResourceTypes,
    pub(crate) mount: Mount,
    /// Those that the application gives when it mounts the resource.
    pub(crate) processors: Vec<Arc<dyn Hook>>,
}

/// Several resources under one prefix. Links name them where they are mounted here; a resource that is not mounted
/// here has none.
#[derive(Default)]
pub struct Api {
    prefix: String,
    mounted: Vec<Mounted>,
    processors: Vec<Arc<dyn Hook>>,
    operators: Operators,
}

impl Api {
    /// An `Api` under a path such as `/api`; it may be empty.
    #[must_use]
    pub fn new(prefix: impl Into<String>) -> Self {
        Self { prefix: prefix.into(), mounted: Vec::new(), processors: Vec::new(), operators: Operators::default() }
    }

    /// Lets a processor have its say in the requests for every resource, before the resources' own.
    #[must_use]
    pub fn processor(mut self, processor: impl ApiProcessor) -> Self {
        self.processors.push(Arc::new(OfApi(processor)));
        self
    }

    /// Mounts a resource. Its own prefix is replaced by that of the `Api`.
    #[must_use]
    pub fn resource<M: Model>(mut self, resource: ResourceApi<M>) -> Self {
        self.mounted.push(resource.prefix(self.prefix.clone()).into_mounted());
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

    pub(crate) fn into_parts(mut self) -> (String, Vec<Mounted>, Vec<Arc<dyn Hook>>) {
        for mounted in &mut self.mounted {
            mounted.mount.operators.add_missing(&self.operators);
        }
        (self.prefix, self.mounted, self.processors)
    }
}

/// The endpoint of a model, about to be mounted.
///
/// Every setting begins as the model's attributes give it.
#[derive(Clone)]
pub struct ResourceApi<M: Model> {
    mount: Mount,
    processors: Vec<Arc<dyn Hook>>,
    model: PhantomData<fn() -> M>,
}

impl<M: Model> ResourceApi<M> {
    /// The endpoint as the model's attributes describe it.
    #[must_use]
    pub fn new() -> Self {
        let settings = M::resource_types().settings();
        let settings = settings.unwrap_or_else(|| Settings::new("unmountable"));
        Self { mount: settings.into(), processors: Vec::new(), model: PhantomData }
    }

    /// Mounts the collection under another path, such as `/api/v2`; may be empty.
    #[must_use]
    pub fn prefix(mut self, prefix: impl Into<String>) -> Self {
        self.mount.prefix = prefix.into();
        self
    }

    /// Gives the collection and its resources another name in URLs and documents.
    #[must_use]
    pub fn collection_name(mut self, name: impl Into<String>) -> Self {
        self.mount.collection_name = name.into();
        self
    }

    /// Answers these methods and no other.
    #[must_use]
    pub fn methods(mut self, methods: impl IntoIterator<Item = Method>) -> Self {
        self.mount.methods = methods.into_iter().collect();
        self
    }

    /// The number of resources on a page when the client names none; 0 means that only the client's word paginates.
    #[must_use]
    pub fn page_size(mut self, size: u32) -> Self {
        self.mount.page_size = size;
        self
    }

    /// The greatest number of resources on a page; 0 means that there is no maximum.
    #[must_use]
    pub fn max_page_size(mut self, size: u32) -> Self {
        self.mount.max_page_size = size;
        self
    }

    /// Whether a collection tells `meta.total`.
    #[must_use]
    pub fn count(mut self, count: Count) -> Self {
        self.mount.count = count;
        self
    }

    /// Lets a processor have its say in the requests for the resource, after those that its attributes name.
    #[must_use]
    pub fn processor(mut self, processor: impl Processor<M>) -> Self {
        self.processors.push(Arc::new(OfResource::new(processor)));
        self
    }

    /// Lets clients choose the ids of what they create.
    #[must_use]
    pub fn allow_client_generated_ids(mut self) -> Self {
        self.mount.allow_client_generated_ids = true;
        self
    }

    /// Includes these paths when the client does not say `include`.
    #[must_use]
    pub fn include<P: Into<String>>(mut self, paths: impl IntoIterator<Item = P>) -> Self {
        self.mount.include = paths.into_iter().map(Into::into).collect();
        self
    }

    /// How many relationships a path of `include` may have.
    #[must_use]
    pub fn max_include_depth(mut self, depth: u32) -> Self {
        self.mount.max_include_depth = depth;
        self
    }

    /// Lets clients replace all members of a to-many relationship at once.
    #[must_use]
    pub fn allow_to_many_replacement(mut self) -> Self {
        self.mount.allow_to_many_replacement = true;
        self
    }

    /// Lets clients remove members from a to-many relationship.
    #[must_use]
    pub fn allow_delete_from_to_many_relationships(mut self) -> Self {
        self.mount.allow_delete_from_to_many_relationships = true;
        self
    }

    /// Lets clients evaluate aggregate functions at `<prefix>/eval/<collection>`.
    #[must_use]
    pub fn allow_functions(mut self) -> Self {
        self.mount.allow_functions = true;
        self
    }

    /// Gives the filters of the collection an operator; see [`Api::operator`].
    #[must_use]
    pub fn operator(mut self, name: impl Into<String>, operator: CustomOperator) -> Self {
        self.mount.operators.insert(name.into(), operator);
        self
    }

    /// Bounds what a client may ask at once in filters, sort keys and functions.
    #[must_use]
    pub fn limits(mut self, limits: Limits) -> Self {
        self.mount.limits = limits;
        self
    }

    pub(crate) fn into_mounted(self) -> Mounted {
        Mounted { types: M::resource_types(), mount: self.mount, processors: self.processors }
    }
}

impl<M: Model> Default for ResourceApi<M> {
    fn default() -> Self {
        Self::new()
    }
}
