//! Delete rows, and do with their dependants what `on_delete` says.

use std::collections::{HashSet, VecDeque};
use std::sync::Arc;

use super::asked_row::AskedRow;
use super::linking::ForeignKeyValue;
use super::refusal::{self, Subject};
use super::{Deletion, EndpointRef, Place, Record, Records, RowMoment, WholeRow, WriteSession, compound};
use crate::backend::{Refused, Session};
use crate::dialect::{Dialect, Fragment, SqlText, TableName, Violation};
use crate::endpoint::EndpointId;
use crate::error::{Error, Errors};
use crate::resource_type::{ForeignKey, Link, OnDelete, Relationship, RelationshipId};
use crate::statement::{Caching, Column, Delete, Predicate, Returning, Update};
use crate::value::Input;

/// Deletes rows, and those that go with them.
pub(super) async fn delete_rows<S: WriteSession>(session: &S, site: &EndpointRef, rows: Records) -> Result<(), Errors> {
    let deletions = DeletionSet::find(session, site.clone(), rows).await?;
    for (site, ids) in deletions.rows.iter().rev() {
        let endpoint = site.endpoint();
        let delete = Delete { table: endpoint.resource.table, predicate: site.by_keys(ids)? };
        let subject = Subject { endpoint, place: None, sent: &[], links: &[] };
        let rows = session.execute(&delete).await.map_err(|error| subject.refuse(error))?;
        site.check_rows(ids.len(), rows)?;
    }
    deletions.tell(session).await
}

/// The rows that go together, by resource type, those that others refer to first.
pub(super) struct DeletionSet {
    pub(super) rows: Vec<(EndpointRef, Vec<String>)>,
    seen: HashSet<(EndpointId, String)>,
    /// Those that the application has been asked about, be it that it has done itself what is to be done.
    asked: Vec<(EndpointRef, Arc<WholeRow>)>,
}

impl DeletionSet {
    /// Does what `on_delete` says, from the rows on, until nothing is left to be done; a circle ends where it began.
    pub(super) async fn find<S: WriteSession>(session: &S, site: EndpointRef, rows: Records) -> Result<Self, Errors> {
        let mut deletions = DeletionSet { rows: Vec::new(), seen: HashSet::new(), asked: Vec::new() };
        let mut open = VecDeque::from([(site, rows)]);
        while let Some((site, rows)) = open.pop_front() {
            let rows = if site.has_hooks() { deletions.ask(session, &site, rows).await? } else { rows };
            if !deletions.add::<S::Dialect>(&site, &rows) {
                continue;
            }
            for (id, relationship) in site.endpoint().resource.relationships_by_id() {
                let step = Step { site: &site, id, relationship, owners: &rows };
                open.extend(step.delete_rows(session).await?);
            }
        }
        Ok(deletions)
    }

    /// Asks about rows that are not there yet, and gives those that are to be deleted.
    async fn ask<S: WriteSession>(
        &mut self,
        session: &S,
        site: &EndpointRef,
        rows: Records,
    ) -> Result<Records, Errors> {
        let mut records = Vec::with_capacity(rows.len());
        for row in rows.iter() {
            if self.seen.contains(&(site.id, row.id.clone())) {
                continue;
            }
            let mut deletion = Deletion::new(row.id.clone());
            session.ask(site, RowMoment::BeforeDelete(&mut deletion)).await?;
            let asked = deletion.row.ok_or_else(|| site.missing(&deletion.id))?;
            if deletion.is_done {
                self.seen.insert((site.id, row.id.clone()));
            } else {
                records.push(asked.record().clone());
            }
            self.asked.push((site.clone(), asked));
        }
        Ok(Records::of(records))
    }

    /// Tells the application which of the rows that it was asked about are gone.
    pub(super) async fn tell<S: WriteSession>(&self, session: &S) -> Result<(), Errors> {
        for (site, row) in &self.asked {
            session.ask(site, RowMoment::AfterDelete(row)).await?;
        }
        Ok(())
    }

