//! What a client wants a resource to become.

use std::any::Any;
use std::borrow::Cow;
use std::marker::PhantomData;

use serde_json::Value;

use crate::operation::{Description, Incoming};
use crate::typed::{Field, Nullability, Value as ValueOf};

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
        self.incoming.attributes.iter().map(|(name, _)| name.as_ref())
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
        self.incoming.attributes.push((Cow::Owned(name.to_owned()), Cow::Owned(value.to_string())));
    }

    /// A field as the client sends it, or as the application has set it; `None` if it is not sent, is null or does not
    /// fit.
    ///
    /// ```
    /// use restless_core::{Changes, Field, Nullable, ValidationErrors};
    /// # struct Person;
    /// // What the derive writes as `PersonFilter::AGE`.
    /// const AGE: Field<Person, i32, Nullable> = Field::named("age");
    /// fn validate(changes: &Changes<Person>) -> Result<(), ValidationErrors> {
    ///     match changes.get(AGE) {
    ///         Some(age) if age < 0 => Err(ValidationErrors::new().with("age", "must not be negative")),
    ///         _ => Ok(()),
    ///     }
    /// }
    /// ```
    #[must_use]
    pub fn get<T, N>(&self, field: Field<R, T, N>) -> Option<T>
    where
        T: Any + Send + Sync + Clone,
        N: Nullability,
    {
        if let Some((_, value)) = self.incoming.set.iter().find(|(column, _)| *column == field.column()) {
            return N::release(value);
        }
        let Description(resource) = self.incoming.description?;
        let name = resource.name_of(field.column())?;
        let (_, json) = self.incoming.attributes.iter().find(|(found, _)| found == name)?;
        N::release(&resource.parse(field.column(), json)?)
    }

    /// Sets a field, whatever a client may do with it.
    pub fn set<T, N>(&mut self, field: Field<R, T, N>, value: impl ValueOf<T>)
    where
        T: Any + Send + Sync,
        N: Nullability,
    {
        self.incoming.set.retain(|(column, _)| *column != field.column());
        self.incoming.set.push((field.column(), N::hold(value.into_value())));
    }

    /// Drops an attribute; true if the client sends it.
    pub fn remove(&mut self, name: &str) -> bool {
        let before = self.incoming.attributes.len();
        self.incoming.attributes.retain(|(found, _)| found != name);
        self.incoming.attributes.len() < before
    }
}
