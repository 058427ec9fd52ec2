//! The rows of an endpoint as operations look for them.

use crate::backend::{RowId, Session};
use crate::dialect::{Dialect, Fragment, Kind};
use crate::error::{Error, Errors};
use crate::filter::only_visible;
use crate::registry::EndpointRef;
use crate::statement::{Hold, Predicate, Select};
use crate::value::Input;

use super::{Record, Records, compound};

impl EndpointRef {
    /// The key that an id stands for. An id that no key can have belongs to no resource.
    pub(crate) fn key<DB: Dialect>(&self, id: &str) -> Result<Fragment<DB>, Error> {
        let codec = &self.endpoint().resource.codecs().key.codec;
        if codec.kind() == Kind::Integer && !is_canonical(id) {
            return Err(self.missing(id));
        }
        (codec.bind)(Input::Text(id)).map_err(|_| self.missing(id))
    }

    /// Whether some of its rows may not exist for the client.
    pub(crate) fn has_rule(&self) -> bool {
        self.registry.rule(self.id).is_some()
    }

    /// Whether the application's own code is asked about its rows.
    pub(crate) fn has_hooks(&self) -> bool {
        self.registry.has_hooks(self.id)
    }

    /// The row of an id among all that are written at the same time.
    pub(crate) fn row<'a>(&self, id: &'a str) -> RowId<'a> {
        RowId::new(self.endpoint().resource.table, id)
    }

    /// The row of an id, whether it exists for the client or not.
    pub(super) fn by_key<DB: Dialect>(&self, id: &str) -> Result<Predicate<DB>, Error> {
        Ok(Predicate::equals(self.endpoint().key_column(), self.key(id)?))
    }

    /// The rows of ids, each of which some row has.
    pub(super) fn by_keys<DB: Dialect, T: AsRef<str>>(&self, ids: &[T]) -> Result<Predicate<DB>, Error> {
        let inputs: Vec<Input<'_>> = ids.iter().map(|id| Input::Text(id.as_ref())).collect();
        let values = (self.endpoint().resource.codecs().key.codec.bind_each)(&inputs).map_err(Error::internal)?;
        Ok(Predicate::In { column: self.endpoint().key_column(), values })
    }

    /// There is no resource with this id.
    pub(crate) fn missing(&self, id: &str) -> Error {
        Error::no_such_resource(&self.endpoint().settings.collection_name, id)
    }

    /// Whether the database lets no two rows have the same id, so that a write by one touches a single row.
    pub(super) async fn has_unique_ids<S: Session>(&self, session: &S) -> bool {
        let resource = self.endpoint().resource;
        session.is_unique(resource.table, resource.key.column).await
    }

    /// Fails unless a write by this id has touched a single row. It must be possible to roll it back.
    pub(super) fn check_one(&self, id: &str, rows: usize) -> Result<(), Error> {
        match rows {
            0 => Err(self.missing(id)),
            1 => Ok(()),
            _ => Err(Error::ambiguous_id(&self.endpoint().settings.collection_name, id)),
        }
    }

    /// Fails if a write by so many ids has touched more rows. It must be possible to roll it back.
    pub(super) fn check_rows(&self, ids: usize, rows: usize) -> Result<(), Error> {
        if rows > ids { Err(Error::ambiguous_ids(&self.endpoint().settings.collection_name)) } else { Ok(()) }
    }

    /// The keys of rows that exist for the client, and nothing else of them.
    pub(super) fn keys_where<DB: Dialect>(&self, predicate: Predicate<DB>) -> Select<DB> {
        self.keys_of(only_visible(&self.registry, self.id, predicate))
    }

    /// The keys of rows, whether they exist for the client or not.
    fn keys_of<DB: Dialect>(&self, predicate: Predicate<DB>) -> Select<DB> {
        let endpoint = self.endpoint();
        let mut select = Select::keys(endpoint.resource, predicate);
        select.caching = endpoint.shapes.caching(|hasher| select.shape(hasher));
        select
    }

    /// The keys of the resource with this id; it is 404 if there is none.
    pub(super) async fn find<S: Session>(&self, session: &S, id: &str) -> Result<Record, Errors> {
        let records = self.find_all(session, id).await?;
        records.get(0).cloned().ok_or_else(|| self.missing(id).into())
    }

    /// The keys of a row that this transaction has written, whether it exists for the client or not.
    pub(super) async fn find_written<S: Session>(&self, session: &S, id: &str) -> Result<Record, Errors> {
        let select = self.keys_of(self.by_key(id)?);
        let records = compound::read(session, self.endpoint(), &select, None).await?;
        self.only(id, &records)
    }

    /// The same, of a resource whose relationships are about to change: others who want to change them wait.
    pub(super) async fn hold<S: Session>(&self, session: &S, id: &str) -> Result<Record, Errors> {
        let mut select = self.keys_where(self.by_key(id)?);
        select.hold = Hold::UntilTheEnd;
        select.caching = self.endpoint().shapes.caching(|hasher| select.shape(hasher));
        let records = compound::read(session, self.endpoint(), &select, None).await?;
        self.only(id, &records)
    }

    /// The one row of an id that is about to be written.
    fn only(&self, id: &str, records: &Records) -> Result<Record, Errors> {
        self.check_one(id, records.len())?;
        records.get(0).cloned().ok_or_else(|| self.missing(id).into())
    }

    /// The same, as rows; none if there is no such resource.
    pub(super) async fn find_all<S: Session>(&self, session: &S, id: &str) -> Result<Records, Errors> {
        let select = self.keys_where(self.by_key(id)?);
        compound::read(session, self.endpoint(), &select, None).await
    }

    /// Fails if a row that was written just now does not exist for the client any more.
    pub(super) async fn check_kept<S: Session>(&self, session: &S, id: &str) -> Result<(), Errors> {
        self.check_all_kept(session, &[id.to_owned()]).await
    }

    /// The same of several rows.
    pub(super) async fn check_all_kept<S: Session>(&self, session: &S, ids: &[String]) -> Result<(), Errors> {
        if !self.has_rule() || ids.is_empty() {
            return Ok(());
        }
        let select = self.keys_where(self.by_keys(ids)?);
        let kept = compound::read(session, self.endpoint(), &select, None).await?;
        if kept.len() < ids.len() {
            return Err(Error::out_of_rule(&self.endpoint().settings.collection_name).into());
        }
        Ok(())
    }

    /// Fails if there is no resource with this id.
    pub(super) async fn check_exists<S: Session>(&self, session: &S, id: &str) -> Result<(), Errors> {
        self.find(session, id).await.map(drop)
    }
}

/// Whether the text is how an integer is written: one resource has one id.
fn is_canonical(id: &str) -> bool {
    let digits = id.strip_prefix('-').unwrap_or(id);
    id != "-0" && (digits == "0" || !digits.starts_with('0'))
}
