//! Take one member out of a to-many relationship, at the member's URL (Flask-Restless 0.17).

use super::linking::{Change, LinkChange, Member, Owner, apply};
use super::{Outcome, RelatedTo, begin, compound};
use crate::backend::{Access, Operation, RowId, Session};
use crate::dialect::Dialect;
use crate::error::{Error, Errors};
use crate::resource_type::Link;
use crate::statement::Predicate;

/// A resource that is to be no member any more.
pub(crate) struct RemoveMember<DB: Dialect> {
    related: RelatedTo<DB>,
    member: String,
}

impl<DB: Dialect> RemoveMember<DB> {
    /// Reads the request.
    pub(crate) fn plan(related: RelatedTo<DB>, member: String) -> Result<Self, Errors> {
        let relationship = related.relationship();
        let endpoint = related.site.endpoint();
        if relationship.is_read_only || endpoint.is_locked(relationship.name) {
            return Err(Error::relationship_is_read_only(relationship.name).into());
        }
        if !endpoint.settings.allow_delete_from_to_many_relationships {
            return Err(Error::removal_refused(relationship.name).into());
        }
        related.site.key(&related.id)?;
        related.other_end().key(&member)?;
        Ok(Self { related, member })
    }
}

impl<DB: Dialect> Operation<DB> for RemoveMember<DB> {
    type Output = Outcome;

    fn access(&self) -> Access {
        Access::Write
    }

    fn row(&self) -> Option<RowId<'_>> {
        Some(self.related.site.row(&self.related.id))
    }

    async fn execute<S: Session<Dialect = DB>>(&self, session: &S) -> Result<Outcome, Errors> {
        begin(session).await?;
        let RelatedTo { site, id, relationship, .. } = &self.related;
        let keys = site.hold(session, id).await?;
        let other_end = self.related.other_end();
        let is_member = Predicate::All(vec![self.related.predicate()?, other_end.by_key(&self.member)?]);
        let select = other_end.keys_where(is_member);
        let found = compound::read(session, other_end.endpoint(), &select, None).await?;
        if found.is_empty() || matches!(self.related.relationship().link, Link::BelongsTo(_)) {
            return Err(other_end.missing(&self.member).into());
        }
        let owner = Owner { site, id, reference: keys.reference.as_deref() };
        let member = Member { id: self.member.clone(), pointer: String::new() };
        let change =
            LinkChange { relationship: *relationship, change: Change::Remove(vec![member]), pointer: String::new() };
        apply(session, &owner, &change).await?;
        site.check_kept(session, id).await?;
        Ok(Outcome::Done)
    }
}
