//! Processors of one resource.

use super::{AnyResource, Changes, Members, Outgoing, Query, Relation};
use crate::context::Context;
use crate::error::Error;
use crate::resource_type::Model;

/// The application's say in the requests for one resource: one method for each moment, each doing nothing by default.
///
/// A processor refuses by giving an error, of whatever status. The methods of writes run within the transaction, and
/// an
/// error takes everything back. Several processors run in their order, those of an [`Api`](crate::Api) first.
///
/// ```
/// use restless_core::{Context, Error, Model, Processor, Query};
/// struct RequireToken;
/// impl<R: Model> Processor<R> for RequireToken {
///     async fn before_get_collection(&self, context: &Context, _: &mut Query) -> Result<(), Error> {
///         match context.header("authorization") {
///             Some("Bearer secret") => Ok(()),
///             _ => Err(Error::unauthorized("a token is needed")),
///         }
///     }
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no processor of `{R}`",
    label = "expected a type with `impl Processor<{R}>`"
)]
#[allow(async_fn_in_trait)]
pub trait Processor<R: Model>: Send + Sync + 'static {
    /// Before a collection is read. The query may be changed.
    async fn before_get_collection(&self, context: &Context, query: &mut Query) -> Result<(), Error> {
        let _ = (context, query);
        Ok(())
    }

    /// Before a resource is read, by itself, as a related or an included one or as a part of linkage: what this
    /// refuses is on none of these ways. The id may be changed where the client asks for the resource by it.
    async fn before_get_resource(&self, context: &Context, id: &mut String) -> Result<(), Error> {
        let _ = (context, id);
        Ok(())
    }

    /// Before the resources of a relationship are read. The id and the query may be changed.
    async fn before_get_relation(
        &self,
        context: &Context,
        relation: &mut Relation,
        query: &mut Query,
    ) -> Result<(), Error> {
        let _ = (context, relation, query);
        Ok(())
    }

    /// Before one member of a to-many relationship is read. Both ids may be changed.
    async fn before_get_related_resource(&self, context: &Context, relation: &mut Relation) -> Result<(), Error> {
        let _ = (context, relation);
        Ok(())
    }

    /// Before the linkage of a relationship is read. The id and the query may be changed.
    async fn before_get_relationship(
        &self,
        context: &Context,
        relation: &mut Relation,
        query: &mut Query,
    ) -> Result<(), Error> {
        let _ = (context, relation, query);
        Ok(())
    }

    /// Before a resource is created, within the transaction. What the client sends may be changed.
    async fn before_post_resource(&self, context: &Context, changes: &mut Changes<R>) -> Result<(), Error> {
        let _ = (context, changes);
        Ok(())
    }

    /// Before a resource is updated, within the transaction. The id and what the client sends may be changed.
    async fn before_patch_resource(
        &self,
        context: &Context,
        id: &mut String,
        changes: &mut Changes<R>,
    ) -> Result<(), Error> {
        let _ = (context, id, changes);
        Ok(())
    }

    /// Before a resource is deleted, within the transaction. The id may be changed.
    async fn before_delete_resource(&self, context: &Context, id: &mut String) -> Result<(), Error> {
        let _ = (context, id);
        Ok(())
    }

    /// Before members are added to a relationship, within the transaction.
    async fn before_post_relationship(
        &self,
        context: &Context,
        relation: &mut Relation,
        members: &mut Members,
    ) -> Result<(), Error> {
        let _ = (context, relation, members);
        Ok(())
    }

    /// Before the members of a relationship are replaced, within the transaction.
    async fn before_patch_relationship(
        &self,
        context: &Context,
        relation: &mut Relation,
        members: &mut Members,
    ) -> Result<(), Error> {
        let _ = (context, relation, members);
        Ok(())
    }

    /// Before members are removed from a relationship, within the transaction.
    async fn before_delete_relationship(
        &self,
        context: &Context,
        relation: &mut Relation,
        members: &mut Members,
    ) -> Result<(), Error> {
        let _ = (context, relation, members);
        Ok(())
    }

    /// After a collection has been read.
    async fn after_get_collection(&self, context: &Context, outgoing: &mut Outgoing<R>) -> Result<(), Error> {
        let _ = (context, outgoing);
        Ok(())
    }

    /// After a resource has been read, by itself or as an included one.
    async fn after_get_resource(&self, context: &Context, outgoing: &mut Outgoing<R>) -> Result<(), Error> {
        let _ = (context, outgoing);
        Ok(())
    }

    /// After the resource of a to-one relationship has been read.
    async fn after_get_to_one_relation(
        &self,
        context: &Context,
        outgoing: &mut Outgoing<AnyResource>,
    ) -> Result<(), Error> {
        let _ = (context, outgoing);
        Ok(())
    }

    /// After the resources of a to-many relationship have been read.
    async fn after_get_to_many_relation(
        &self,
        context: &Context,
        outgoing: &mut Outgoing<AnyResource>,
    ) -> Result<(), Error> {
        let _ = (context, outgoing);
        Ok(())
    }

    /// After one member of a to-many relationship has been read.
    async fn after_get_related_resource(
        &self,
        context: &Context,
        outgoing: &mut Outgoing<AnyResource>,
    ) -> Result<(), Error> {
        let _ = (context, outgoing);
        Ok(())
    }

    /// After the linkage of a to-one relationship has been read.
    async fn after_get_to_one_relationship(&self, context: &Context, members: &mut Members) -> Result<(), Error> {
        let _ = (context, members);
        Ok(())
    }

    /// After the linkage of a to-many relationship has been read.
    async fn after_get_to_many_relationship(&self, context: &Context, members: &mut Members) -> Result<(), Error> {
        let _ = (context, members);
        Ok(())
    }

    /// After a resource has been created, before the transaction is committed.
    async fn after_post_resource(&self, context: &Context, outgoing: &mut Outgoing<R>) -> Result<(), Error> {
        let _ = (context, outgoing);
        Ok(())
    }

    /// After a resource has been updated, before the transaction is committed. There is no resource where the client
    /// is told of none.
    async fn after_patch_resource(&self, context: &Context, outgoing: &mut Outgoing<R>) -> Result<(), Error> {
        let _ = (context, outgoing);
        Ok(())
    }

    /// After a resource has been deleted, before the transaction is committed.
    async fn after_delete_resource(&self, context: &Context, id: &str) -> Result<(), Error> {
        let _ = (context, id);
        Ok(())
    }

    /// After members have been added to a relationship, before the transaction is committed.
    async fn after_post_relationship(&self, context: &Context, relation: &Relation) -> Result<(), Error> {
        let _ = (context, relation);
        Ok(())
    }

    /// After the members of a relationship have been replaced, before the transaction is committed.
    async fn after_patch_relationship(&self, context: &Context, relation: &Relation) -> Result<(), Error> {
        let _ = (context, relation);
        Ok(())
    }

    /// After members have been removed from a relationship, before the transaction is committed.
    async fn after_delete_relationship(&self, context: &Context, relation: &Relation) -> Result<(), Error> {
        let _ = (context, relation);
        Ok(())
    }
}
