//! Changes of relationships whose foreign keys stand in other tables.

use super::members::bind_references;
use super::{Change, ForeignKeyValue, LinkChange, check_method, resolve};
use crate::Method;
use crate::backend::Session;
use crate::dialect::{Dialect, Fragment, SqlText, TableName};
use crate::error::{Error, Errors};
use crate::operation::delete::delete_rows;
use crate::operation::refusal::Subject;
use crate::operation::{EndpointRef, Place, Record, WriteSession, compound};
use crate::resource_type::{ForeignKey, Link, OnDelete, Reference, Relationship};
use crate::statement::{Assignment, Caching, Column, Delete, InsertLinks, Predicate, Returning, Source, Update};

/// The resource whose relationships change.
pub(crate) struct Owner<'a> {
    pub(crate) site: &'a EndpointRef,
    pub(crate) id: &'a str,
    /// What foreign keys call it, if that is another column than the key.
    pub(crate) reference: Option<&'a str>,
}

impl Owner<'_> {
    /// What foreign keys of the kind hold when they refer to it.
    pub(crate) fn value<DB: Dialect>(&self, foreign_key: ForeignKey) -> Result<Fragment<DB>, Error> {
        self.foreign_key(foreign_key).bind()
    }

    /// A foreign key of the kind that refers to it.
    pub(crate) fn foreign_key<DB: Dialect>(&self, foreign_key: ForeignKey) -> ForeignKeyValue<DB> {
        let codec = self.site.endpoint().resource.codecs().referred(foreign_key.refers_to);
        let reference = self.reference_text(foreign_key).to_owned();
        ForeignKeyValue { column: foreign_key.column, reference: Some((reference, codec)) }
    }

    /// The same as text.
    pub(in crate::operation) fn reference_text(&self, foreign_key: ForeignKey) -> &str {
        let resource = self.site.endpoint().resource;
        let is_key = resource.referred(foreign_key.refers_to).column == resource.key.column;
        if is_key { self.id } else { self.reference.unwrap_or_default() }
    }
}

/// Applies a change of a relationship that is not this table's own column.
pub(crate) async fn apply<S: WriteSession>(session: &S, owner: &Owner<'_>, change: &LinkChange) -> Result<(), Errors> {
    let relationship = &owner.site.endpoint().resource.relationships[change.relationship];
    let other_end = owner.site.other_end(change.relationship);
    let foreign_key = match &relationship.link {
        Link::BelongsTo(_) => return Ok(()),
        Link::HasOne(foreign_key) | Link::HasMany(foreign_key) => {
            ForeignKey { refers_to: Reference::Key, ..*foreign_key }
        }
        Link::Through { other, .. } => *other,
    };
    let found = resolve(session, &other_end, change.change.members(), foreign_key).await?;
    let place = Place { whole: change.pointer.clone().into(), attributes: None, sent: None };
    let (members, references) = found.into_iter().map(|found| (found.member, found.reference)).unzip();
    let change = change.change.with(members);
    let linking = Linking { owner, relationship, other_end: &other_end, change, references, place };
    match &relationship.link {
        Link::BelongsTo(_) => Ok(()),
        Link::HasOne(foreign_key) | Link::HasMany(foreign_key) if other_end.has_hooks() => {
            linking.update_each(session, *foreign_key).await
        }
        Link::HasOne(foreign_key) | Link::HasMany(foreign_key) => {
            linking.move_foreign_keys(session, *foreign_key).await
        }
        Link::Through { table, own, other } => {
            let join = Join { table: *table, own: *own, other: *other };
            match linking.asked_inverse(&join) {
                Some(inverse) => linking.link_each(session, &join, inverse).await,
                None => linking.write_join_table(session, join).await,
            }
        }
    }
}

/// A table whose rows link those of two others.
pub(super) struct Join {
    pub(super) table: TableName,
    pub(super) own: ForeignKey,
    pub(super) other: ForeignKey,
}

impl Join {
    pub(super) fn column(&self, name: &'static str) -> Column {
        Column::of(self.table, name)
    }
}

