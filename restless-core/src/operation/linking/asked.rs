//! Changes of relationships at whose other end the application is asked: each row that changes is asked about.

use std::collections::HashSet;

use super::apply::{Join, Linking};
use super::members::bind_references;
use super::{Change, ForeignKeyValue};
use crate::Method;
use crate::dialect::Dialect;
use crate::error::{Error, Errors};
use crate::operation::asked_row::AskedRow;
use crate::operation::{Linked, Records, RowMoment, WriteSession, compound};
use crate::resource_type::{ForeignKey, Link};
use crate::statement::{Caching, Delete, Predicate, Window};

/// The greatest number of members that one request may change.
const MOST: u64 = 10_000;

impl Linking<'_> {
    /// The members of a `has_one` or `has_many` are rows that are updated, each by itself.
    pub(super) async fn update_each<S: WriteSession>(
        &self,
        session: &S,
        foreign_key: ForeignKey,
    ) -> Result<(), Errors> {
        let (change, ids) = (&self.change, self.ids());
        let column = self.other_end.endpoint().column(foreign_key.column);
        let owned = Predicate::equals(column, self.owner.value(foreign_key)?);
        let members = self.read(session, self.among(owned)?).await?;
        let dropped: Vec<String> =
            members.iter().map(|member| member.id.clone()).filter(|id| drops(change, id)).collect();
        if foreign_key.is_nullable {
            let null = ForeignKeyValue { column: foreign_key.column, reference: None };
            if !dropped.is_empty() {
                self.check_changeable::<S::Dialect>(foreign_key, None, &self.place.whole)?;
            }
            for id in &dropped {
                self.update_one(session, id, &null).await?;
            }
        } else if !dropped.is_empty() {
            self.unlink(session, foreign_key, self.other_end.by_keys(&dropped)?).await?;
        }
        if change.keeps_any() {
            self.check_moved(session, foreign_key, &ids).await?;
        }
        let value = self.owner.foreign_key(foreign_key);
        for id in ids.iter().filter(|_| change.keeps_any()) {
            if !members.iter().any(|member| member.id == *id) {
                self.update_one(session, id, &value).await?;
            }
        }
        Ok(())
    }

    /// Those of the members that a change is about: of some that are added or removed, these alone.
    fn among<DB: Dialect>(&self, members: Predicate<DB>) -> Result<Predicate<DB>, Error> {
        if matches!(self.change, Change::Set(_) | Change::Replace(_)) {
            return Ok(members);
        }
        Ok(Predicate::All(vec![members, self.other_end.by_keys(&self.ids())?]))
    }

    /// The members that exist for the client. Each is written by itself, so that too many of them are refused.
    async fn read<S: WriteSession>(&self, session: &S, members: Predicate<S::Dialect>) -> Result<Records, Errors> {
        let mut select = self.other_end.keys_where(members);
        select.window = Some(Window { limit: MOST + 1, offset: None });
        select.caching = Caching::Discard;
        let members = compound::read(session, self.other_end.endpoint(), &select, None).await?;
        if members.len() as u64 > MOST {
            let detail = format!("more than {MOST} members would change at once");
            let refusal = Error::bad_request(detail).with_meta("maxChanged", MOST);
            return Err(refusal.at_pointer(self.place.whole.clone()).into());
        }
        Ok(members)
    }

    async fn update_one<S: WriteSession>(
        &self,
        session: &S,
        id: &str,
        value: &ForeignKeyValue<S::Dialect>,
    ) -> Result<(), Errors> {
        let row = AskedRow::with_foreign_key(self.other_end, value, &self.place);
        row.update(session, id, Some(value)).await.map(drop)
    }

    /// The relationship by which the members of a `many_to_many` are linked with the owner in turn, if the application is
    /// asked about them.
    pub(super) fn asked_inverse(&self, join: &Join) -> Option<&'static str> {
        if !self.other_end.has_hooks() {
            return None;
        }
        let inverse = self.other_end.endpoint().resource.relationships.iter().find(|relationship| {
            let Link::Through { table, own, other } = &relationship.link else {
                return false;
            };
            let is_turned = own.column == join.other.column && other.column == join.own.column;
            is_turned && *table == join.table
        });
        inverse.map(|relationship| relationship.name)
    }

    /// The members of a `many_to_many`, each of which has the relationship too.
    pub(super) async fn link_each<S: WriteSession>(
        &self,
        session: &S,
        join: &Join,
        inverse: &str,
    ) -> Result<(), Errors> {
        let change = &self.change;
        let named = self.ids().into_iter().zip(self.references.iter().cloned());
        let linked = self.read(session, self.among(self.is_linked(join)?)?).await?;
        let ids: HashSet<&str> = linked.iter().map(|record| record.id.as_str()).collect();
        let dropped = linked.iter().filter(|record| drops(change, &record.id));
        let dropped: Vec<(String, String)> =
            dropped.map(|record| (record.id.clone(), self.reference(join, record))).collect();
        let added: Vec<(String, String)> =
            named.filter(|(id, _)| change.keeps_any() && !ids.contains(id.as_str())).collect();
        let dropped = self.ask_each(session, Inverse { method: Method::DELETE, name: inverse }, dropped).await?;
        let added = self.ask_each(session, Inverse { method: Method::POST, name: inverse }, added).await?;
        if !dropped.is_empty() {
            let owned = Predicate::equals(join.column(join.own.column), self.owner.value(join.own)?);
            let values = bind_references(self.other_end, join.other, &of_references(&dropped))?;
            let is_dropped = Predicate::In { column: join.column(join.other.column), values };
            let delete = Delete { table: join.table, predicate: Predicate::All(vec![owned, is_dropped]) };
            session.execute(&delete).await.map_err(|error| self.subject().refuse(error))?;
        }
        if !added.is_empty() {
            let insert = self.insert_links(join, &of_references(&added))?;
            let rows = session.execute(&insert).await.map_err(|error| self.subject().refuse(error))?;
            self.other_end.check_rows(added.len(), rows)?;
        }
        for (linked, _) in dropped.iter().chain(&added) {
            session.ask(self.other_end, RowMoment::AfterLink(linked)).await?;
        }
        let ids: Vec<String> = dropped.iter().chain(&added).map(|(linked, _)| linked.id.clone()).collect();
        self.other_end.check_all_kept(session, &ids).await
    }

    /// Asks about members, and gives those that the application wants to be linked, or no longer to be.
    async fn ask_each<S: WriteSession>(
        &self,
        session: &S,
        by: Inverse<'_>,
        members: Vec<(String, String)>,
    ) -> Result<Vec<(Linked, String)>, Errors> {
        let Inverse { method, name: inverse } = by;
        let mut kept = Vec::with_capacity(members.len());
        for (id, reference) in members {
            let owner = self.owner.id.to_owned();
            let (name, members) = (inverse.to_owned(), vec![owner]);
            let mut linked = Linked { method, id: id.clone(), name, members, row: None };
            session.ask(self.other_end, RowMoment::BeforeLink(&mut linked)).await?;
            if linked.id != id || linked.name != inverse {
                let detail = format!("\"{}\" is not changed by way of another resource", linked.name);
                return Err(Error::forbidden(detail).at_pointer(self.place.whole.clone()).into());
            }
            if !linked.members.is_empty() {
                kept.push((linked, reference));
            }
        }
        Ok(kept)
    }
}

/// A relationship seen from its members, and the method by which it is written there.
#[derive(Clone, Copy)]
struct Inverse<'a> {
    method: Method,
    name: &'a str,
}

fn of_references(members: &[(Linked, String)]) -> Vec<String> {
    members.iter().map(|(_, reference)| reference.clone()).collect()
}

/// Whether a member is to be none any more.
fn drops(change: &Change, id: &str) -> bool {
    let is_named = || change.members().iter().any(|member| member.id == id);
    match change {
        Change::Add(_) => false,
        Change::Remove(_) => is_named(),
        Change::Set(_) | Change::Replace(_) => !is_named(),
    }
}