    /// Adds rows; false if all of them are there already.
    fn add<DB: Dialect>(&mut self, site: &EndpointRef, rows: &Records) -> bool {
        let ids = rows.iter().map(|row| row.id.clone());
        let fresh: Vec<String> = ids.filter(|id| self.seen.insert((site.id, id.clone()))).collect();
        let is_new = !fresh.is_empty();
        match self.rows.iter_mut().find(|(found, _)| found.id == site.id) {
            Some((_, ids)) if !DB::CHECKS_EACH_ROW => ids.extend(fresh),
            _ if is_new => self.rows.push((site.clone(), fresh)),
            _ => {}
        }
        is_new
    }
}

/// One relationship of rows that are about to go.
pub(super) struct Step<'a> {
    pub(super) site: &'a EndpointRef,
    pub(super) id: RelationshipId,
    pub(super) relationship: &'static Relationship,
    pub(super) owners: &'a Records,
}

/// The rows that refer to others: their table, and the column by which they do.
#[derive(Clone, Copy)]
struct Dependants {
    table: TableName,
    foreign_key: ForeignKey,
}

impl Step<'_> {
    /// Where the rows that refer to the owners stand, and by which foreign key; a `belongs_to` has none.
    fn dependants(&self) -> Option<Dependants> {
        match &self.relationship.link {
            Link::BelongsTo(_) => None,
            Link::HasOne(foreign_key) | Link::HasMany(foreign_key) => {
                Some(Dependants { table: self.relationship.target().table, foreign_key: *foreign_key })
            }
            Link::Through { table, own, .. } => Some(Dependants { table: *table, foreign_key: *own }),
        }
    }

    /// The rows that refer to the owners.
    fn predicate<DB: Dialect>(&self, dependants: Dependants) -> Result<Predicate<DB>, Error> {
        let Dependants { table, foreign_key } = dependants;
        let resource = self.site.endpoint().resource;
        let referred = resource.referred(foreign_key.refers_to);
        let is_key = referred.column == resource.key.column;
        let text = |owner: &'_ Record| -> String {
            if is_key { owner.id.clone() } else { owner.reference.clone().unwrap_or_default() }
        };
        let texts: Vec<String> = self.owners.iter().map(text).collect();
        let inputs: Vec<Input<'_>> = texts.iter().map(|text| Input::Text(text)).collect();
        let values = (resource.codecs().referred(foreign_key.refers_to).bind_each)(&inputs).map_err(Error::internal)?;
        Ok(Predicate::In { column: Column::of(table, foreign_key.column), values })
    }

    /// Whether rows that the client may know of refer to the owners, and the database does not care for them itself.
    pub(super) async fn is_held<S: Session>(&self, session: &S) -> Result<bool, Errors> {
        let Some(Dependants { table, foreign_key }) = self.dependants() else {
            return Ok(false);
        };
        let is_handled = session.settles_on_delete(table, foreign_key.column).await;
        Ok(!is_handled && self.is_known_to_hold(session).await?)
    }

    /// Whether the client may know of the relationship, and of rows that refer to the owners by it.
    async fn is_known_to_hold<S: Session>(&self, session: &S) -> Result<bool, Errors> {
        let Some(dependants) = self.dependants().filter(|_| self.is_known()) else {
            return Ok(false);
        };
        let other_end = self.site.other_end(self.id);
        if !other_end.has_rule() {
            return Ok(self.count(session).await? > 0);
        }
        // Of a row of a join table alone it is not told whether the resource behind it exists for the client.
        if matches!(self.relationship.link, Link::Through { .. }) {
            return Ok(false);
        }
        let select = other_end.keys_where(self.predicate(dependants)?);
        Ok(!compound::read(session, other_end.endpoint(), &select, None).await?.is_empty())
    }

    /// Whether the client may know that there is the relationship.
    fn is_known(&self) -> bool {
        self.site.endpoint().relationship(self.relationship.name).is_some()
    }

    async fn count<S: Session>(&self, session: &S) -> Result<u64, Errors> {
        let Some(dependants) = self.dependants() else {
            return Ok(0);
        };
        let predicate = self.predicate(dependants)?;
        compound::count(session, dependants.table, &predicate, Caching::Discard).await
    }

    /// Does what `on_delete` says, and gives the rows that are to go as well.
    async fn delete_rows<S: WriteSession>(&self, session: &S) -> Result<Option<(EndpointRef, Records)>, Errors> {
        match self.relationship.on_delete {
            Some(OnDelete::Restrict) => self.restrict(session).await.map(|()| None),
            Some(OnDelete::SetNull) => self.set_null(session).await.map(|()| None),
            Some(OnDelete::Cascade) => self.cascade(session).await,
            None => Ok(None),
        }
    }

    async fn restrict<S: Session>(&self, session: &S) -> Result<(), Errors> {
        match self.count(session).await? {
            0 => Ok(()),
            _ if self.is_known_to_hold(session).await? => Err(Error::has_dependants(self.relationship.name).into()),
            _ => Err(Error::in_use().into()),
        }
    }

    async fn set_null<S: WriteSession>(&self, session: &S) -> Result<(), Errors> {
        let Some(dependants) = self.dependants() else {
            return Ok(());
        };
        self.set_each_null(session, dependants).await?;
        let null: Fragment<S::Dialect> = Box::new(SqlText("NULL"));
        let update = Update {
            resource: self.relationship.target(),
            values: vec![(dependants.foreign_key.column, &null)],
            predicate: self.predicate(dependants)?,
            returning: Returning::Nothing,
            caching: Caching::Discard,
        };
        self.told(session.execute(&update).await)
    }

    /// Those rows that the application is asked about lose their foreign keys one by one; it is asked about none that does
    /// not exist for the client.
    async fn set_each_null<S: WriteSession>(&self, session: &S, dependants: Dependants) -> Result<(), Errors> {
        let other_end = self.site.other_end(self.id);
        if !other_end.has_hooks() || matches!(self.relationship.link, Link::Through { .. }) {
            return Ok(());
        }
        let select = other_end.keys_where(self.predicate(dependants)?);
        let rows = compound::read(session, other_end.endpoint(), &select, None).await?;
        let null = ForeignKeyValue { column: dependants.foreign_key.column, reference: None };
        for row in rows.iter() {
            let asked = AskedRow::with_foreign_key(&other_end, &null, &Place::default());
            asked.update(session, &row.id, Some(&null)).await?;
        }
        Ok(())
    }

    async fn cascade<S: Session>(&self, session: &S) -> Result<Option<(EndpointRef, Records)>, Errors> {
        let Some(dependants) = self.dependants() else {
            return Ok(None);
        };
        let predicate = self.predicate(dependants)?;
        if matches!(self.relationship.link, Link::Through { .. }) {
            let delete = Delete { table: dependants.table, predicate };
            return self.told(session.execute(&delete).await).map(|()| None);
        }
        let other_end = self.site.other_end(self.id);
        let select = other_end.keys_where(predicate);
        let rows = compound::read(session, other_end.endpoint(), &select, None).await?;
        Ok((!rows.is_empty()).then_some((other_end, rows)))
    }

    /// Whatever the database refuses is due to rows that depend on the owners.
    fn told(&self, outcome: Result<usize, Refused>) -> Result<(), Errors> {
        let Err(refused) = outcome else {
            return Ok(());
        };
        Err(match refused.violation {
            Violation::Busy
            | Violation::Contended
            | Violation::TimedOut
            | Violation::Cancelled
            | Violation::ReadOnly
            | Violation::Unreachable
            | Violation::Failure => refusal::of_read(refused),
            _ if self.is_known() && !self.site.other_end(self.id).has_rule() => {
                Error::has_dependants(self.relationship.name).with_cause(refused.cause)
            }
            _ => Error::in_use().with_cause(refused.cause),
        }
        .into())
    }
}
