//! Take one member out of a to-many relationship, at the member's URL (Flask-Restless 0.17).

use super::changes::Moment;
use super::linking::{Change, LinkChange, Member, Owner, apply};
use super::{Outcome, RelatedTo, WriteSession, begin, compound};
use crate::backend::RowId;
use crate::dialect::Dialect;
use crate::error::{Error, Errors};
use crate::resource_type::Link;
use crate::statement::Predicate;

/// A resource that is to be no member any more.
pub(crate) struct RemoveMember {
    related: RelatedTo,
    member: String,
    change: LinkChange,
}

impl RemoveMember {
    /// Reads the request.
    pub(crate) fn plan<DB: Dialect>(related: RelatedTo, member: String) -> Result<Self, Errors> {
        let removed = Change::Remove(vec![Member::new(&*member, "")]);
        let change = LinkChange { relationship: related.relationship, change: removed, pointer: String::new() };
        change.check_permitted(&related.site, Moment::Update)?;
        if !related.site.endpoint().settings.allow_delete_from_to_many_relationships {
            return Err(Error::removal_refused(related.relationship().name).into());
        }
        related.site.key::<DB>(&related.id)?;
        related.other_end().key::<DB>(&member)?;
        Ok(Self { related, member, change })
    }

    /// The row that has the relationship.
    pub(super) fn row(&self) -> RowId<'_> {
        self.related.site.row(&self.related.id)
    }

    /// Takes the member out.
    pub(super) async fn run<S: WriteSession>(&self, session: &S) -> Result<Outcome, Errors> {
        let RelatedTo { site, id, .. } = &self.related;
        begin(session).await?;
        let keys = site.hold(session, id).await?;
        let other_end = self.related.other_end();
        let is_member = Predicate::All(vec![self.related.predicate()?, other_end.by_key(&self.member)?]);
        let select = other_end.keys_where(is_member);
        let found = compound::read(session, other_end.endpoint(), &select, None).await?;
        if found.is_empty() || matches!(self.related.relationship().link, Link::BelongsTo(_)) {
            return Err(other_end.missing(&self.member).into());
        }
        let owner = Owner { site, id: &keys.id, reference: keys.reference.as_deref() };
        apply(session, &owner, &self.change).await?;
        site.check_kept(session, id).await?;
        Ok(Outcome::Done)
    }
}
