//! The moments at which processors run, whatever their type.

use std::marker::PhantomData;
use std::sync::Arc;

use futures_util::FutureExt as _;
use futures_util::future::LocalBoxFuture;

use super::{AnyResource, ApiProcessor, Changes, Members, Processor, Query, Relation, ResponseResources, Row};
use crate::context::Context;
use crate::error::Error;
use crate::operation::{Incoming, WholeRow};
use crate::resource_type::Model;

/// Before something is read.
pub(crate) enum BeforeRead<'a> {
    Collection(&'a mut Query),
    Resource(&'a mut String),
    Relation(&'a mut Relation, &'a mut Query),
    RelatedResource(&'a mut Relation),
    Relationship(&'a mut Relation, &'a mut Query),
}

/// Before something is written.
pub(crate) enum BeforeWrite<'a> {
    PostResource(&'a mut Incoming<'static>),
    PatchResource(&'a mut String, &'a mut Incoming<'static>),
    DeleteResource(&'a mut String, Option<&'a Arc<WholeRow>>),
    PostRelationship(&'a mut Relation, &'a mut Members),
    PatchRelationship(&'a mut Relation, &'a mut Members),
    DeleteRelationship(&'a mut Relation, &'a mut Members),
}

/// After something has been read.
pub(crate) enum AfterRead<'a> {
    Collection(&'a mut ResponseResources<AnyResource>),
    Resource(&'a mut ResponseResources<AnyResource>),
    ToOneRelation(&'a mut ResponseResources<AnyResource>),
    ToManyRelation(&'a mut ResponseResources<AnyResource>),
    RelatedResource(&'a mut ResponseResources<AnyResource>),
    ToOneRelationship(&'a mut Members),
    ToManyRelationship(&'a mut Members),
}

/// After something has been written.
pub(crate) enum AfterWrite<'a> {
    PostResource(&'a mut ResponseResources<AnyResource>),
    PatchResource(&'a mut ResponseResources<AnyResource>),
    DeleteResource(&'a Arc<WholeRow>),
    PostRelationship(&'a Relation),
    PatchRelationship(&'a Relation),
    DeleteRelationship(&'a Relation),
}

/// A moment of a request.
pub(crate) enum Moment<'a> {
    /// Before anything of it is read.
    BeforeAny,
    BeforeRead(BeforeRead<'a>),
    BeforeWrite(BeforeWrite<'a>),
    AfterRead(AfterRead<'a>),
    AfterWrite(AfterWrite<'a>),
}

/// A processor of any type.
pub(crate) trait Hook: Send + Sync {
    /// Lets it have its say.
    fn run<'a>(&'a self, context: &'a Context, moment: Moment<'a>) -> LocalBoxFuture<'a, Result<(), Error>>;
}

/// A processor of one resource.
pub(crate) struct OfResource<P, R> {
    processor: P,
    model: PhantomData<fn() -> R>,
}

/// A processor of every resource of an `Api`.
pub(crate) struct OfApi<P> {
    pub(crate) processor: P,
}

impl<P, R> OfResource<P, R> {
    pub(crate) const fn new(processor: P) -> Self {
        Self { processor, model: PhantomData }
    }
}

/// Calls the method of a processor that stands for a moment. What is shown to it has the type that it expects.
macro_rules! hook {
    ([$($generics:tt)*] $hook:ty, $processor:tt) => {
        impl<$($generics)*> Hook for $hook {
            fn run<'a>(&'a self, context: &'a Context, moment: Moment<'a>) -> LocalBoxFuture<'a, Result<(), Error>> {
                async move {
                    match moment {
                        Moment::BeforeAny => self.$processor.before_any(context).await,
                        Moment::BeforeRead(moment) => self.before_read(context, moment).await,
                        Moment::BeforeWrite(moment) => self.before_write(context, moment).await,
                        Moment::AfterRead(moment) => self.after_read(context, moment).await,
                        Moment::AfterWrite(moment) => self.after_write(context, moment).await,
                    }
                }
                .boxed_local()
            }
        }

        impl<$($generics)*> $hook {
            async fn before_read(&self, context: &Context, moment: BeforeRead<'_>) -> Result<(), Error> {
                match moment {
                    BeforeRead::Collection(query) => self.$processor.before_get_collection(context, query).await,
                    BeforeRead::Resource(id) => self.$processor.before_get_resource(context, id).await,
                    BeforeRead::Relation(relation, query) => self.$processor.before_get_relation(context, relation, query).await,
                    BeforeRead::RelatedResource(relation) => {
                        self.$processor.before_get_related_resource(context, relation).await
                    }
                    BeforeRead::Relationship(relation, query) => {
                        self.$processor.before_get_relationship(context, relation, query).await
                    }
                }
            }

            async fn before_write(&self, context: &Context, moment: BeforeWrite<'_>) -> Result<(), Error> {
                match moment {
                    BeforeWrite::PostResource(changes) => {
                        let mut given = Changes::new(std::mem::take(changes));
                        let outcome = self.$processor.before_post_resource(context, &mut given).await;
                        *changes = given.incoming;
                        outcome.map_err(|error| changes.located(error))
                    }
                    BeforeWrite::PatchResource(id, changes) => {
                        let mut given = Changes::new(std::mem::take(changes));
                        let outcome = self.$processor.before_patch_resource(context, id, &mut given).await;
                        *changes = given.incoming;
                        outcome.map_err(|error| changes.located(error))
                    }
                    BeforeWrite::DeleteResource(id, row) => {
                        let row = row.map(Row::new);
                        self.$processor.before_delete_resource(context, id, row.as_ref()).await
                    }
                    BeforeWrite::PostRelationship(relation, members) => {
                        self.$processor.before_post_relationship(context, relation, members).await
                    }
                    BeforeWrite::PatchRelationship(relation, members) => {
                        self.$processor.before_patch_relationship(context, relation, members).await
                    }
                    BeforeWrite::DeleteRelationship(relation, members) => {
                        self.$processor.before_delete_relationship(context, relation, members).await
                    }
                }
            }

            async fn after_read(&self, context: &Context, moment: AfterRead<'_>) -> Result<(), Error> {
                match moment {
                    AfterRead::Collection(outgoing) => {
                        let mut seen = std::mem::take(outgoing).seen_as();
                        let outcome = self.$processor.after_get_collection(context, &mut seen).await;
                        *outgoing = seen.seen_as();
                        outcome
                    }
                    AfterRead::Resource(outgoing) => {
                        let mut seen = std::mem::take(outgoing).seen_as();
                        let outcome = self.$processor.after_get_resource(context, &mut seen).await;
                        *outgoing = seen.seen_as();
                        outcome
                    }
                    AfterRead::ToOneRelation(outgoing) => self.$processor.after_get_to_one_relation(context, outgoing).await,
                    AfterRead::ToManyRelation(outgoing) => self.$processor.after_get_to_many_relation(context, outgoing).await,
                    AfterRead::RelatedResource(outgoing) => self.$processor.after_get_related_resource(context, outgoing).await,
                    AfterRead::ToOneRelationship(members) => {
                        self.$processor.after_get_to_one_relationship(context, members).await
                    }
                    AfterRead::ToManyRelationship(members) => {
                        self.$processor.after_get_to_many_relationship(context, members).await
                    }
                }
            }

            async fn after_write(&self, context: &Context, moment: AfterWrite<'_>) -> Result<(), Error> {
                match moment {
                    AfterWrite::PostResource(outgoing) => {
                        let mut seen = std::mem::take(outgoing).seen_as();
                        let outcome = self.$processor.after_post_resource(context, &mut seen).await;
                        *outgoing = seen.seen_as();
                        outcome
                    }
                    AfterWrite::PatchResource(outgoing) => {
                        let mut seen = std::mem::take(outgoing).seen_as();
                        let outcome = self.$processor.after_patch_resource(context, &mut seen).await;
                        *outgoing = seen.seen_as();
                        outcome
                    }
                    AfterWrite::DeleteResource(row) => {
                        self.$processor.after_delete_resource(context, &Row::new(row)).await
                    }
                    AfterWrite::PostRelationship(relation) => self.$processor.after_post_relationship(context, relation).await,
                    AfterWrite::PatchRelationship(relation) => self.$processor.after_patch_relationship(context, relation).await,
                    AfterWrite::DeleteRelationship(relation) => {
                        self.$processor.after_delete_relationship(context, relation).await
                    }
                }
            }
        }
    };
}

hook!([P: Processor<R>, R: Model] OfResource<P, R>, processor);
hook!([P: ApiProcessor] OfApi<P>, processor);
