//! Whoever is asked before and after a row is written, whatever leads to it: a request for the row itself, a related one,
//! a relationship. Operations do not know who that is.

use std::sync::Arc;

use super::linking::{Member, resolve};
use super::{Compound, EndpointRef, Incoming, Outcome, RelatedTo, WholeRow};
use crate::Method;
use crate::backend::{Access, DatabaseConnection, Operation, Refused, RowId, Session, Visitor};
use crate::dialect::{Dialect, TableName};
use crate::error::{Error, Errors};
use crate::resource_type::{ForeignKey, Reference};
use crate::statement::Statement;

/// A moment in the life of a row.
pub(crate) enum RowMoment<'a> {
    /// It is about to be inserted.
    BeforeInsert(&'a mut Incoming<'static>),
    /// It has been inserted; the client is shown the document, where there is one.
    AfterInsert(&'a Arc<WholeRow>, Option<&'a mut Compound>),
    /// It is about to be updated; the id may become that of another one. What is to be written has the row as it is.
    BeforeUpdate(&'a mut String, &'a mut Incoming<'static>),
    /// It has been updated, with the document likewise.
    AfterUpdate(&'a Updated, Option<&'a mut Compound>),
    BeforeDelete(&'a mut Deletion),
    AfterDelete(&'a Arc<WholeRow>),
    /// Members are about to be added to its relationship, or removed from it.
    BeforeLink(&'a mut Linked),
    AfterLink(&'a Linked),
}

/// A row that has been updated.
pub(crate) struct Updated {
    pub(crate) before: Arc<WholeRow>,
    pub(crate) after: Arc<WholeRow>,
}

/// A row that is about to be deleted.
pub(crate) struct Deletion {
    /// Its id, which may become that of another one.
    pub(crate) id: String,
    /// The row as it is, once it is known.
    pub(crate) row: Option<Arc<WholeRow>>,
    /// Whether the application itself has done what is to be done.
    pub(crate) is_done: bool,
}

impl Deletion {
    pub(crate) const fn new(id: String) -> Self {
        Self { id, row: None, is_done: false }
    }
}

/// A change of one relationship of one row.
pub(crate) struct Linked {
    /// `POST` adds members, `DELETE` removes them.
    pub(crate) method: Method,
    pub(crate) id: String,
    pub(crate) name: String,
    /// The ids of those members that are still wanted there.
    pub(crate) members: Vec<String>,
    /// The row that has the relationship as it is, once it is known.
    pub(crate) row: Option<Arc<WholeRow>>,
}

impl Linked {
    /// Fails if one of the members in a document does not exist for the client, where some may not.
    pub(super) async fn check_members<S: WriteSession>(
        &self,
        session: &S,
        site: &EndpointRef,
        members: &[Member],
    ) -> Result<(), Errors> {
        let Some(other_end) = self.filtered_other_end(site) else {
            return Ok(());
        };
        let column = other_end.endpoint().resource.key.column;
        let by_key = ForeignKey { column, is_nullable: false, refers_to: Reference::Key };
        resolve(session, &other_end, members, by_key).await.map(drop)
    }

    /// Fails if the one member in a URL does not exist for the client.
    pub(super) async fn check_member<S: WriteSession>(
        &self,
        session: &S,
        site: &EndpointRef,
        member: &str,
    ) -> Result<(), Errors> {
        match self.filtered_other_end(site) {
            Some(other_end) => other_end.check_exists(session, member).await,
            None => Ok(()),
        }
    }

    /// The endpoint of the members, if some rows there may not exist for the client.
    fn filtered_other_end(&self, site: &EndpointRef) -> Option<EndpointRef> {
        let related = RelatedTo::new(site.clone(), self.id.clone(), &self.name).ok()?;
        Some(related.other_end()).filter(EndpointRef::has_rule)
    }
}

/// Whoever is asked about rows.
pub(crate) trait RowHooks<DB: Dialect> {
    /// Whether the application's own code has used the transaction.
    fn have_written(&self) -> bool;

    /// Asks about a row of the endpoint.
    async fn ask<S: Session<Dialect = DB>>(
        &self,
        session: &S,
        site: &EndpointRef,
        moment: RowMoment<'_>,
    ) -> Result<(), Errors>;
}

/// Nobody, where there are no hooks.
pub(crate) struct NoHooks;

impl<DB: Dialect> RowHooks<DB> for NoHooks {
    fn have_written(&self) -> bool {
        false
    }

    async fn ask<S: Session<Dialect = DB>>(&self, _: &S, _: &EndpointRef, _: RowMoment<'_>) -> Result<(), Errors> {
        Ok(())
    }
}

/// The session of a write, which knows whom to ask.
pub(crate) trait WriteSession: Session {
    /// Whether the application's own code has used the transaction.
    fn hooks_have_written(&self) -> bool;

    /// Asks about a row of an endpoint that has hooks.
    async fn ask(&self, site: &EndpointRef, moment: RowMoment<'_>) -> Result<(), Errors>;
}

/// A session, and whoever is asked about the rows that it writes.
pub(crate) struct WithHooks<'a, S, H> {
    pub(crate) session: &'a S,
    pub(crate) hooks: &'a H,
}

impl<S: Session, H: RowHooks<S::Dialect>> WriteSession for WithHooks<'_, S, H> {
    fn hooks_have_written(&self) -> bool {
        self.hooks.have_written()
    }

    async fn ask(&self, site: &EndpointRef, moment: RowMoment<'_>) -> Result<(), Errors> {
        self.hooks.ask(self.session, site, moment).await
    }
}

/// An operation that writes.
pub(crate) trait WriteOperation<DB: Dialect>: 'static {
    /// The row that it writes, as far as it is known before.
    fn row(&self) -> Option<RowId<'_>> {
        None
    }

    /// A row that a foreign key is to refer to.
    fn referred(&self) -> Option<RowId<'_>> {
        None
    }

    /// Does it within the transaction of the session.
    async fn write<S: WriteSession<Dialect = DB>>(&self, session: &S) -> Result<Outcome, Errors>;
}

