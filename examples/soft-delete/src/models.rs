//! Documents, which are marked when they are deleted.

use chrono::{NaiveDateTime, Utc};
use diesel::prelude::*;
use restless_actix::prelude::*;

use crate::schema::document;

/// Something that must not get lost.
#[derive(Queryable, Selectable, Identifiable, Restless)]
#[diesel(table_name = document)]
#[restless(methods(GET, POST, PATCH, DELETE), row_filter = not_deleted, processors(SoftDelete))]
pub struct Document {
    pub id: i32,
    pub title: String,
    /// When it was deleted, if it was.
    #[restless(skip)]
    pub deleted_at: Option<NaiveDateTime>,
}

/// What is deleted does not exist for clients, on any way.
fn not_deleted(_: &Context) -> Filter<Document> {
    DocumentFields::DELETED_AT.is_null()
}

/// What is deleted, for the mount that shows nothing else.
pub fn deleted(_: &Context) -> Filter<Document> {
    DocumentFields::DELETED_AT.is_not_null()
}

/// Marks documents that a client deletes.
///
/// What it does is one transaction with the request, and `mark_handled` says that the request is done with it: the row stays,
/// and so does what refers to it.
struct SoftDelete;

impl Processor<Document> for SoftDelete {
    async fn before_delete_resource(
        &self,
        context: &Context,
        _: &mut String,
        row: Option<&Row<Document>>,
    ) -> Result<(), Error> {
        // What is no key is answered with 404 by restless, and so is a row that does not exist for this client: one that
        // is marked already, or that any other row rule hides.
        let Some(key) = row.and_then(|row| row.get(DocumentFields::ID)) else {
            return Ok(());
        };
        let mark = diesel::update(document::table.find(key)).set(document::deleted_at.eq(Utc::now().naive_utc()));
        context.transaction(move |connection| mark.execute(connection)).await?;
        context.mark_handled();
        Ok(())
    }
}
