//! Processors of an `Api`, as the hooks of each of its resources.

use futures_util::FutureExt as _;
use futures_util::future::LocalBoxFuture;

use super::moment::{AfterRead, AfterWrite, BeforeRead, BeforeWrite, Hook, Moment};
use super::{ApiProcessor, Changes};
use crate::context::Context;
use crate::error::Error;

/// A processor of every resource of an `Api`.
pub(crate) struct OfApi<P>(pub(crate) P);

impl<P: ApiProcessor> Hook for OfApi<P> {
    fn run<'a>(&'a self, context: &'a Context, moment: Moment<'a>) -> LocalBoxFuture<'a, Result<(), Error>> {
        async move {
            match moment {
                Moment::BeforeRead(moment) => self.before_read(context, moment).await,
                Moment::BeforeWrite(moment) => self.before_write(context, moment).await,
                Moment::AfterRead(moment) => self.after_read(context, moment).await,
                Moment::AfterWrite(moment) => self.after_write(context, moment).await,
            }
        }
        .boxed_local()
    }
}

impl<P: ApiProcessor> OfApi<P> {
    async fn before_read(&self, context: &Context, moment: BeforeRead<'_>) -> Result<(), Error> {
        match moment {
            BeforeRead::Collection(query) => self.0.before_get_collection(context, query).await,
            BeforeRead::Resource(id) => self.0.before_get_resource(context, id).await,
            BeforeRead::Relation(relation, query) => self.0.before_get_relation(context, relation, query).await,
            BeforeRead::RelatedResource(relation) => self.0.before_get_related_resource(context, relation).await,
            BeforeRead::Relationship(relation, query) => self.0.before_get_relationship(context, relation, query).await,
        }
    }

    async fn before_write(&self, context: &Context, moment: BeforeWrite<'_>) -> Result<(), Error> {
        match moment {
            BeforeWrite::PostResource(changes) => {
                let mut given = Changes::new(std::mem::take(changes));
                let outcome = self.0.before_post_resource(context, &mut given).await;
                *changes = given.incoming;
                outcome
            }
            BeforeWrite::PatchResource(id, changes) => {
                let mut given = Changes::new(std::mem::take(changes));
                let outcome = self.0.before_patch_resource(context, id, &mut given).await;
                *changes = given.incoming;
                outcome
            }
            BeforeWrite::DeleteResource(id) => self.0.before_delete_resource(context, id).await,
            BeforeWrite::PostRelationship(relation, members) => {
                self.0.before_post_relationship(context, relation, members).await
            }
            BeforeWrite::PatchRelationship(relation, members) => {
                self.0.before_patch_relationship(context, relation, members).await
            }
            BeforeWrite::DeleteRelationship(relation, members) => {
                self.0.before_delete_relationship(context, relation, members).await
            }
        }
    }

    async fn after_read(&self, context: &Context, moment: AfterRead<'_>) -> Result<(), Error> {
        match moment {
            AfterRead::Collection(outgoing) => self.0.after_get_collection(context, outgoing).await,
            AfterRead::Resource(outgoing) => self.0.after_get_resource(context, outgoing).await,
            AfterRead::ToOneRelation(outgoing) => self.0.after_get_to_one_relation(context, outgoing).await,
            AfterRead::ToManyRelation(outgoing) => self.0.after_get_to_many_relation(context, outgoing).await,
            AfterRead::RelatedResource(outgoing) => self.0.after_get_related_resource(context, outgoing).await,
            AfterRead::ToOneRelationship(members) => self.0.after_get_to_one_relationship(context, members).await,
            AfterRead::ToManyRelationship(members) => self.0.after_get_to_many_relationship(context, members).await,
        }
    }

    async fn after_write(&self, context: &Context, moment: AfterWrite<'_>) -> Result<(), Error> {
        match moment {
            AfterWrite::PostResource(outgoing) => self.0.after_post_resource(context, outgoing).await,
            AfterWrite::PatchResource(outgoing) => self.0.after_patch_resource(context, outgoing).await,
            AfterWrite::DeleteResource(id) => self.0.after_delete_resource(context, id).await,
            AfterWrite::PostRelationship(relation) => self.0.after_post_relationship(context, relation).await,
            AfterWrite::PatchRelationship(relation) => self.0.after_patch_relationship(context, relation).await,
            AfterWrite::DeleteRelationship(relation) => self.0.after_delete_relationship(context, relation).await,
        }
    }
}
