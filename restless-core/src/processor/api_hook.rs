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
    fn run<'a>(
        &'a self,
        context: &'a Context,
        resource: &'a str,
        moment: Moment<'a>,
    ) -> LocalBoxFuture<'a, Result<(), Error>> {
        let place = (context, resource);
        async move {
            match moment {
                Moment::BeforeRead(moment) => self.before_read(place, moment).await,
                Moment::BeforeWrite(moment) => self.before_write(place, moment).await,
                Moment::AfterRead(moment) => self.after_read(place, moment).await,
                Moment::AfterWrite(moment) => self.after_write(place, moment).await,
            }
        }
        .boxed_local()
    }
}

impl<P: ApiProcessor> OfApi<P> {
    async fn before_read(&self, (context, resource): (&Context, &str), moment: BeforeRead<'_>) -> Result<(), Error> {
        match moment {
            BeforeRead::GetCollection(query) => self.0.before_get_collection(context, resource, query).await,
            BeforeRead::GetResource(id) => self.0.before_get_resource(context, resource, id).await,
            BeforeRead::GetRelation(relation, query) => {
                self.0.before_get_relation(context, resource, relation, query).await
            }
            BeforeRead::GetRelatedResource(relation) => {
                self.0.before_get_related_resource(context, resource, relation).await
            }
            BeforeRead::GetRelationship(relation, query) => {
                self.0.before_get_relationship(context, resource, relation, query).await
            }
        }
    }

    async fn before_write(&self, (context, resource): (&Context, &str), moment: BeforeWrite<'_>) -> Result<(), Error> {
        match moment {
            BeforeWrite::PostResource(changes) => {
                let mut given = Changes::new(std::mem::take(changes));
                let outcome = self.0.before_post_resource(context, resource, &mut given).await;
                *changes = given.incoming;
                outcome
            }
            BeforeWrite::PatchResource(id, changes) => {
                let mut given = Changes::new(std::mem::take(changes));
                let outcome = self.0.before_patch_resource(context, resource, id, &mut given).await;
                *changes = given.incoming;
                outcome
            }
            BeforeWrite::DeleteResource(id) => self.0.before_delete_resource(context, resource, id).await,
            BeforeWrite::PostRelationship(relation, members) => {
                self.0.before_post_relationship(context, resource, relation, members).await
            }
            BeforeWrite::PatchRelationship(relation, members) => {
                self.0.before_patch_relationship(context, resource, relation, members).await
            }
            BeforeWrite::DeleteRelationship(relation, members) => {
                self.0.before_delete_relationship(context, resource, relation, members).await
            }
        }
    }

    async fn after_read(&self, (context, resource): (&Context, &str), moment: AfterRead<'_>) -> Result<(), Error> {
        match moment {
            AfterRead::GetCollection(outgoing) => self.0.after_get_collection(context, resource, outgoing).await,
            AfterRead::GetResource(outgoing) => self.0.after_get_resource(context, resource, outgoing).await,
            AfterRead::GetToOneRelation(outgoing) => {
                self.0.after_get_to_one_relation(context, resource, outgoing).await
            }
            AfterRead::GetToManyRelation(outgoing) => {
                self.0.after_get_to_many_relation(context, resource, outgoing).await
            }
            AfterRead::GetRelatedResource(outgoing) => {
                self.0.after_get_related_resource(context, resource, outgoing).await
            }
            AfterRead::GetToOneRelationship(members) => {
                self.0.after_get_to_one_relationship(context, resource, members).await
            }
            AfterRead::GetToManyRelationship(members) => {
                self.0.after_get_to_many_relationship(context, resource, members).await
            }
        }
    }

    async fn after_write(&self, (context, resource): (&Context, &str), moment: AfterWrite<'_>) -> Result<(), Error> {
        match moment {
            AfterWrite::PostResource(outgoing) => self.0.after_post_resource(context, resource, outgoing).await,
            AfterWrite::PatchResource(outgoing) => self.0.after_patch_resource(context, resource, outgoing).await,
            AfterWrite::DeleteResource(id) => self.0.after_delete_resource(context, resource, id).await,
            AfterWrite::PostRelationship(relation) => self.0.after_post_relationship(context, resource, relation).await,
            AfterWrite::PatchRelationship(relation) => {
                self.0.after_patch_relationship(context, resource, relation).await
            }
            AfterWrite::DeleteRelationship(relation) => {
                self.0.after_delete_relationship(context, resource, relation).await
            }
        }
    }
}
