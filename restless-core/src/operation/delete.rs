//! Delete a resource, and do with its dependants what `on_delete` says (JSON:API 1.1, "Deleting Resources").

use super::refusal::Subject;
use super::{Outcome, Record, Records, Site, compound};
use crate::backend::{Access, Operation, Session};
use crate::dialect::{Dialect, Fragment, SqlText, Violation};
use crate::error::{Error, Errors};
use crate::query::{self, Parameters};
use crate::resource_type::{ForeignKey, Link, OnDelete, Relationship, TableName};
use crate::statement::{Caching, Column, Delete, Predicate, Update};
use crate::value::Input;

/// How far deletions lead from resource to resource; longer chains are the database's own business.
const DEEPEST: usize = 16;

/// A resource that is to go away.
pub(crate) struct DeleteResource<DB: Dialect> {
    site: Site<DB>,
    id: String,
}

impl<DB: Dialect> DeleteResource<DB> {
    /// Reads the request.
    pub(crate) fn plan(site: Site<DB>, id: String, parameters: &Parameters) -> Result<Self, Errors> {
        query::refuse_all_but(parameters, &[])?;
        site.key(&id)?;
        Ok(Self { site, id })
    }

    /// The relationship whose resources refer to the one that the database would not delete.
    async fn dependants<S: Session<Dialect = DB>>(&self, session: &S) -> Option<&'static str> {
        let owners = self.site.find_all(session, &self.id).await.ok()?;
        for (place, relationship) in self.site.endpoint().resource.relationships.iter().enumerate() {
            let step = Step { site: &self.site, place, relationship, owners: &owners, depth: 0 };
            if step.count(session).await.is_ok_and(|number| number > 0) {
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

    async fn execute<S: Session<Dialect = DB>>(self, session: &S) -> Result<Outcome, Errors> {
        if settles_anything(&self.site) {
            let owners = self.site.find_all(session, &self.id).await?;
            settle(session, &self.site, &owners, 0).await?;
        }
        let endpoint = self.site.endpoint();
        let delete = Delete { table: endpoint.resource.table, predicate: self.site.by_key(&self.id)? };
        match session.execute(&delete).await {
            Ok(0) => Err(self.site.missing(&self.id).into()),
            Ok(_) => Ok(Outcome::Done),
            Err(error) if super::refusal::violation::<DB>(&error) == Violation::ForeignKey => {
                let name = self.dependants(session).await;
                let refusal = name.map_or_else(Error::in_use, Error::has_dependants);
                Err(refusal.with_cause(error).into())
            }
            Err(error) => Err(Subject { endpoint, place: None, sent: &[] }.refuse(error).into()),
        }
    }
}

fn settles_anything<DB: Dialect>(site: &Site<DB>) -> bool {
    site.endpoint().resource.relationships.iter().any(|relationship| relationship.on_delete.is_some())
}

/// Does what `on_delete` says for every relationship of the rows that are about to go.
async fn settle<DB: Dialect, S: Session<Dialect = DB>>(
    session: &S,
    site: &Site<DB>,
    owners: &Records,
    depth: usize,
) -> Result<(), Errors> {
    if owners.is_empty() || depth > DEEPEST {
        return Ok(());
    }
    for (place, relationship) in site.endpoint().resource.relationships.iter().enumerate() {
        let step = Step { site, place, relationship, owners, depth };
        match relationship.on_delete {
            Some(OnDelete::Restrict) => step.restrict(session).await?,
            Some(OnDelete::SetNull) => step.set_null(session).await?,
            Some(OnDelete::Cascade) => step.cascade(session).await?,
            None => {}
        }
    }
    Ok(())
}

/// One relationship of rows that are about to go.
struct Step<'a, DB: Dialect> {
    site: &'a Site<DB>,
    place: usize,
    relationship: &'static Relationship<DB>,
    owners: &'a Records,
    depth: usize,
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
        Ok(Predicate::In { column: Column { table, name: foreign_key.column }, values })
    }

    async fn count<S: Session<Dialect = DB>>(&self, session: &S) -> Result<u64, Errors> {
        let Some(dependants) = self.dependants() else {
            return Ok(0);
        };
        let predicate = self.predicate(dependants)?;
        compound::count(session, dependants.0, &predicate, Caching::Discard).await
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
            values: vec![(dependants.1.column, null)],
            predicate: self.predicate(dependants)?,
            caching: Caching::Discard,
        };
        self.run(session.execute(&update).await)
    }

    async fn cascade<S: Session<Dialect = DB>>(&self, session: &S) -> Result<(), Errors> {
        let Some(dependants) = self.dependants() else {
            return Ok(());
        };
        let other_end = self.site.other_end(self.place);
        if !matches!(self.relationship.link, Link::Through { .. }) && settles_anything(&other_end) {
            let select = other_end.keys_where(self.predicate(dependants)?);
            let rows = compound::read(session, other_end.endpoint(), &select, None).await?;
            // Boxed, since a chain of deletions is as long as the data makes it.
            Box::pin(settle(session, &other_end, &rows, self.depth + 1)).await?;
        }
        let delete = Delete { table: dependants.0, predicate: self.predicate(dependants)? };
        self.run(session.execute(&delete).await)
    }

    fn run(&self, outcome: diesel::QueryResult<usize>) -> Result<(), Errors> {
        let other_end = self.site.other_end(self.place);
        let subject = Subject { endpoint: other_end.endpoint(), place: None, sent: &[] };
        outcome.map(drop).map_err(|error| subject.refuse(error).into())
    }
}
