//! A resource that is to be no member of a relationship any more.

use super::{Nested, member};
use crate::Method;
use crate::clause::Clause;
use crate::error::{Error, Errors};
use crate::operation::delete::delete_rows;
use crate::operation::linking::{Change, Member, Owner, apply, check_method};
use crate::operation::{Fate, Given, Removal, WriteSession};
use crate::resource_type::Link;

/// What tells the resource, and what becomes of it.
pub(super) struct Removed {
    clause: Clause,
    fate: Fate,
    pointer: String,
}

impl Removed {
    /// Reads the object: the resource has its id, or all of its attributes.
    pub(super) fn plan(removal: Removal<'_>) -> Self {
        let Removal { object, fate } = removal;
        let clause = match object.id {
            Given::Text(id) => member::has_id(id),
            _ => Clause::All(object.attributes.iter().map(|(name, json)| member::test(name, json)).collect()),
        };
        Self { clause, fate, pointer: object.place.whole.into_owned() }
    }

    /// Whether the resource stays, without the relationship.
    pub(super) fn is_unlinked(&self) -> bool {
        self.fate == Fate::Unlinked
    }

    /// Takes the resource out of the relationship, and deletes it if that is wanted.
    pub(super) async fn remove<S: WriteSession>(
        &self,
        session: &S,
        owner: &Owner<'_>,
        nested: &Nested<S::Dialect>,
    ) -> Result<(), Errors> {
        let relationship = &owner.site.endpoint().resource.relationships[nested.relationship];
        let rows = member::find(session, member::OwnerOf { owner, nested }, &self.clause, &self.pointer).await?;
        let Some(row) = rows.get(0) else {
            return Err(Error::no_such_member(relationship.name).at_pointer(&*self.pointer).into());
        };
        let member = Member::new(&*row.id, &*self.pointer);
        if self.is_unlinked() {
            return apply(session, owner, &nested.link(Change::Remove(vec![member]))).await;
        }
        let other_end = owner.site.other_end(nested.relationship);
        check_method(&other_end, &[Method::DELETE], "deleted", &self.pointer)?;
        if matches!(relationship.link, Link::Through { .. }) {
            apply(session, owner, &nested.link(Change::Remove(vec![member]))).await?;
        }
        delete_rows(session, &other_end, rows).await
    }
}
