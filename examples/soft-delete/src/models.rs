//! Documents, which are marked when they are deleted.

use chrono::{NaiveDateTime, Utc};
use diesel::prelude::*;
use restless_actix::prelude::*;

use crate::schema::document;

/// Something that must not get lost.
#[derive(Queryable, Selectable, Identifiable, Restless)]
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
/// What it does is one transaction with the request, and `settle` says that the request is done with it: the row stays,
/// and so does what refers to it.
struct SoftDelete;

impl Processor<Document> for SoftDelete {
    async fn before_delete_resource(&self, context: &Context, id: &mut String) -> Result<(), Error> {
        // What is no key is answered with 404 by restless.
        let Ok(key) = id.parse::<i32>() else {
            return Ok(());
        };
        let doomed = document::table.find(key).filter(document::deleted_at.is_null());
        let mark = diesel::update(doomed).set(document::deleted_at.eq(Utc::now().naive_utc()));
        let marked = context.transaction(move |connection| mark.execute(connection)).await?;
        if marked > 0 {
            context.settle();
        }
        // A row that is marked already does not exist, which restless finds out by the row rule.
        Ok(())
    }
}
