//! Take one member out of a to-many relationship, at the member's URL (Flask-Restless 0.17).

use super::asked_link::AskedLink;
use super::changes::Moment;
use super::linking::{Change, LinkChange, Member, Owner, apply};
use super::{Outcome, RelatedTo, RowMoment, Site, WriteOperation, WriteSession, begin, compound};
use crate::Method;
use crate::backend::RowId;
use crate::dialect::Dialect;
use crate::error::{Error, Errors};
use crate::resource_type::Link;
use crate::statement::Predicate;

/// A resource that is to be no member any more.
pub(crate) enum RemoveMember {
    Planned(PlannedRemoval),
    /// One that is planned once the application has been asked about it.
    Asked {
        link: AskedLink,
        member: String,
    },
}

impl RemoveMember {
    /// Reads the request.
    pub(crate) fn plan((site, id, name): (Site, String, String), member: String) -> Result<Self, Errors> {
        if site.has_hooks() {
            return Ok(Self::Asked { link: AskedLink { site, method: Method::DELETE, id, name }, member });
        }
        PlannedRemoval::plan(RelatedTo::new(site, id, &name)?, member).map(Self::Planned)
    }
}

impl<DB: Dialect> WriteOperation<DB> for RemoveMember {
    fn row(&self) -> Option<RowId<'_>> {
        Some(match self {
            Self::Planned(removal) => removal.related.site.row(&removal.related.id),
            Self::Asked { link, .. } => link.site.row(&link.id),
        })
    }

    async fn write<S: WriteSession<Dialect = DB>>(&self, session: &S) -> Result<Outcome, Errors> {
        let (link, member) = match self {
            Self::Planned(removal) => return removal.write(session).await,
            Self::Asked { link, member } => (link, member),
        };
        begin(session).await?;
        link.check_member(session, member).await?;
        let linked = link.ask(session, vec![member.clone()]).await?;
        let related = RelatedTo::new(link.site.clone(), linked.id.clone(), &linked.name)?;
        let Some(kept) = linked.members.first() else {
            // Whoever keeps the client from removing it has hidden it.
            return Err(related.other_end().missing(member).into());
        };
        let outcome = PlannedRemoval::plan(related, kept.clone())?.write(session).await?;
        session.ask(&link.site, RowMoment::AfterLink(&linked)).await?;
        Ok(outcome)
    }
}

/// A removal that is ready to be written.
pub(crate) struct PlannedRemoval {
    related: RelatedTo,
    member: String,
    change: LinkChange,
}

impl PlannedRemoval {
    fn plan(related: RelatedTo, member: String) -> Result<Self, Errors> {
        let removed = Change::Remove(vec![Member::new(&*member, "")]);
        let change = LinkChange { relationship: related.relationship, change: removed, pointer: String::new() };
        change.check_permitted(&related.site, Moment::Update)?;
        if !related.site.endpoint().settings.allow_delete_from_to_many_relationships {
            return Err(Error::removal_refused(related.relationship().name).into());
        }
        Ok(Self { related, member, change })
    }

    async fn write<S: WriteSession>(&self, session: &S) -> Result<Outcome, Errors> {
        let RelatedTo { site, id, .. } = &self.related;
        site.key::<S::Dialect>(id)?;
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
