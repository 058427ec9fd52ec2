//! Delete a resource, and do with its dependants what `on_delete` says (JSON:API 1.1, "Deleting Resources").

use std::collections::{HashSet, VecDeque};

use super::refusal::{self, Subject};
use super::{Outcome, Record, Records, Site, begin, compound};
use crate::backend::{Access, Operation, Refused, Session};
use crate::dialect::{Dialect, Fragment, SqlText, Violation};
use crate::error::{Error, Errors};
use crate::resource_type::{ForeignKey, Link, OnDelete, Relationship, TableName};
use crate::statement::{Caching, Column, Delete, Predicate, Returning, Update};
use crate::value::Input;

/// A resource that is to go away.
pub(crate) struct DeleteResource<DB: Dialect> {
    site: Site<DB>,
    id: String,
}

impl<DB: Dialect> DeleteResource<DB> {
    /// Reads the request.
    pub(crate) fn plan(site: Site<DB>, id: String) -> Result<Self, Errors> {
        site.key(&id)?;
        Ok(Self { site, id })
    }

    /// Deletes the row, and those that go with it before.
    async fn delete<S: Session<Dialect = DB>>(&self, session: &S) -> Result<(), Errors> {
        if self.site.has_rule() {
            begin(session).await?;
            self.site.hold(session, &self.id).await?;
        }
        if !settles_anything(&self.site) {
            return self.delete_where(session, &self.site, self.site.by_key(&self.id)?).await;
        }
        begin(session).await?;
        let rows = self.site.find_all(session, &self.id).await?;
        if rows.is_empty() {
            return Err(self.site.missing(&self.id).into());
        }
        let doomed = Doomed::find(session, self.site.clone(), rows).await?;
        for (site, ids) in doomed.rows.iter().rev() {
            self.delete_where(session, site, site.by_keys(ids)?).await?;
        }
        Ok(())
    }

    async fn delete_where<S: Session<Dialect = DB>>(
        &self,
        session: &S,
        site: &Site<DB>,
        predicate: Predicate<DB>,
    ) -> Result<(), Errors> {
        let endpoint = site.endpoint();
        match session.execute(&Delete { table: endpoint.resource.table, predicate }).await {
            Ok(0) => Err(self.site.missing(&self.id).into()),
            Ok(_) => Ok(()),
            Err(refused) if refused.violation == Violation::ForeignKey => {
                let refusal = self.dependants(session).await.map_or_else(Error::in_use, Error::has_dependants);
                Err(refusal.with_cause(refused.cause).into())
            }
            Err(refused) => Err(Subject { endpoint, place: None, sent: &[], links: &[] }.refuse(refused).into()),
        }
    }

    /// The relationship whose resources refer to the one that the database would not delete.
    async fn dependants<S: Session<Dialect = DB>>(&self, session: &S) -> Option<&'static str> {
        let rows = self.site.find_all(session, &self.id).await.ok()?;
        for (place, relationship) in self.site.endpoint().resource.relationships.iter().enumerate() {
            let step = Step { site: &self.site, place, relationship, owners: &rows };
            if step.is_held(session).await.unwrap_or_default() {
                return Some(relationship.name);
            }
        }
        None
    }
}

impl<DB: Dialect> Operation<DB> for DeleteResource<DB> {
    type Output = Outcome;

    fn access(&self) -> Access {
        Access::Write
    }

    async fn execute<S: Session<Dialect = DB>>(&self, session: &S) -> Result<Outcome, Errors> {
        self.delete(session).await.map(|()| Outcome::Done)
    }
}

fn settles_anything<DB: Dialect>(site: &Site<DB>) -> bool {
    site.endpoint().resource.relationships.iter().any(|relationship| relationship.on_delete.is_some())
}

/// Deletes rows, and those that go with them.
pub(super) async fn delete_rows<DB: Dialect, S: Session<Dialect = DB>>(
    session: &S,
    site: &Site<DB>,
    rows: Records,
) -> Result<(), Errors> {
    let doomed = Doomed::find(session, site.clone(), rows).await?;
    for (site, ids) in doomed.rows.iter().rev() {
        let endpoint = site.endpoint();
        let delete = Delete { table: endpoint.resource.table, predicate: site.by_keys(ids)? };
        let subject = Subject { endpoint, place: None, sent: &[], links: &[] };
        session.execute(&delete).await.map_err(|error| subject.refuse(error))?;
    }
    Ok(())
}

/// The rows that go together, by resource type, those that others refer to first.
struct Doomed<DB: Dialect> {
    rows: Vec<(Site<DB>, Vec<String>)>,
    seen: HashSet<(usize, String)>,
}

impl<DB: Dialect> Doomed<DB> {
    /// Does what `on_delete` says, from the rows on, until nothing is left to be done; a circle ends where it began.
    async fn find<S: Session<Dialect = DB>>(session: &S, site: Site<DB>, rows: Records) -> Result<Self, Errors> {
        let mut doomed = Doomed { rows: Vec::new(), seen: HashSet::new() };
        let mut open = VecDeque::from([(site, rows)]);
        while let Some((site, rows)) = open.pop_front() {
            if !doomed.add(&site, &rows) {
                continue;
            }
            for (place, relationship) in site.endpoint().resource.relationships.iter().enumerate() {
                let step = Step { site: &site, place, relationship, owners: &rows };
                open.extend(step.settle(session).await?);
            }
        }
        Ok(doomed)
    }