/// An operation that writes, where there are no hooks.
pub(crate) struct Unasked<W>(pub(crate) W);

impl<DB: Dialect, W: WriteOperation<DB>> Operation<DB> for Unasked<W> {
    type Output = Outcome;

    fn access(&self) -> Access {
        Access::Write
    }

    fn row(&self) -> Option<RowId<'_>> {
        self.0.row()
    }

    fn referred(&self) -> Option<RowId<'_>> {
        self.0.referred()
    }

    async fn execute<S: Session<Dialect = DB>>(&self, session: &S) -> Result<Outcome, Errors> {
        self.0.write(&WithHooks { session, hooks: &NoHooks }).await
    }
}

impl<S: Session, H> Session for WithHooks<'_, S, H> {
    type Dialect = S::Dialect;

    const PIPELINES: bool = S::PIPELINES;

    async fn query<Q, V>(&self, statement: &Q, visitor: &mut V) -> Result<(), Refused>
    where
        Q: Statement<Self::Dialect>,
        V: Visitor<Self::Dialect>,
    {
        self.session.query(statement, visitor).await
    }

    async fn count<Q: Statement<Self::Dialect>>(&self, statement: &Q) -> Result<u64, Refused> {
        self.session.count(statement).await
    }

    async fn change<Q: Statement<Self::Dialect>>(&self, statement: &Q) -> Result<usize, Refused> {
        self.session.change(statement).await
    }

    async fn begin(&self) -> Result<(), Refused> {
        self.session.begin().await
    }

    async fn lend<T, F>(&self, work: F) -> Result<T, Error>
    where
        T: Send + 'static,
        F: FnOnce(&mut DatabaseConnection) -> T + Send + 'static,
    {
        self.session.lend(work).await
    }

    async fn returns_what_it_keeps(&self, table: TableName) -> bool {
        self.session.returns_what_it_keeps(table).await
    }

    async fn checks_foreign_key(&self, table: TableName, column: &'static str) -> bool {
        self.session.checks_foreign_key(table, column).await
    }

    async fn mixes_spellings(&self, table: TableName, column: &'static str) -> bool {
        self.session.mixes_spellings(table, column).await
    }

    async fn is_unique(&self, table: TableName, column: &'static str) -> bool {
        self.session.is_unique(table, column).await
    }

    async fn settles_on_delete(&self, table: TableName, column: &str) -> bool {
        self.session.settles_on_delete(table, column).await
    }
}
