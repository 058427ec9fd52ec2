//! A change of a relationship of a resource type whose hooks are asked.

use super::linking::{Member, resolve};
use super::{Linked, RelatedTo, RowMoment, Site, WriteSession};
use crate::Method;
use crate::dialect::Dialect;
use crate::error::Errors;
use crate::resource_type::{ForeignKey, Reference};

/// A relationship of a resource as a client names it, before the application has been asked about it.
pub(crate) struct AskedLink<DB: Dialect> {
    pub(super) site: Site<DB>,
    pub(super) method: Method,
    pub(super) id: String,
    pub(super) name: String,
}

impl<DB: Dialect> AskedLink<DB> {
    /// Asks about the change, once all whom it names are known to exist for the client.
    pub(super) async fn ask<S: WriteSession<Dialect = DB>>(
        &self,
        session: &S,
        members: Vec<Member>,
    ) -> Result<Linked, Errors> {
        self.check(session, &members).await?;
        let members = members.into_iter().map(|member| member.id).collect();
        let mut linked =
            Linked { method: self.method, id: self.id.clone(), name: self.name.clone(), members, row: None };
        session.ask(&self.site, RowMoment::BeforeLink(&mut linked)).await?;
        Ok(linked)
    }

    /// Fails if one of the members does not exist for the client, where some may not.
    async fn check<S: WriteSession<Dialect = DB>>(&self, session: &S, members: &[Member]) -> Result<(), Errors> {
        let Ok(related) = RelatedTo::new(self.site.clone(), self.id.clone(), &self.name) else {
            return Ok(());
        };
        let other_end = related.other_end();
        if !other_end.has_rule() {
            return Ok(());
        }
        let column = other_end.endpoint().resource.key.column;
        let by_key = ForeignKey { column, is_nullable: false, refers_to: Reference::Key };
        resolve(session, &other_end, members, by_key).await.map(drop)
    }
}