    /// Adds rows; false if all of them are there already.
    fn add(&mut self, site: &Site<DB>, rows: &Records) -> bool {
        let ids = rows.iter().map(|row| row.id.clone());
        let fresh: Vec<String> = ids.filter(|id| self.seen.insert((site.place, id.clone()))).collect();
        let is_new = !fresh.is_empty();
        match self.rows.iter_mut().find(|(found, _)| found.place == site.place) {
            Some((_, ids)) if !DB::CHECKS_EACH_ROW => ids.extend(fresh),
            _ if is_new => self.rows.push((site.clone(), fresh)),
            _ => {}
        }
        is_new
    }
}

/// One relationship of rows that are about to go.
struct Step<'a, DB: Dialect> {
    site: &'a Site<DB>,
    place: usize,
    relationship: &'static Relationship<DB>,
    owners: &'a Records,
}

impl<DB: Dialect> Step<'_, DB> {
    /// Where the rows that refer to the owners stand, and by which foreign key; a `belongs_to` has none.
    fn dependants(&self) -> Option<(TableName<DB>, ForeignKey)> {
        match &self.relationship.link {
            Link::BelongsTo(_) => None,
            Link::HasOne(foreign_key) | Link::HasMany(foreign_key) => {
                Some((self.relationship.target().table, *foreign_key))
            }
            Link::Through { table, own, .. } => Some((*table, *own)),
        }
    }

    /// The rows that refer to the owners.
    fn predicate(&self, (table, foreign_key): (TableName<DB>, ForeignKey)) -> Result<Predicate<DB>, Error> {
        let resource = self.site.endpoint().resource;
        let referred = resource.referred(foreign_key.refers_to);
        let is_key = referred.column == resource.key.column;
        let text = |owner: &'_ Record| -> String {
            if is_key { owner.id.clone() } else { owner.reference.clone().unwrap_or_default() }
        };
        let texts: Vec<String> = self.owners.iter().map(text).collect();
        let inputs: Vec<Input<'_>> = texts.iter().map(|text| Input::Text(text)).collect();
        let values = (referred.codec.bind_each)(&inputs).map_err(Error::internal)?;
        Ok(Predicate::In { column: Column::of(table, foreign_key.column), values })
    }

    /// Whether rows refer to the owners that the database does not care for itself.
    async fn is_held<S: Session<Dialect = DB>>(&self, session: &S) -> Result<bool, Errors> {
        let Some((table, foreign_key)) = self.dependants() else {
            return Ok(false);
        };
        let is_settled = session.settles_on_delete(table, foreign_key.column).await;
        Ok(!is_settled && self.count(session).await? > 0)
    }

    async fn count<S: Session<Dialect = DB>>(&self, session: &S) -> Result<u64, Errors> {
        let Some(dependants) = self.dependants() else {
            return Ok(0);
        };
        let predicate = self.predicate(dependants)?;
        compound::count(session, dependants.0, &predicate, Caching::Discard).await
    }

    /// Does what `on_delete` says, and gives the rows that are to go as well.
    async fn settle<S: Session<Dialect = DB>>(&self, session: &S) -> Result<Option<(Site<DB>, Records)>, Errors> {
        match self.relationship.on_delete {
            Some(OnDelete::Restrict) => self.restrict(session).await.map(|()| None),
            Some(OnDelete::SetNull) => self.set_null(session).await.map(|()| None),
            Some(OnDelete::Cascade) => self.cascade(session).await,
            None => Ok(None),
        }
    }

    async fn restrict<S: Session<Dialect = DB>>(&self, session: &S) -> Result<(), Errors> {
        match self.count(session).await? {
            0 => Ok(()),
            _ => Err(Error::has_dependants(self.relationship.name).into()),
        }
    }

    async fn set_null<S: Session<Dialect = DB>>(&self, session: &S) -> Result<(), Errors> {
        let Some(dependants) = self.dependants() else {
            return Ok(());
        };
        let null: Fragment<DB> = Box::new(SqlText("NULL"));
        let update = Update {
            resource: self.relationship.target(),
            values: vec![(dependants.1.column, &null)],
            predicate: self.predicate(dependants)?,
            returning: Returning::Nothing,
            caching: Caching::Discard,
        };
        self.told(session.execute(&update).await)
    }

    async fn cascade<S: Session<Dialect = DB>>(&self, session: &S) -> Result<Option<(Site<DB>, Records)>, Errors> {
        let Some(dependants) = self.dependants() else {
            return Ok(None);
        };
        let predicate = self.predicate(dependants)?;
        if matches!(self.relationship.link, Link::Through { .. }) {
            let delete = Delete { table: dependants.0, predicate };
            return self.told(session.execute(&delete).await).map(|()| None);
        }
        let other_end = self.site.other_end(self.place);
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
            | Violation::Unreachable
            | Violation::Failure => refusal::of_read(refused),
            _ => Error::has_dependants(self.relationship.name).with_cause(refused.cause),
        }
        .into())
    }
}
