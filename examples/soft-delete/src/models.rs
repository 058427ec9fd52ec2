//! Documents, which are marked when they are deleted.

use actix_web::{HttpMessage as _, HttpRequest};
use chrono::{NaiveDateTime, Utc};
use diesel::prelude::*;
use restless_actix::prelude::*;

use crate::schema::document;

/// Something that must not get lost.
#[derive(Clone, Queryable, Selectable, Identifiable, Insertable, Restless)]
#[diesel(table_name = document)]
#[restless(methods(GET, POST, PATCH, DELETE), query = not_deleted, processors(SoftDelete))]
pub struct Document {
    pub id: i32,
    pub title: String,
    /// When it was deleted, if it was.
    #[restless(skip)]
    pub deleted_at: Option<NaiveDateTime>,
}

/// What is deleted does not exist for clients, on any way.
fn not_deleted(_: &Context) -> Filter<Document> {
    DocumentFilter::DELETED_AT.is_null()
}

/// What is deleted, for the mount that shows nothing else.
pub fn deleted(_: &Context) -> Filter<Document> {
    DocumentFilter::DELETED_AT.is_not_null()
}

/// Marks documents that a client deletes.
///
/// Between the two moments restless deletes the row, or answers 404 if there is none within the row rule. So the row is
/// kept before, and put back with its mark and under the same key after. All of it is one transaction: nobody sees the
/// table without the row, and a request that is refused changes nothing. For rows that refer to it, it is a deletion.
struct SoftDelete;

impl Processor<Document> for SoftDelete {
    async fn before_delete_resource(&self, context: &Context, id: &mut String) -> Result<(), Error> {
        // What is no key is answered with 404 by restless.
        let Ok(key) = id.parse::<i32>() else {
            return Ok(());
        };
        let found = document::table.find(key).select(Document::as_select());
        let found = context.transaction(move |connection| found.first(connection).optional()).await?;
        if let (Some(found), Some(request)) = (found, context.host::<HttpRequest>()) {
            request.extensions_mut().insert(found);
        }
        Ok(())
    }

    async fn after_delete_resource(&self, context: &Context, _: &str) -> Result<(), Error> {
        // An error takes the deletion back, so that no row is ever lost.
        let mut deleted: Document = context.extension().ok_or_else(|| Error::internal("the row was not kept"))?;
        deleted.deleted_at = Some(Utc::now().naive_utc());
        let put_back =
            move |connection: &mut _| diesel::insert_into(document::table).values(deleted).execute(connection);
        context.transaction(put_back).await.map(drop)
    }
}
