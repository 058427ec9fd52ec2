//! Create a resource (JSON:API 1.1, "Creating Resources").

use std::sync::Arc;

use super::changes::{Changes, Moment, check_type};
use super::records::KeyReader;
use super::refusal::Subject;
use super::{Incoming, Outcome, Place, fetch_resource};
use crate::backend::{Access, Dialect, Operation, Session};
use crate::endpoint::Endpoint;
use crate::error::{Error, Errors};
use crate::query::{self, Parameters};
use crate::statement::{Caching, Insert};
use crate::value::Input;

/// A new resource.
pub(crate) struct Create<DB: Dialect> {
    endpoint: Arc<Endpoint<DB>>,
    insert: Insert<DB>,
    /// The attributes that the client wants to see of it.
    attributes: Vec<usize>,
    place: Place,
    sent: Vec<&'static str>,
}

impl<DB: Dialect> Create<DB> {
    /// Reads the request.
    pub(crate) fn plan(
        endpoint: Arc<Endpoint<DB>>,
        incoming: Incoming<'_>,
        parameters: &Parameters,
    ) -> Result<Self, Errors> {
        let attributes = query::read_fields(&endpoint, parameters)?;
        let mut errors = Vec::new();
        check_type(&endpoint, &incoming, &mut errors);
        let mut changes = Changes::read(&endpoint, &incoming, Moment::Creation, &mut errors);
        set_id(&endpoint, &incoming, &mut changes, &mut errors);
        Errors::check(errors)?;
        changes.add_defaults(&endpoint);
        let caching = caching(&endpoint, &changes);
        let insert = Insert { resource: endpoint.resource, values: changes.values, caching };
        Ok(Self { endpoint, insert, attributes, place: incoming.place, sent: changes.sent })
    }

    async fn insert<S: Session<Dialect = DB>>(&self, session: &S) -> Result<String, Errors> {
        let mut reader = KeyReader { endpoint: &self.endpoint, key: None };
        let inserted = session.load(&self.insert, &mut reader).await;
        let subject = Subject { endpoint: &self.endpoint, place: Some(&self.place), sent: &self.sent };
        inserted.map_err(|error| subject.refuse(error))?;
        reader.key.ok_or_else(|| Error::conflict("the database refuses the change").into())
    }
}

impl<DB: Dialect> Operation<DB> for Create<DB> {
    type Output = Outcome;

    fn access(&self) -> Access {
        Access::Write
    }

    async fn execute<S: Session<Dialect = DB>>(self, session: &S) -> Result<Outcome, Errors> {
        let id = self.insert(session).await?;
        let key = fetch_resource::key(&self.endpoint, &id)?;
        let select = fetch_resource::select_by_key(&self.endpoint, key, self.attributes);
        let records = fetch_resource::read(session, &self.endpoint, &select).await?;
        if records.is_empty() {
            return Err(fetch_resource::missing(&self.endpoint, &id).into());
        }
        Ok(Outcome::Created(records))
    }
}

/// The id that the client chose becomes the key, if it may choose one.
fn set_id<DB: Dialect>(
    endpoint: &Endpoint<DB>,
    incoming: &Incoming<'_>,
    changes: &mut Changes<DB>,
    errors: &mut Vec<Error>,
) {
    let Some(id) = &incoming.id else {
        return;
    };
    let key = &endpoint.resource.key;
    let pointer = incoming.place.member("id");
    if key.is_read_only || !endpoint.settings.allow_client_generated_ids {
        errors.push(Error::client_generated_id().at_pointer(pointer));
    } else if id.is_empty() {
        errors.push(Error::empty_key("id").at_pointer(pointer));
    } else if changes.has(key.column) {
        let detail = format!("the id is that of the attribute \"{}\" already", key.name);
        errors.push(Error::invalid_document(detail).at_pointer(pointer));
    } else {
        match (key.codec.bind)(Input::Text(id)) {
            Ok(value) => {
                changes.values.push((key.column, value));
                changes.sent.push("id");
            }
            Err(mismatch) => errors.push(Error::invalid_value("id", &mismatch).at_pointer(pointer)),
        }
    }
}

fn caching<DB: Dialect>(endpoint: &Endpoint<DB>, changes: &Changes<DB>) -> Caching {
    use std::hash::Hash;
    endpoint.shapes.caching(|hasher| {
        ("insert", changes.values.iter().map(|(column, _)| *column).collect::<Vec<_>>()).hash(hasher);
        true
    })
}
