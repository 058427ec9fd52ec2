//! Delete a resource (JSON:API 1.1, "Deleting Resources").

use std::sync::Arc;

use super::refusal::Subject;
use super::{Outcome, fetch_resource};
use crate::backend::{Access, Dialect, Operation, Session};
use crate::endpoint::Endpoint;
use crate::error::Errors;
use crate::query::{self, Parameters};
use crate::statement::{Delete, Predicate};

/// A resource that is to go away.
pub(crate) struct DeleteResource<DB: Dialect> {
    endpoint: Arc<Endpoint<DB>>,
    id: String,
    delete: Delete<DB>,
}

impl<DB: Dialect> DeleteResource<DB> {
    /// Reads the request.
    pub(crate) fn plan(endpoint: Arc<Endpoint<DB>>, id: String, parameters: &Parameters) -> Result<Self, Errors> {
        query::read_none(parameters)?;
        let value = fetch_resource::key(&endpoint, &id)?;
        let predicate = Predicate::Equals { column: endpoint.resource.key.column, value };
        let delete = Delete { resource: endpoint.resource, predicate };
        Ok(Self { endpoint, id, delete })
    }
}

impl<DB: Dialect> Operation<DB> for DeleteResource<DB> {
    type Output = Outcome;

    fn access(&self) -> Access {
        Access::Write
    }

    async fn execute<S: Session<Dialect = DB>>(self, session: &S) -> Result<Outcome, Errors> {
        let subject = Subject { endpoint: &self.endpoint, place: None, sent: &[] };
        match session.execute(&self.delete).await.map_err(|error| subject.refuse(error))? {
            0 => Err(fetch_resource::missing(&self.endpoint, &self.id).into()),
            _ => Ok(Outcome::Deleted),
        }
    }
}
