//! The moments at which the application has its say: one text for processors of a resource and for those of an `Api`.

/// The methods of a processor of resources of the type `$resource`.
macro_rules! moments {
    ($resource:ty) => {
        /// Before anything else, for every request to the resource but `OPTIONS`: neither its query string nor its body has
        /// been read. Who asks is told by the headers, what for by `Context::method`, `Context::resource`, `Context::id` and
        /// `Context::relationship`.
        async fn before_any(&self, context: &$crate::context::Context) -> Result<(), $crate::error::Error> {
            let _ = context;
            Ok(())
        }

        /// Before a collection is read. The query may be changed.
        async fn before_get_collection(
            &self,
            context: &$crate::context::Context,
            query: &mut $crate::processor::Query,
        ) -> Result<(), $crate::error::Error> {
            let _ = (context, query);
            Ok(())
        }

        /// Before a resource is read, by itself, as a related or an included one or as a part of linkage: what this
        /// refuses is on none of these ways. The id may be changed where the client asks for the resource by it.
        async fn before_get_resource(
            &self,
            context: &$crate::context::Context,
            id: &mut String,
        ) -> Result<(), $crate::error::Error> {
            let _ = (context, id);
            Ok(())
        }

        /// Before the resources of a relationship are read. The id, the relationship and the query may be changed.
        async fn before_get_relation(
            &self,
            context: &$crate::context::Context,
            relation: &mut $crate::processor::Relation,
            query: &mut $crate::processor::Query,
        ) -> Result<(), $crate::error::Error> {
            let _ = (context, relation, query);
            Ok(())
        }

        /// Before one member of a to-many relationship is read. Both ids and the relationship may be changed.
        async fn before_get_related_resource(
            &self,
            context: &$crate::context::Context,
            relation: &mut $crate::processor::Relation,
        ) -> Result<(), $crate::error::Error> {
            let _ = (context, relation);
            Ok(())
        }

        /// Before the linkage of a relationship is read. The id, the relationship and the query may be changed.
        async fn before_get_relationship(
            &self,
            context: &$crate::context::Context,
            relation: &mut $crate::processor::Relation,
            query: &mut $crate::processor::Query,
        ) -> Result<(), $crate::error::Error> {
            let _ = (context, relation, query);
            Ok(())
        }

        /// Before a resource is created, within the transaction. What the client sends may be changed.
        async fn before_post_resource(
            &self,
            context: &$crate::context::Context,
            changes: &mut $crate::processor::Changes<$resource>,
        ) -> Result<(), $crate::error::Error> {
            let _ = (context, changes);
            Ok(())
        }

        /// Before a resource is updated, within the transaction, by whatever leads to it: by itself, as one of many, within
        /// another one, or by a relationship whose foreign key it holds. The id and what is written may be changed;
        /// `changes.before()` is the row as it is, which nobody else changes meanwhile.
        async fn before_patch_resource(
            &self,
            context: &$crate::context::Context,
            id: &mut String,
            changes: &mut $crate::processor::Changes<$resource>,
        ) -> Result<(), $crate::error::Error> {
            let _ = (context, id, changes);
            Ok(())
        }

        /// Before a resource is deleted, within the transaction, by whatever leads to it. The id may be changed; what
        /// `Context::mark_handled` says is done in another way is not deleted. The row is the one that the id names, which nobody
        /// else changes meanwhile; there is none if no key can be like the id.
        async fn before_delete_resource(
            &self,
            context: &$crate::context::Context,
            id: &mut String,
            row: Option<&$crate::processor::Row<$resource>>,
        ) -> Result<(), $crate::error::Error> {
            let _ = (context, id, row);
            Ok(())
        }

        /// Before members are added to a relationship, within the transaction.
        async fn before_post_relationship(
            &self,
            context: &$crate::context::Context,
            relation: &mut $crate::processor::Relation,
            members: &mut $crate::processor::Members,
        ) -> Result<(), $crate::error::Error> {
            let _ = (context, relation, members);
            Ok(())
        }

        /// Before the members of a relationship are replaced, within the transaction.
        async fn before_patch_relationship(
            &self,
            context: &$crate::context::Context,
            relation: &mut $crate::processor::Relation,
            members: &mut $crate::processor::Members,
        ) -> Result<(), $crate::error::Error> {
            let _ = (context, relation, members);
            Ok(())
        }

        /// Before members are removed from a relationship, within the transaction.
        async fn before_delete_relationship(
            &self,
            context: &$crate::context::Context,
            relation: &mut $crate::processor::Relation,
            members: &mut $crate::processor::Members,
        ) -> Result<(), $crate::error::Error> {
            let _ = (context, relation, members);
            Ok(())
        }

        /// After a collection has been read.
        async fn after_get_collection(
            &self,
            context: &$crate::context::Context,
            outgoing: &mut $crate::processor::ResponseResources<$resource>,
        ) -> Result<(), $crate::error::Error> {
            let _ = (context, outgoing);
            Ok(())
        }

        /// After a resource has been read, by itself or as an included one.
        async fn after_get_resource(
            &self,
            context: &$crate::context::Context,
            outgoing: &mut $crate::processor::ResponseResources<$resource>,
        ) -> Result<(), $crate::error::Error> {
            let _ = (context, outgoing);
            Ok(())
        }

        /// After the resource of a to-one relationship has been read.
        async fn after_get_to_one_relation(
            &self,
            context: &$crate::context::Context,
            outgoing: &mut $crate::processor::ResponseResources<$crate::processor::AnyResource>,
        ) -> Result<(), $crate::error::Error> {
            let _ = (context, outgoing);
            Ok(())
        }

        /// After the resources of a to-many relationship have been read.
        async fn after_get_to_many_relation(
            &self,
            context: &$crate::context::Context,
            outgoing: &mut $crate::processor::ResponseResources<$crate::processor::AnyResource>,
        ) -> Result<(), $crate::error::Error> {
            let _ = (context, outgoing);
            Ok(())
        }

        /// After one member of a to-many relationship has been read.
        async fn after_get_related_resource(
            &self,
            context: &$crate::context::Context,
            outgoing: &mut $crate::processor::ResponseResources<$crate::processor::AnyResource>,
        ) -> Result<(), $crate::error::Error> {
            let _ = (context, outgoing);
            Ok(())
        }

        /// After the linkage of a to-one relationship has been read.
        async fn after_get_to_one_relationship(
            &self,
            context: &$crate::context::Context,
            members: &mut $crate::processor::Members,
        ) -> Result<(), $crate::error::Error> {
            let _ = (context, members);
            Ok(())
        }

        /// After the linkage of a to-many relationship has been read.
        async fn after_get_to_many_relationship(
            &self,
            context: &$crate::context::Context,
            members: &mut $crate::processor::Members,
        ) -> Result<(), $crate::error::Error> {
            let _ = (context, members);
            Ok(())
        }

        /// After a resource has been created, before the transaction is committed; `outgoing.after()` is its row.
        async fn after_post_resource(
            &self,
            context: &$crate::context::Context,
            outgoing: &mut $crate::processor::ResponseResources<$resource>,
        ) -> Result<(), $crate::error::Error> {
            let _ = (context, outgoing);
            Ok(())
        }

        /// After a resource has been updated, before the transaction is committed; `outgoing.before()` and
        /// `outgoing.after()` are its row, whatever the client is told. There is no resource where it is told of none.
        async fn after_patch_resource(
            &self,
            context: &$crate::context::Context,
            outgoing: &mut $crate::processor::ResponseResources<$resource>,
        ) -> Result<(), $crate::error::Error> {
            let _ = (context, outgoing);
            Ok(())
        }

        /// After a resource has been deleted, before the transaction is committed. The row is as it was.
        async fn after_delete_resource(
            &self,
            context: &$crate::context::Context,
            row: &$crate::processor::Row<$resource>,
        ) -> Result<(), $crate::error::Error> {
            let _ = (context, row);
            Ok(())
        }

        /// After members have been added to a relationship, before the transaction is committed.
        async fn after_post_relationship(
            &self,
            context: &$crate::context::Context,
            relation: &$crate::processor::Relation,
        ) -> Result<(), $crate::error::Error> {
            let _ = (context, relation);
            Ok(())
        }

        /// After the members of a relationship have been replaced, before the transaction is committed.
        async fn after_patch_relationship(
            &self,
            context: &$crate::context::Context,
            relation: &$crate::processor::Relation,
        ) -> Result<(), $crate::error::Error> {
            let _ = (context, relation);
            Ok(())
        }

        /// After members have been removed from a relationship, before the transaction is committed.
        async fn after_delete_relationship(
            &self,
            context: &$crate::context::Context,
            relation: &$crate::processor::Relation,
        ) -> Result<(), $crate::error::Error> {
            let _ = (context, relation);
            Ok(())
        }
    };
}
pub(super) use moments;
