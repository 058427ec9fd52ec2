//! The resources at the other end of one resource's relationship.

use super::{EndpointRef, Records};
use crate::backend::Session;
use crate::clause::Clause;
use crate::dialect::{Dialect, Fragment};
use crate::error::{Error, Errors};
use crate::filter;
use crate::resource_type::{Link, Relationship, RelationshipId};
use crate::shown::Shown;
use crate::statement::{Column, Lookup, Predicate, Source};

/// One relationship of one resource.
pub(crate) struct RelatedTo {
    pub(crate) site: EndpointRef,
    pub(crate) id: String,
    /// The place of the relationship in its resource type.
    pub(crate) relationship: RelationshipId,
    /// What the application wants of the resources at the other end.
    filters: Vec<Clause>,
}

impl RelatedTo {
    /// The relationship of that name; a name that the type does not have is 404, like any other URL.
    pub(crate) fn new(site: EndpointRef, id: String, name: &str) -> Result<Self, Error> {
        let found = site.endpoint().relationship(name);
        let (relationship, _) = found.ok_or_else(|| {
            let type_name = &site.endpoint().settings.collection_name;
            Error::not_found(format!("\"{type_name}\" has no relationship {}", Shown(name)))
        })?;
        Ok(Self { site, id, relationship, filters: Vec::new() })
    }

    /// The same, for those resources at the other end that satisfy what the application wants.
    pub(super) fn only(mut self, filters: &[Clause]) -> Self {
        self.filters = filters.to_vec();
        self
    }

    pub(crate) fn relationship(&self) -> &'static Relationship {
        &self.site.endpoint().resource.relationships[self.relationship]
    }

    /// The site of the related resources.
    pub(crate) fn other_end(&self) -> EndpointRef {
        self.site.other_end(self.relationship)
    }

    /// Fails if the resource that has the relationship does not exist for the client, as far as the rows at the other
    /// end cannot tell: they are found whatever rule their owner is under.
    pub(super) async fn check_owner<S: Session>(&self, session: &S, found: &Records) -> Result<(), Errors> {
        if found.is_empty() || self.site.has_rule() {
            self.site.check_exists(session, &self.id).await?;
        }
        Ok(())
    }

    /// The rows at the other end.
    pub(super) fn predicate<DB: Dialect>(&self) -> Result<Predicate<DB>, Error> {
        let linked = self.linked()?;
        let site = self.other_end();
        filter::and(&site, &self.filters, linked)
    }

    fn linked<DB: Dialect>(&self) -> Result<Predicate<DB>, Error> {
        let resource = self.site.endpoint().resource;
        let target = self.relationship().target();
        let in_target = |name| Column::of(target.table, name);
        let key = self.site.key(&self.id)?;
        Ok(match &self.relationship().link {
            Link::BelongsTo(foreign_key) => {
                let column = in_target(target.referred(foreign_key.refers_to).column);
                let value: Fragment<DB> = Box::new(Lookup::new(resource, foreign_key.column, key));
                Predicate::equals(column, value)
            }
            Link::HasOne(foreign_key) | Link::HasMany(foreign_key) => {
                let value = Lookup::reference(resource, foreign_key.refers_to, key);
                Predicate::equals(in_target(foreign_key.column), value)
            }
            Link::Through { table, own, other } => {
                let value = Lookup::reference(resource, own.refers_to, key);
                let owned = Predicate::equals(Column::of(*table, own.column), value);
                let left = Column::of(*table, other.column);
                let matches = Predicate::matches(left, in_target(target.referred(other.refers_to).column));
                Predicate::exists(Source::table(*table), Predicate::All(vec![owned, matches]))
            }
        })
    }
}
