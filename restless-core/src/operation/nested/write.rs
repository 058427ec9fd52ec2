//! Writes related resources, within the transaction of the resource that they are written with.

use super::Nested;
use super::draft::Draft;
use super::member::{self, OwnerOf};
use super::plan::Planned;
use crate::dialect::Dialect;
use crate::error::Errors;
use crate::operation::linking::{Change, ForeignKeyValue, LinkChange, Member, Owner, apply};
use crate::operation::{EndpointRef, WriteSession};
use crate::resource_type::Link;

/// Writes the resources that a row refers to, before the row itself; gives the links that come of it.
pub(in crate::operation) async fn write_referred<S: WriteSession>(
    session: &S,
    site: &EndpointRef,
    nested: &[Nested<S::Dialect>],
) -> Result<Vec<LinkChange>, Errors> {
    let mut links = Vec::new();
    for nested in nested.iter().filter(|nested| nested.is_own(site)) {
        let Planned::One(draft) = &nested.change else {
            continue;
        };
        let member = match draft {
            Some(draft) => Some(draft.member(draft.write(session, None).await?)),
            None => None,
        };
        links.push(nested.link(Change::Set(member)));
    }
    Ok(links)
}

/// Writes the resources that refer to a row, after the row itself, and links them with it.
pub(in crate::operation) async fn write_related<S: WriteSession>(
    session: &S,
    owner: &Owner<'_>,
    nested: &[Nested<S::Dialect>],
) -> Result<(), Errors> {
    for nested in nested.iter().filter(|nested| !nested.is_own(owner.site)) {
        let of = OwnerOf { owner, nested };
        match &nested.change {
            Planned::One(None) => apply(session, owner, &nested.link(Change::Set(None))).await?,
            Planned::One(Some(draft)) => {
                let member = write(session, of, draft).await?;
                apply(session, owner, &nested.link(Change::Set(Some(member)))).await?;
            }
            Planned::Many(drafts) => {
                let members = write_all(session, of, drafts).await?;
                apply(session, owner, &nested.link(Change::Replace(members))).await?;
            }
            Planned::Partial { added, removed } => {
                let members = write_all(session, of, added).await?;
                apply(session, owner, &nested.link(Change::Add(members))).await?;
                for removed in removed {
                    removed.remove(session, owner, nested).await?;
                }
            }
        }
    }
    Ok(())
}

async fn write_all<S: WriteSession>(
    session: &S,
    of: OwnerOf<'_, S::Dialect>,
    drafts: &[Draft<S::Dialect>],
) -> Result<Vec<Member>, Errors> {
    let mut members: Vec<Member> = Vec::with_capacity(drafts.len());
    for draft in drafts {
        let member = write(session, of, draft).await?;
        if !members.iter().any(|known| known.id == member.id) {
            members.push(member);
        }
    }
    Ok(members)
}

async fn write<S: WriteSession>(
    session: &S,
    of: OwnerOf<'_, S::Dialect>,
    draft: &Draft<S::Dialect>,
) -> Result<Member, Errors> {
    if let Some(clause) = &draft.identity {
        let found = member::find(session, of, clause, &draft.place.whole).await?;
        if let Some(row) = found.get(0) {
            return Ok(draft.member(draft.update_found(session, &row.id).await?));
        }
    }
    let id = draft.write(session, reference(of.owner, of.nested)).await?;
    Ok(draft.member(id))
}

/// The foreign key of a new row: it may have to be there from the beginning.
fn reference<DB: Dialect>(owner: &Owner<'_>, nested: &Nested<DB>) -> Option<ForeignKeyValue<DB>> {
    match &owner.site.endpoint().resource.relationships[nested.relationship].link {
        Link::HasOne(foreign_key) | Link::HasMany(foreign_key) => Some(owner.foreign_key(*foreign_key)),
        Link::BelongsTo(_) | Link::Through { .. } => None,
    }
}
