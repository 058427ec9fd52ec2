//! What a client wants a resource to become.

use std::borrow::Cow;
use std::marker::PhantomData;

use serde_json::Value;

use crate::operation::Incoming;

/// The attributes that a client sends, before they are checked; what the application sets is not checked for access.
#[derive(Debug)]
pub struct Changes<R> {
    pub(crate) incoming: Incoming<'static>,
    model: PhantomData<fn() -> R>,
}

impl<R> Changes<R> {
    pub(crate) fn new(incoming: Incoming<'static>) -> Self {
        Self { incoming, model: PhantomData }
    }

    /// The names of the attributes that the client sends, in their order.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.incoming.attributes.iter().map(|(name, _)| name.as_str())
    }

    /// An attribute as the client sends it; `None` if it does not.
    #[must_use]
    pub fn json(&self, name: &str) -> Option<Value> {
        let (_, json) = self.incoming.attributes.iter().find(|(found, _)| found == name)?;
        serde_json::from_str(json).ok()
    }

    /// Sets an attribute as if the client had sent it.
    pub fn set_json(&mut self, name: &str, value: &Value) {
        self.remove(name);
        self.incoming.attributes.push((name.to_owned(), Cow::Owned(value.to_string())));
    }

    /// Drops an attribute; true if the client sends it.
    pub fn remove(&mut self, name: &str) -> bool {
        let before = self.incoming.attributes.len();
        self.incoming.attributes.retain(|(found, _)| found != name);
        self.incoming.attributes.len() < before
    }
}
