//! A new row, with the related rows that are written before and after it.

use super::foreign_keys::Written;
use std::hash::Hash;

use super::changes::Changes;
use super::linking::{LinkChange, Owner};
use super::records::KeyReader;
use super::refusal;
use super::{EndpointRef, Place, WriteSession, nested};
use crate::backend::Session;
use crate::dialect::{Dialect, Fragment, Kind, SqlText};
use crate::error::{Error, Errors};
use crate::statement::{Assignment, Caching, FindKey, Insert, Returning};

/// What a new row is made of.
pub(super) struct Insertion<'a, DB: Dialect> {
    pub(super) site: &'a EndpointRef,
    pub(super) changes: &'a Changes<DB>,
    pub(super) place: &'a Place,
    /// Values that come from the resource within which the client wrote this one.
    pub(super) given: Vec<(&'static str, Fragment<DB>)>,
}

impl<DB: Dialect> Insertion<'_, DB> {
    /// Writes the row and everything that the client wrote with it; gives its id.
    pub(super) async fn write<S: WriteSession<Dialect = DB>>(&self, session: &S) -> Result<String, Errors> {
        let links = nested::write_referred(session, self.site, &self.changes.nested).await?;
        let id = self.insert(session, &links).await?;
        self.link(session, &id).await?;
        self.site.check_kept(session, &id).await?;
        Ok(id)
    }

    /// Inserts the row and gives its id.
    async fn insert<S: Session<Dialect = DB>>(&self, session: &S, links: &[LinkChange]) -> Result<String, Errors> {
        let resource = self.site.endpoint().resource;
        let (key, codec) = (&resource.key, &resource.codecs().key.codec);
        let foreign_keys = self.changes.resolve_own(session, self.site, links).await?;
        let assignments = self.with_given(self.changes.assignments(&foreign_keys));
        let mut reader = KeyReader { codec, key: None };
        match self.untold_key(&assignments) {
            None => {
                let insert = self.statement(assignments, Returning::Key);
                if let Err(refused) = session.load(&insert, &mut reader).await {
                    return Err(self
                        .changes
                        .explain(session, Written { site: self.site, place: self.place, more: links }, refused)
                        .await);
                }
            }
            Some(value) => {
                let known = assignments.iter().find(|(column, _)| *column == key.column).map(|(_, value)| *value);
                let insert = self.statement(assignments, Returning::Nothing);
                if let Err(refused) = session.execute(&insert).await {
                    return Err(self
                        .changes
                        .explain(session, Written { site: self.site, place: self.place, more: links }, refused)
                        .await);
                }
                let find = FindKey { resource, value: known.unwrap_or(&value), caching: Caching::Discard };
                session.load(&find, &mut reader).await.map_err(refusal::of_read)?;
            }
        }
        reader.key.ok_or_else(|| Error::refused_by_database().into())
    }

    /// How the database names the key that it has made, where its `INSERT` does not return it. A key that is no number
    /// is made by a default of the column, and nobody but the statement can tell it.
    fn untold_key(&self, assignments: &[Assignment<'_, DB>]) -> Option<Fragment<DB>> {
        let key = &self.site.endpoint().resource.key;
        let generated = DB::GENERATED_KEY?;
        let is_known = assignments.iter().any(|(column, _)| *column == key.column);
        (is_known || key.sql.kind() == Kind::Integer).then(|| -> Fragment<DB> { Box::new(SqlText(generated)) })
    }

    fn with_given<'b>(&'b self, mut assignments: Vec<Assignment<'b, DB>>) -> Vec<Assignment<'b, DB>> {
        assignments.retain(|(column, _)| !self.given.iter().any(|(given, _)| given == column));
        assignments.extend(self.given.iter().map(|(column, value)| (*column, value)));
        assignments
    }

    pub(super) fn statement<'b>(
        &self,
        values: Vec<Assignment<'b, DB>>,
        returning: Returning<'b, DB>,
    ) -> Insert<'b, DB> {
        let endpoint = self.site.endpoint();
        let caching = endpoint.shapes.caching(|hasher| {
            "insert".hash(hasher);
            for (column, _) in &values {
                column.hash(hasher);
            }
            returning.shape(hasher)
        });
        Insert { resource: endpoint.resource, values, returning, caching }
    }

    /// Links the new resource with others whose tables hold the foreign keys.
    async fn link<S: WriteSession<Dialect = DB>>(&self, session: &S, id: &str) -> Result<(), Errors> {
        if !self.changes.reach_elsewhere(self.site) {
            return Ok(());
        }
        let keys = self.site.find_written(session, id).await?;
        let owner = Owner { site: self.site, id: &keys.id, reference: keys.reference.as_deref() };
        self.changes.link(session, &owner).await
    }
}
