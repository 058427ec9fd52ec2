//! The processors' part in writes of the classic format: of related resources within others, of many at once, and of one
//! member of a relationship.

use futures_util::FutureExt as _;
use futures_util::future::LocalBoxFuture;
use serde_json::Map;

use super::hooks::each;
use super::moment::{BeforeWrite, Moment};
use super::relation::{Members, Relation};
use super::write::{Jobs, Within, Written, after_change, before_change};
use crate::Method;
use crate::backend::{Operation as _, Session};
use crate::dialect::Dialect;
use crate::error::Errors;
use crate::operation::{
    Description, FoundMany, Given, Incoming, Outcome, Preference, RelatedTo, RemoveMember, deleted,
};

impl<DB: Dialect, S: Session<Dialect = DB>> Within<'_, DB, S> {
    /// Asks the processors of the related resources that are written with one: those that name a resource want it to
    /// change, the others are new.
    pub(super) fn ask_nested<'a>(
        &'a self,
        place: usize,
        incoming: &'a mut Incoming<'static>,
        jobs: &'a mut Jobs,
    ) -> LocalBoxFuture<'a, Result<(), Errors>> {
        async move {
            let endpoint = self.write.site.registry.endpoint(place);
            for nested in &mut incoming.nested {
                let Some((relationship, _)) = endpoint.relationship(&nested.name) else {
                    continue;
                };
                let target = endpoint.targets[relationship];
                for related in nested.written_mut() {
                    self.ask_related(target, related, jobs).await?;
                    self.ask_nested(target, related, jobs).await?;
                }
            }
            Ok(())
        }
        .boxed_local()
    }

    async fn ask_related(&self, place: usize, related: &mut Incoming<'static>, jobs: &mut Jobs) -> Result<(), Errors> {
        related.description = Some(Description(self.write.site.registry.endpoint(place).resource));
        let Given::Text(id) = &related.id else {
            let hooks = async { each!(&self.run, place, Moment::BeforeWrite(BeforeWrite::PostResource(related))) };
            return self.serve(hooks, jobs).await;
        };
        if related.attributes.is_empty() && related.nested.is_empty() {
            return Ok(());
        }
        let mut id = id.clone();
        let hooks =
            async { each!(&self.run, place, Moment::BeforeWrite(BeforeWrite::PatchResource(&mut id, related))) };
        self.serve(hooks, jobs).await?;
        related.id = Given::Text(id);
        Ok(())
    }

    /// Each of the resources is updated as if the client had named it.
    pub(super) async fn update_many(
        &self,
        incoming: &Incoming<'static>,
        search: Option<&str>,
        jobs: &mut Jobs,
    ) -> Result<Written, Errors> {
        let found = FoundMany::plan(self.write.site.clone(), search)?.with_others(incoming.objects());
        let rows = found.load(self.session).await?;
        for row in rows.iter() {
            self.update((row.id.clone(), Preference::Minimal), incoming.clone(), jobs).await?;
        }
        Ok((Outcome::Modified(rows.len() as u64), Map::new()))
    }

    /// Each of the resources is deleted as if the client had named it.
    pub(super) async fn delete_many(&self, search: Option<&str>, jobs: &mut Jobs) -> Result<Written, Errors> {
        let rows = FoundMany::plan(self.write.site.clone(), search)?.load(self.session).await?;
        let outcome = deleted(rows.len())?;
        for row in rows.iter() {
            self.delete(row.id.clone(), jobs).await?;
        }
        Ok((outcome, Map::new()))
    }

    /// Takes a member out of a relationship.
    pub(super) async fn remove(
        &self,
        mut relation: Relation,
        member: &str,
        jobs: &mut Jobs,
    ) -> Result<Written, Errors> {
        let mut members = Members(vec![member.to_owned()]);
        let hooks =
            async { each!(&self.run, self.place(), before_change(Method::DELETE, &mut relation, &mut members)) };
        self.serve(hooks, jobs).await?;
        let related = RelatedTo::new(self.write.site.clone(), relation.id.clone(), relation.name())?;
        let Some(member) = members.0.pop() else {
            // Whoever keeps the client from removing it has hidden it.
            return Err(related.other_end().missing(member).into());
        };
        let outcome = RemoveMember::plan(related, member)?.execute(self.session).await?;
        let hooks = async { each!(&self.run, self.place(), after_change(Method::DELETE, &relation)) };
        self.serve(hooks, jobs).await?;
        Ok((outcome, Map::new()))
    }
}
