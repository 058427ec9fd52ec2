//! New values of a row, with the related rows that are written before and after it.

use super::foreign_keys::Written;
use std::hash::Hash;

use super::changes::Changes;
use super::linking::{LinkChange, Owner};
use super::{EndpointRef, Place, Record, WriteSession, nested};
use crate::backend::Session;
use crate::dialect::Dialect;
use crate::error::Errors;
use crate::statement::{Assignment, Returning, Update};

/// What becomes of a row.
pub(super) struct Modification<'a, DB: Dialect> {
    pub(super) site: &'a EndpointRef,
    pub(super) id: &'a str,
    pub(super) changes: &'a Changes<DB>,
    pub(super) place: &'a Place,
}

impl<DB: Dialect> Modification<'_, DB> {
    /// Writes the row and everything that the client wrote with it.
    pub(super) async fn write<S: WriteSession<Dialect = DB>>(&self, session: &S) -> Result<(), Errors> {
        let keys = self.hold(session).await?;
        let links = nested::write_referred(session, self.site, &self.changes.nested).await?;
        self.update(session, &links).await?;
        if let Some(keys) = keys.filter(|_| self.changes.reach_elsewhere(self.site)) {
            self.link(session, &keys).await?;
        }
        self.site.check_kept(session, self.id).await
    }

    /// Writes the row, or makes sure that there is one.
    async fn update<S: Session<Dialect = DB>>(&self, session: &S, links: &[LinkChange]) -> Result<(), Errors> {
        let foreign_keys = self.changes.resolve_own(session, self.site, links).await?;
        let values = self.changes.assignments(&foreign_keys);
        if values.is_empty() {
            return self.site.check_exists(session, self.id).await;
        }
        let update = self.statement(values, Returning::Nothing)?;
        match session.execute(&update).await {
            Ok(rows) => Ok(self.site.check_one(self.id, rows)?),
            Err(refused) => Err(self
                .changes
                .explain(session, Written { site: self.site, place: self.place, more: links }, refused)
                .await),
        }
    }

    pub(super) fn statement<'b>(
        &self,
        values: Vec<Assignment<'b, DB>>,
        returning: Returning<'b, DB>,
    ) -> Result<Update<'b, DB>, Errors> {
        let endpoint = self.site.endpoint();
        let caching = endpoint.shapes.caching(|hasher| {
            "update".hash(hasher);
            for (column, _) in &values {
                column.hash(hasher);
            }
            returning.shape(hasher)
        });
        Ok(Update { resource: endpoint.resource, values, predicate: self.site.by_key(self.id)?, returning, caching })
    }

    /// Looks at the row before it changes, where that decides whether it may, or its relationships change with it.
    async fn hold<S: Session<Dialect = DB>>(&self, session: &S) -> Result<Option<Record>, Errors> {
        if self.site.has_rule() || self.changes.reach_elsewhere(self.site) {
            return self.site.hold(session, self.id).await.map(Some);
        }
        Ok(None)
    }

    /// Changes the relationships whose foreign keys other tables hold.
    async fn link<S: WriteSession<Dialect = DB>>(&self, session: &S, keys: &Record) -> Result<(), Errors> {
        let owner = Owner { site: self.site, id: &keys.id, reference: keys.reference.as_deref() };
        self.changes.link(session, &owner).await
    }
}
