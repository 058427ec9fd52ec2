//! A row as it is in the database.

use std::any::Any;
use std::marker::PhantomData;
use std::sync::Arc;

use serde_json::Value;

use crate::operation::WholeRow;
use crate::typed::{Field, Nullability};

/// A row of the model `R` as it is in the database, with all of its fields: also those that no client sees, whatever the
/// client asks to see. It is read within the transaction of a write.
///
/// ```
/// use restless_core::{Field, Row};
/// # struct Ticket;
/// // What the derive writes as `TicketFields::IS_ARCHIVED`.
/// const IS_ARCHIVED: Field<Ticket, bool> = Field::named("is_archived");
/// fn is_archived(row: &Row<Ticket>) -> bool {
///     row.get(IS_ARCHIVED) == Some(true)
/// }
/// ```
#[derive(Debug)]
pub struct Row<R> {
    row: Arc<WholeRow>,
    model: PhantomData<fn() -> R>,
}

impl<R> Row<R> {
    pub(crate) fn new(row: &Arc<WholeRow>) -> Self {
        Self { row: Arc::clone(row), model: PhantomData }
    }

    /// The same for a reader that knows the model, or none.
    pub(crate) fn seen_as<S>(self) -> Row<S> {
        Row { row: self.row, model: PhantomData }
    }

    /// The id.
    #[must_use]
    pub fn id(&self) -> &str {
        self.row.id()
    }

    /// The value of a field; `None` if it is null.
    #[must_use]
    pub fn get<T, N>(&self, field: Field<R, T, N>) -> Option<T>
    where
        T: Any + Send + Sync + Clone,
        N: Nullability,
    {
        N::release(self.row.typed(field.column())?)
    }

    /// The value of an attribute by its name on the wire; of a foreign key that is no field of the model, by the name of its
    /// column. `None` if there is none of that name, and for a field that has no form on the wire.
    #[must_use]
    pub fn json(&self, name: &str) -> Option<Value> {
        self.row.json(name)
    }

    /// The names of everything that [`json`](Self::json) gives.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.row.names()
    }
}
