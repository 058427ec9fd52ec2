//! Mounting a model with other settings than its attributes give.

use std::marker::PhantomData;

use crate::Method;
use crate::endpoint::Mount;
use crate::resource_type::{Count, Model, Settings};

/// The endpoint of a model, about to be mounted.
///
/// Every setting begins as the model's attributes give it.
#[derive(Debug, Clone)]
pub struct ResourceApi<M: Model> {
    mount: Mount,
    model: PhantomData<fn() -> M>,
}

impl<M: Model> ResourceApi<M> {
    /// The endpoint as the model's attributes describe it.
    #[must_use]
    pub fn new() -> Self {
        let settings = M::resource_types().settings();
        let settings = settings.unwrap_or_else(|| Settings::new("unmountable"));
        Self { mount: settings.into(), model: PhantomData }
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

    /// Lets clients choose the ids of what they create.
    #[must_use]
    pub fn allow_client_generated_ids(mut self) -> Self {
        self.mount.allow_client_generated_ids = true;
        self
    }

    pub(crate) fn into_mount(self) -> Mount {
        self.mount
    }
}

impl<M: Model> Default for ResourceApi<M> {
    fn default() -> Self {
        Self::new()
    }
}
