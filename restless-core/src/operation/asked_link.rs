//! A change of a relationship of a resource type whose hooks are asked.

use super::linking::{Member, resolve};
use super::{Linked, RelatedTo, RowMoment, Site, WriteSession};
use crate::Method;
use crate::error::Errors;
use crate::resource_type::{ForeignKey, Reference};

/// A relationship of a resource as a client names it, before the application has been asked about it.
pub(crate) struct AskedLink {
    pub(super) site: Site,
    pub(super) method: Method,
    pub(super) id: String,
    pub(super) name: String,
}

impl AskedLink {
    /// Asks about the change, once its members are known to exist for the client.
    pub(super) async fn ask<S: WriteSession>(&self, session: &S, members: Vec<String>) -> Result<Linked, Errors> {
        let mut linked =
            Linked { method: self.method, id: self.id.clone(), name: self.name.clone(), members, row: None };
        session.ask(&self.site, RowMoment::BeforeLink(&mut linked)).await?;
        Ok(linked)
    }

    /// Fails if one of the members in a document does not exist for the client, where some may not.
    pub(super) async fn check_members<S: WriteSession>(&self, session: &S, members: &[Member]) -> Result<(), Errors> {
        let Some(other_end) = self.ruled_other_end() else {
            return Ok(());
        };
        let column = other_end.endpoint().resource.key.column;
        let by_key = ForeignKey { column, is_nullable: false, refers_to: Reference::Key };
        resolve(session, &other_end, members, by_key).await.map(drop)
    }

    /// The same of the one member in a URL.
    pub(super) async fn check_member<S: WriteSession>(&self, session: &S, member: &str) -> Result<(), Errors> {
        match self.ruled_other_end() {
            Some(other_end) => other_end.check_exists(session, member).await,
            None => Ok(()),
        }
    }

    /// Where the members are, if some rows there may not exist for the client.
    fn ruled_other_end(&self) -> Option<Site> {
        let related = RelatedTo::new(self.site.clone(), self.id.clone(), &self.name).ok()?;
        Some(related.other_end()).filter(Site::has_rule)
    }
}
