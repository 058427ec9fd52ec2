//! Change a relationship at its own URL (JSON:API 1.1, "Updating Relationships").

use super::changes::{Changes, check_nullable};
use super::foreign_keys::Written;
use super::incoming::IncomingLinkage;
use super::linking::{LinkChange, Manner, Owner, apply};
use super::{Incoming, Outcome, Place, RelatedTo, WriteSession, begin};
use crate::Method;
use crate::backend::{RowId, Session};
use crate::dialect::Dialect;
use crate::error::{Error, Errors};
use crate::resource_type::Link;
use crate::statement::{Caching, Returning, Update};

/// New members of a relationship, or fewer.
pub(crate) struct ChangeRelationship<DB: Dialect> {
    related: RelatedTo,
    planned: Planned<DB>,
}

/// What is to be written.
enum Planned<DB: Dialect> {
    /// The foreign key of this table.
    Own(Changes<DB>, Place),
    /// Rows of other tables.
    Elsewhere(LinkChange),
}

impl<DB: Dialect> ChangeRelationship<DB> {
    /// Reads the request to replace the members.
    fn replace(related: RelatedTo, linkage: IncomingLinkage) -> Result<Self, Errors> {
        let relationship = related.relationship();
        if !relationship.is_to_one() && !related.site.endpoint().settings.allow_to_many_replacement {
            return Err(Error::replacement_refused(relationship.name).into());
        }
        Self::by(related, linkage, Manner::Replace)
    }

    /// Reads the request to add members to a to-many relationship.
    fn add(related: RelatedTo, linkage: IncomingLinkage) -> Result<Self, Errors> {
        check_to_many(&related)?;
        Self::by(related, linkage, Manner::Add)
    }

    /// Reads the request to remove members from a to-many relationship.
    fn remove(related: RelatedTo, linkage: IncomingLinkage) -> Result<Self, Errors> {
        check_to_many(&related)?;
        if !related.site.endpoint().settings.allow_delete_from_to_many_relationships {
            return Err(Error::removal_refused(related.relationship().name).into());
        }
        Self::by(related, linkage, Manner::Remove)
    }

    /// Reads the request by its method.
    pub(crate) fn plan(method: Method, related: RelatedTo, linkage: IncomingLinkage) -> Result<Self, Errors> {
        match method {
            Method::POST => Self::add(related, linkage),
            Method::DELETE => Self::remove(related, linkage),
            Method::GET | Method::PATCH | Method::PUT => Self::replace(related, linkage),
        }
    }

    fn by(related: RelatedTo, linkage: IncomingLinkage, manner: Manner) -> Result<Self, Errors> {
        related.site.key::<DB>(&related.id)?;
        let change = LinkChange::of_relationship(&related, linkage, manner)?;
        check_nullable(&related.site, &change)?;
        if !matches!(related.relationship().link, Link::BelongsTo(_)) {
            return Ok(Self { related, planned: Planned::Elsewhere(change) });
        }
        let place = Place { whole: change.pointer.clone().into(), attributes: None, sent: None };
        let incoming = Incoming { place, ..Incoming::default() };
        let mut changes = Changes::of_links(vec![change]);
        let mut errors = related.site.endpoint().mistakes();
        changes.validate(&related.site, &incoming, &mut errors);
        errors.check()?;
        Ok(Self { related, planned: Planned::Own(changes, incoming.place) })
    }

    /// Writes a foreign key of this table.
    async fn update_own<S: Session<Dialect = DB>>(
        &self,
        session: &S,
        (changes, place): (&Changes<DB>, &Place),
    ) -> Result<(), Errors> {
        let RelatedTo { site, id, .. } = &self.related;
        let foreign_keys = changes.resolve_own(session, site, &[]).await?;
        let endpoint = site.endpoint();
        let update = Update {
            resource: endpoint.resource,
            values: changes.assignments(&foreign_keys),
            predicate: site.by_key(id)?,
            returning: Returning::Nothing,
            caching: Caching::Discard,
        };
        match session.execute(&update).await {
            Ok(rows) => Ok(site.check_one(id, rows)?),
            Err(refused) => Err(changes.explain(session, Written { site, place, more: &[] }, refused).await),
        }
    }

    /// The row that has the relationship.
    pub(super) fn row(&self) -> RowId<'_> {
        self.related.site.row(&self.related.id)
    }

    /// Changes the members.
    pub(super) async fn run<S: WriteSession<Dialect = DB>>(&self, session: &S) -> Result<Outcome, Errors> {
        begin(session).await?;
        let keys = self.related.site.hold(session, &self.related.id).await?;
        match &self.planned {
            Planned::Own(changes, place) => self.update_own(session, (changes, place)).await?,
            Planned::Elsewhere(change) => {
                let owner = Owner { site: &self.related.site, id: &keys.id, reference: keys.reference.as_deref() };
                apply(session, &owner, change).await?;
            }
        }
        self.related.site.check_kept(session, &self.related.id).await?;
        Ok(Outcome::Done)
    }
}

fn check_to_many(related: &RelatedTo) -> Result<(), Error> {
    let relationship = related.relationship();
    if relationship.is_to_one() { Err(Error::addition_refused(relationship.name)) } else { Ok(()) }
}
