//! Notes, which only their owners see.

use diesel::prelude::*;
use restless_actix::prelude::*;

use crate::authentication::user;
use crate::schema::note;

/// What somebody wants to remember.
#[derive(Queryable, Selectable, Identifiable, Restless)]
#[diesel(table_name = note)]
#[restless(methods(GET, POST, PATCH, DELETE), row_filter = own, processors(SetOwner))]
pub struct Note {
    pub id: i32,
    pub content: String,
    /// No client sees it, let alone sets it.
    #[restless(skip)]
    pub owner_id: i32,
}

/// The rows that there are for whoever asks. Without a user there are none, even where no processor has refused.
fn own(context: &Context) -> Filter<Note> {
    user(context).map_or_else(|_| Filter::any([]), |user| NoteFields::OWNER_ID.eq(user.id))
}

/// A new note belongs to whoever writes it.
struct SetOwner;

impl Processor<Note> for SetOwner {
    async fn before_post_resource(&self, context: &Context, changes: &mut Changes<Note>) -> Result<(), Error> {
        changes.set(NoteFields::OWNER_ID, user(context)?.id);
        Ok(())
    }
}
