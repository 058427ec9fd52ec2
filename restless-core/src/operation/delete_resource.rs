//! Delete a resource (JSON:API 1.1, "Deleting Resources").

use super::delete::{DeletionSet, Step};
use super::refusal::Subject;
use super::{EndpointRef, Outcome, Records, WriteSession, begin};
use crate::backend::{RowId, Session};
use crate::dialect::{Dialect, Violation};
use crate::error::{Error, Errors};
use crate::statement::{Delete, Predicate};

/// A resource that is to go away.
pub(crate) struct DeleteResource {
    site: EndpointRef,
    id: String,
}

impl DeleteResource {
    /// Reads the request. Of an id that no key can have the application may make another one.
    pub(crate) fn plan<DB: Dialect>(site: EndpointRef, id: String) -> Result<Self, Errors> {
        if !site.has_hooks() {
            site.key::<DB>(&id)?;
        }
        Ok(Self { site, id })
    }

    /// The row.
    pub(super) fn row(&self) -> RowId<'_> {
        self.site.row(&self.id)
    }

    /// Deletes the resource.
    pub(super) async fn run<S: WriteSession>(&self, session: &S) -> Result<Outcome, Errors> {
        self.delete(session).await.map(|()| Outcome::Done)
    }

    /// Deletes the row, and those that go with it before.
    async fn delete<S: WriteSession>(&self, session: &S) -> Result<(), Errors> {
        if self.site.has_hooks() {
            return self.delete_asked(session).await;
        }
        if self.site.has_rule() {
            begin(session).await?;
            self.site.hold(session, &self.id).await?;
        }
        if !settles_anything(&self.site) {
            return self.delete_one(session).await;
        }
        begin(session).await?;
        let rows = self.site.find_all(session, &self.id).await?;
        self.site.check_one(&self.id, rows.len())?;
        self.delete_doomed(session, DeletionSet::find(session, self.site.clone(), rows).await?).await
    }

    /// Deletes the row that the application makes of the id, unless it does that itself.
    async fn delete_asked<S: WriteSession>(&self, session: &S) -> Result<(), Errors> {
        begin(session).await?;
        let deletions = DeletionSet::find(session, self.site.clone(), Records::named(&self.id)).await?;
        let id = deletions.rows.first().and_then(|(_, ids)| ids.first()).unwrap_or(&self.id).clone();
        Self { site: self.site.clone(), id }.delete_doomed(session, deletions).await
    }

    async fn delete_doomed<S: WriteSession>(&self, session: &S, deletions: DeletionSet) -> Result<(), Errors> {
        for (site, ids) in deletions.rows.iter().rev() {
            let rows = self.delete_where(session, site, site.by_keys(ids)?).await?;
            site.check_rows(ids.len(), rows)?;
        }
        deletions.tell(session).await
    }

    /// Deletes the row alone, which is a transaction by itself where there can be no other row of its id.
    async fn delete_one<S: Session>(&self, session: &S) -> Result<(), Errors> {
        if !self.site.has_unique_ids(session).await {
            begin(session).await?;
        }
        let rows = self.delete_where(session, &self.site, self.site.by_key(&self.id)?).await?;
        Ok(self.site.check_one(&self.id, rows)?)
    }

    async fn delete_where<S: Session>(
        &self,
        session: &S,
        site: &EndpointRef,
        predicate: Predicate<S::Dialect>,
    ) -> Result<usize, Errors> {
        let endpoint = site.endpoint();
        match session.execute(&Delete { table: endpoint.resource.table, predicate }).await {
            Ok(0) => Err(self.site.missing(&self.id).into()),
            Ok(rows) => Ok(rows),
            Err(refused) if refused.violation == Violation::ForeignKey => {
                let refusal = self.dependants(session).await.map_or_else(Error::in_use, Error::has_dependants);
                Err(refusal.with_cause(refused.cause).into())
            }
            Err(refused) => Err(Subject { endpoint, place: None, sent: &[], links: &[] }.refuse(refused).into()),
        }
    }

    /// The relationship whose resources refer to the one that the database would not delete, as far as the client may know
    /// of it.
    async fn dependants<S: Session>(&self, session: &S) -> Option<&'static str> {
        let rows = self.site.find_all(session, &self.id).await.ok()?;
        for (id, relationship) in self.site.endpoint().resource.relationships_by_id() {
            let step = Step { site: &self.site, id, relationship, owners: &rows };
            if step.is_held(session).await.unwrap_or_default() {
                return Some(relationship.name);
            }
        }
        None
    }
}

fn settles_anything(site: &EndpointRef) -> bool {
    site.endpoint().resource.relationships.iter().any(|relationship| relationship.on_delete.is_some())
}
