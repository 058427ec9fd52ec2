//! A row that is written because of another one, of a resource type whose hooks are asked: within its resource, or by its
//! foreign key.

use std::sync::Arc;

use futures_util::FutureExt as _;

use super::application::Referring;
use super::changes::{Changes, Moment};
use super::insertion::Insertion;
use super::linking::ForeignKeyValue;
use super::modification::Modification;
use super::{Assigned, Description, EndpointRef, Incoming, Place, RowMoment, Updated, WriteSession};
use crate::dialect::{Dialect, Fragment};
use crate::error::Errors;
use crate::value::Input;

/// The values that a row is inserted with besides what a client wrote of it.
pub(super) struct Beside<DB: Dialect> {
    pub(super) given: Vec<(&'static str, Fragment<DB>)>,
    /// The foreign keys among them.
    pub(super) referring: Vec<Referring>,
}

/// What is to become of a row, before the application has been asked about it.
pub(super) struct AskedRow<'a> {
    pub(super) site: &'a EndpointRef,
    pub(super) incoming: Incoming<'static>,
}

impl<'a> AskedRow<'a> {
    /// What a client wrote of it.
    pub(super) fn new<DB: Dialect>(site: &'a EndpointRef, mut incoming: Incoming<'static>) -> Self {
        incoming.description = Some(Description(site.endpoint().resource.codecs::<DB>()));
        Self { site, incoming }
    }

    /// A row whose foreign key alone changes, which is asked for at that place in the document.
    pub(super) fn with_foreign_key<DB: Dialect>(
        site: &'a EndpointRef,
        value: &ForeignKeyValue<DB>,
        place: &Place,
    ) -> Self {
        let mut row = Self::new::<DB>(site, Incoming { place: place.clone(), ..Incoming::default() });
        row.show(value);
        row
    }

    /// Lets the application see the foreign key among the changes.
    pub(super) fn show<DB: Dialect>(&mut self, value: &ForeignKeyValue<DB>) {
        let held = value.held(self.site);
        self.incoming.set.extend(held.map(|held| (value.column, held)));
    }

    /// Lets the application see the key that the client chose.
    pub(super) fn show_key<DB: Dialect>(&mut self, id: &str) {
        let resource = self.site.endpoint().resource;
        let held = (resource.codecs::<DB>().key.codec.parse)(Input::Text(id)).ok().map(Assigned::Typed);
        self.incoming.set.extend(held.map(|held| (resource.key.column, held)));
    }

    /// Inserts the row, with the `given` values besides, and the foreign keys among them; gives its id.
    pub(super) async fn insert<S: WriteSession>(
        mut self,
        session: &S,
        beside: Beside<S::Dialect>,
    ) -> Result<String, Errors> {
        let Beside { mut given, referring } = beside;
        self.incoming.drop_kept_as_sent(self.site.endpoint(), Moment::Creation);
        session.ask(self.site, RowMoment::BeforeInsert(&mut self.incoming)).await?;
        let mut changes = self.read(Moment::Creation)?;
        changes.describe(self.site, &Incoming { set: Vec::new(), ..self.incoming.clone() });
        changes.check_referring(self.site, referring)?;
        let mut defaults = changes.defaults(self.site.endpoint());
        defaults.retain(|(column, _)| !given.iter().any(|(given, _)| given == column));
        given.extend(defaults);
        let insertion = Insertion { site: self.site, changes: &changes, place: &self.incoming.place, given };
        // Boxed, since resources lie within resources.
        let id = insertion.write(session).boxed_local().await?;
        let row = self.site.written_whole(session, &id).await?;
        session.ask(self.site, RowMoment::AfterInsert(&row, None)).await?;
        Ok(id)
    }

    /// Updates the row with that id; gives the id of the one that the application made of it.
    pub(super) async fn update<S: WriteSession>(
        mut self,
        session: &S,
        id: &str,
        foreign_key: Option<&ForeignKeyValue<S::Dialect>>,
    ) -> Result<String, Errors> {
        let mut id = id.to_owned();
        self.incoming.drop_kept_as_sent(self.site.endpoint(), Moment::Update);
        session.ask(self.site, RowMoment::BeforeUpdate(&mut id, &mut self.incoming)).await?;
        let before = self.incoming.before.clone();
        let mut changes = self.read(Moment::Update)?;
        if let Some(value) = foreign_key.filter(|value| !changes.has(value.column)) {
            changes.values.push((value.column, value.bind()?));
        }
        let modification = Modification { site: self.site, id: &id, changes: &changes, place: &self.incoming.place };
        modification.write(session).boxed_local().await?;
        if let Some(before) = before {
            self.tell(session, (before, &id)).await?;
        }
        Ok(id)
    }

    fn read<DB: Dialect>(&mut self, moment: Moment) -> Result<Changes<DB>, Errors> {
        let mut errors = std::mem::take(&mut self.incoming.mistakes);
        let changes = Changes::read(self.site, &mut self.incoming, moment, &mut errors);
        errors.check().map(|()| changes)
    }

    async fn tell<S: WriteSession>(
        &self,
        session: &S,
        (before, id): (Arc<super::WholeRow>, &str),
    ) -> Result<(), Errors> {
        let after = self.site.written_whole(session, id).await?;
        session.ask(self.site, RowMoment::AfterUpdate(&Updated { before, after }, None)).await
    }
}