/// A relationship of a resource, about to change.
pub(super) struct Linking<'a> {
    pub(super) owner: &'a Owner<'a>,
    pub(super) relationship: &'a Relationship,
    pub(super) other_end: &'a EndpointRef,
    /// The change, with the ids of the members as their rows spell them.
    pub(super) change: Change,
    /// What foreign keys call the members, in their order.
    pub(super) references: Vec<String>,
    /// Where the client asks for the change.
    pub(super) place: Place,
}

impl Linking<'_> {
    /// The members of a `has_one` or `has_many` hold the foreign key themselves.
    async fn move_foreign_keys<S: WriteSession>(&self, session: &S, foreign_key: ForeignKey) -> Result<(), Errors> {
        let change = &self.change;
        let ids = self.ids();
        let named = || self.other_end.by_keys(&ids);
        let column = self.other_end.endpoint().column(foreign_key.column);
        let owned = Predicate::equals(column, self.owner.value(foreign_key)?);
        if let Some(dropped) = change.dropped(owned, named()?) {
            let rows = self.unlink_seen(session, foreign_key, dropped).await?;
            if let Change::Remove(_) = change {
                self.other_end.check_rows(ids.len(), rows)?;
            }
        }
        if change.keeps_any() {
            self.check_moved(session, foreign_key, &ids).await?;
            let value = self.owner.value(foreign_key)?;
            let rows = self.update(session, (foreign_key.column, &value), named()?).await?;
            self.other_end.check_rows(ids.len(), rows)?;
            self.other_end.check_all_kept(session, &ids).await?;
        }
        Ok(())
    }

    /// Takes those of the rows away that exist for the client: the others stay as they are. Tells how many there were.
    async fn unlink_seen<S: WriteSession>(
        &self,
        session: &S,
        foreign_key: ForeignKey,
        predicate: Predicate<S::Dialect>,
    ) -> Result<usize, Errors> {
        let may_be_refused = self.other_end.has_rule() || foreign_key.is_nullable && self.is_particular(foreign_key);
        if !may_be_refused {
            return self.unlink(session, foreign_key, predicate).await;
        }
        let select = self.other_end.keys_where(predicate);
        let seen = compound::read(session, self.other_end.endpoint(), &select, None).await?;
        if seen.is_empty() {
            return Ok(0);
        }
        if foreign_key.is_nullable {
            self.check_changeable::<S::Dialect>(foreign_key, None, &self.place.whole)?;
        }
        let ids: Vec<String> = seen.iter().map(|row| row.id.clone()).collect();
        let rows = self.unlink(session, foreign_key, self.other_end.by_keys(&ids)?).await?;
        self.other_end.check_rows(ids.len(), rows)?;
        if foreign_key.is_nullable {
            self.other_end.check_all_kept(session, &ids).await?;
        }
        Ok(rows)
    }

    /// Takes rows away from the owner: they lose their foreign key, or go themselves where they cannot be without.
    pub(super) async fn unlink<S: WriteSession>(
        &self,
        session: &S,
        foreign_key: ForeignKey,
        predicate: Predicate<S::Dialect>,
    ) -> Result<usize, Errors> {
        let endpoint = self.other_end.endpoint();
        if foreign_key.is_nullable {
            let null: Fragment<S::Dialect> = Box::new(SqlText("NULL"));
            return self.update(session, (foreign_key.column, &null), predicate).await;
        }
        let select = self.other_end.keys_where(predicate);
        let members = compound::read(session, endpoint, &select, None).await?;
        let rows = members.len();
        if rows == 0 {
            return Ok(0);
        }
        if self.relationship.on_delete == Some(OnDelete::Cascade) {
            check_method(self.other_end, &[Method::DELETE], "deleted", &self.place.whole)?;
            return delete_rows(session, self.other_end, members).await.map(|()| rows);
        }
        Err(Error::member_is_bound(self.relationship.name).at_pointer(self.place.whole.clone()).into())
    }

    async fn update<S: Session>(
        &self,
        session: &S,
        value: Assignment<'_, S::Dialect>,
        predicate: Predicate<S::Dialect>,
    ) -> Result<usize, Errors> {
        let resource = self.other_end.endpoint().resource;
        let update = Update {
            resource,
            values: vec![value],
            predicate,
            returning: Returning::Nothing,
            caching: Caching::Discard,
        };
        Ok(session.execute(&update).await.map_err(|error| self.subject().refuse(error))?)
    }

    /// The members of a `many_to_many` are rows of a table of its own.
    async fn write_join_table<S: Session>(&self, session: &S, join: Join) -> Result<(), Errors> {
        let (change, references) = (&self.change, &self.references);
        let owned = Predicate::equals(join.column(join.own.column), self.owner.value(join.own)?);
        let values = bind_references(self.other_end, join.other, references)?;
        let named = Predicate::In { column: join.column(join.other.column), values };
        if let Some(predicate) = change.dropped(owned, named) {
            let (predicate, seen) = self.seen_links(session, &join, predicate).await?;
            let delete = Delete { table: join.table, predicate };
            session.execute(&delete).await.map_err(|error| self.subject().refuse(error))?;
            self.other_end.check_all_kept(session, &seen).await?;
        }
        if change.keeps_any() {
            let insert = self.insert_links(&join, references)?;
            let rows = session.execute(&insert).await.map_err(|error| self.subject().refuse(error))?;
            self.other_end.check_rows(references.len(), rows)?;
            if self.other_end.has_rule() {
                self.other_end.check_all_kept(session, &self.ids()).await?;
            }
        }
        Ok(())
    }

    /// Those of the rows of the join table whose members exist for the client, with the ids of all members that do.
    async fn seen_links<S: Session>(
        &self,
        session: &S,
        join: &Join,
        predicate: Predicate<S::Dialect>,
    ) -> Result<(Predicate<S::Dialect>, Vec<String>), Errors> {
        if !self.other_end.has_rule() {
            return Ok((predicate, Vec::new()));
        }
        let select = self.other_end.keys_where(self.is_linked(join)?);
        let rows = compound::read(session, self.other_end.endpoint(), &select, None).await?;
        let references: Vec<String> = rows.iter().map(|row| self.reference(join, row)).collect();
        let values = bind_references(self.other_end, join.other, &references)?;
        let is_seen = Predicate::In { column: join.column(join.other.column), values };
        let ids = rows.iter().map(|row| row.id.clone()).collect();
        Ok((Predicate::All(vec![predicate, is_seen]), ids))
    }

    /// A row at the other end is a member.
    pub(super) fn is_linked<DB: Dialect>(&self, join: &Join) -> Result<Predicate<DB>, Error> {
        let endpoint = self.other_end.endpoint();
        let referred = endpoint.resource.referred(join.other.refers_to);
        let matches = Predicate::matches(join.column(join.other.column), endpoint.column(referred.column));
        let owned = Predicate::equals(join.column(join.own.column), self.owner.value(join.own)?);
        Ok(Predicate::exists(Source::table(join.table), Predicate::All(vec![owned, matches])))
    }

    /// What the join table calls a member.
    pub(super) fn reference(&self, join: &Join, member: &Record) -> String {
        let resource = self.other_end.endpoint().resource;
        let is_key = resource.referred(join.other.refers_to).column == resource.key.column;
        if is_key { member.id.clone() } else { member.reference.clone().unwrap_or_default() }
    }

    /// The rows that the join table lacks.
    pub(super) fn insert_links<DB: Dialect>(
        &self,
        join: &Join,
        references: &[String],
    ) -> Result<InsertLinks<DB>, Error> {
        let resource = self.other_end.endpoint().resource;
        let source = Column::of(resource.table, resource.referred(join.other.refers_to).column);
        let owned = Predicate::equals(join.column(join.own.column), self.owner.value(join.own)?);
        let matches = Predicate::matches(join.column(join.other.column), source);
        let exists = Predicate::exists(Source::table(join.table), Predicate::All(vec![owned, matches]));
        let values = bind_references(self.other_end, join.other, references)?;
        let wanted = Predicate::In { column: source, values };
        Ok(InsertLinks {
            through: join.table,
            own: join.own.column,
            other: join.other.column,
            value: self.owner.value(join.own)?,
            source,
            predicate: Predicate::All(vec![wanted, exists.negated()]),
        })
    }

    /// The ids of the members that the change names.
    pub(super) fn ids(&self) -> Vec<String> {
        self.change.members().iter().map(|member| member.id.clone()).collect()
    }

    pub(super) fn subject(&self) -> Subject<'_> {
        Subject { endpoint: self.other_end.endpoint(), place: Some(&self.place), sent: &[], links: &[] }
    }
}
