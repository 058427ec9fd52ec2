//! What a client wants a resource to become.

use std::any::Any;
use std::borrow::Cow;

use serde_json::Value;

use super::{Change, Row};
use crate::operation::{Assigned, Description, Incoming, IncomingData};
use crate::typed::{Field, Nullability, Nullable, Value as ValueOf};
use crate::value::{Input, TypedValue};

/// The attributes that a client sends, before they are checked; of what the application sets nothing but its type is checked.
#[derive(Debug)]
pub struct Changes<R> {
    pub(crate) incoming: Incoming<'static>,
    before: Option<Row<R>>,
}

impl<R> Changes<R> {
    pub(crate) fn new(incoming: Incoming<'static>) -> Self {
        let before = incoming.before.as_ref().map(Row::new);
        Self { incoming, before }
    }

    /// The row as it is before it is updated, with all of its fields; `None` where the row is new, and where no row is named
    /// yet. It exists for the client, and nobody else changes it before the transaction ends.
    #[must_use]
    pub const fn before(&self) -> Option<&Row<R>> {
        self.before.as_ref()
    }

    /// The names of the attributes that the client sends, in their order, and of those that the application sets.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        let sent = self.incoming.attributes.iter().map(|(name, _)| name.as_ref());
        let set = self.incoming.set.iter().filter_map(|(column, _)| self.name_of(column));
        sent.chain(set.filter(|name| self.sent(name).is_none()))
    }

    /// An attribute as the client sends it, or as the application has set it by its name; `None` if it is not sent.
    #[must_use]
    pub fn json(&self, name: &str) -> Option<Value> {
        let is_named = |column: &str| self.name_of(column) == Some(name);
        let set = self.incoming.set.iter().find_map(|(column, assigned)| match assigned {
            Assigned::Json(json) if is_named(column) => Some(json.as_str()),
            _ => None,
        });
        serde_json::from_str(set.or_else(|| self.sent(name))?).ok()
    }

    /// Sets an attribute by its name on the wire, whatever a client may do with it: nothing but its type is checked. One that is
    /// no attribute of the model, which a deserializer may know, is set as if the client had sent it.
    pub fn set_json(&mut self, name: &str, value: &Value) {
        self.remove(name);
        let column = self.incoming.description.and_then(|Description(resource)| resource.column_of(name));
        match column {
            Some(column) => self.incoming.set.push((column, Assigned::Json(value.to_string()))),
            None => self.incoming.attributes.push((Cow::Owned(name.to_owned()), Cow::Owned(value.to_string()))),
        }
    }

    /// What becomes of a field, as the client sends it or as the application has set it. A foreign key is also what the
    /// relationship says that the client sends instead of it, or that changes from the other side.
    ///
    /// ```
    /// use restless_core::{Change, Changes, Field, Nullable, ValidationErrors};
    /// # struct Person;
    /// // What the derive writes as `PersonFields::AGE`.
    /// const AGE: Field<Person, i32, Nullable> = Field::named("age");
    /// fn validate(changes: &Changes<Person>) -> Result<(), ValidationErrors> {
    ///     match changes.get(AGE) {
    ///         Change::Value(age) if age < 0 => Err(ValidationErrors::new().with("age", "must not be negative")),
    ///         _ => Ok(()),
    ///     }
    /// }
    /// ```
    #[must_use]
    pub fn get<T, N>(&self, field: Field<R, T, N>) -> Change<T>
    where
        T: Any + Send + Sync + Clone,
        N: Nullability,
    {
        let column = field.column();
        let set = self.incoming.set.iter().find(|(found, _)| *found == column);
        let json = match set {
            Some((_, Assigned::Typed(value))) => return N::release(value).into(),
            Some((_, Assigned::Json(json))) => Some(json.as_str()),
            None => self.name_of(column).and_then(|name| self.sent(name)),
        };
        match json.map(Input::Json).or_else(|| self.linked(column)) {
            None => Change::Absent,
            Some(Input::Json("null")) => Change::Null,
            Some(input) => {
                let resource = self.incoming.description;
                let parsed = resource.and_then(|Description(resource)| resource.parse(column, input));
                parsed.map_or(Change::Absent, |value| N::release(&value).into())
            }
        }
    }

    /// Sets a field, whatever a client may do with it: nothing but its type is checked.
    pub fn set<T, N>(&mut self, field: Field<R, T, N>, value: impl ValueOf<T>)
    where
        T: Any + Send + Sync,
        N: Nullability,
    {
        self.assign(field.column(), N::hold(value.into_value()));
    }

    /// Sets a field that may have no value to null.
    ///
    /// ```
    /// use restless_core::{Changes, Field, Nullable};
    /// # struct Person;
    /// const AGE: Field<Person, i32, Nullable> = Field::named("age");
    /// fn forget_age(changes: &mut Changes<Person>) {
    ///     changes.set_null(AGE);
    /// }
    /// ```
    ///
    /// ```compile_fail
    /// # use restless_core::{Changes, Field};
    /// # struct Person;
    /// # const NAME: Field<Person, String> = Field::named("name");
    /// fn forget_name(changes: &mut Changes<Person>) {
    ///     changes.set_null(NAME);
    /// }
    /// ```
    pub fn set_null<T: Any + Send + Sync>(&mut self, field: Field<R, T, Nullable>) {
        self.assign(field.column(), TypedValue::new(None::<T>));
    }

    /// Drops an attribute, and what the application has set in its stead; true if the client sends it.
    pub fn remove(&mut self, name: &str) -> bool {
        let column = self.incoming.description.and_then(|Description(resource)| resource.column_of(name));
        self.incoming.set.retain(|(found, _)| Some(*found) != column);
        let before = self.incoming.attributes.len();
        self.incoming.attributes.retain(|(found, _)| found != name);
        self.incoming.attributes.len() < before
    }

    fn assign(&mut self, column: &'static str, value: TypedValue) {
        self.incoming.set.retain(|(found, _)| *found != column);
        self.incoming.set.push((column, Assigned::Typed(value)));
    }

    fn name_of(&self, column: &str) -> Option<&'static str> {
        let Description(resource) = self.incoming.description?;
        resource.name_of(column)
    }

    /// The JSON that the client sends by that name.
    fn sent(&self, name: &str) -> Option<&str> {
        let (_, json) = self.incoming.attributes.iter().find(|(found, _)| found == name)?;
        Some(json)
    }

    /// The id in the relationship whose foreign key the column is, or null if it leads to nothing.
    fn linked(&self, column: &str) -> Option<Input<'_>> {
        let Description(resource) = self.incoming.description?;
        let name = resource.relationship_of(column)?;
        let linkage = &self.incoming.relationships.iter().find(|relationship| relationship.name == name)?.linkage;
        match &linkage.data {
            IncomingData::One(Some(member)) => Some(Input::Text(&member.id)),
            IncomingData::One(None) => Some(Input::Json("null")),
            _ => None,
        }
    }
}
