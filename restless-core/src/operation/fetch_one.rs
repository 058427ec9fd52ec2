//! Fetch one resource: by its id, as the one that another is related to, or as a member of a relationship
//! (JSON:API 1.1, "Fetching Resources").

use super::compound::{self, Compound};
use super::fetch_collection::cut_window;
use super::shape::Shape;
use super::{EndpointRef, Outcome, RelatedTo};
use crate::backend::{Access, Operation, Session};
use crate::clause::Clause;
use crate::dialect::Dialect;
use crate::error::{Error, Errors};
use crate::query::{CollectionQuery, Grouping, View};
use crate::resource_type::Link;
use crate::statement::{Order, Predicate, Select, Window};

/// A resource, and what is included with it.
pub(crate) struct FetchOne<DB: Dialect> {
    site: EndpointRef,
    view: View,
    select: Select<DB>,
    shape: Shape,
    access: Access,
    absence: Absence,
    /// The resource whose relationship it is in.
    owner: Option<RelatedTo>,
}

/// What it means that there is no row.
enum Absence {
    /// A filter that is to find one resource finds none, or several.
    NotOne,
    /// The resource of that id does not exist.
    Missing(String),
    /// The relationship leads nowhere.
    Empty,
}

impl<DB: Dialect> FetchOne<DB> {
    /// Reads the request for a resource by its id.
    pub(crate) fn by_id(site: EndpointRef, id: &str, view: View) -> Result<Self, Errors> {
        let predicate = site.by_key(id)?;
        Ok(Self::new(site, view, predicate, Absence::Missing(id.to_owned())))
    }

    /// Reads the request for the one resource that another is related to.
    pub(crate) fn related(related: RelatedTo, view: View, filters: &[Clause]) -> Result<Self, Errors> {
        let related = related.only(filters);
        let site = related.other_end();
        let predicate = related.predicate()?;
        let is_own = matches!(related.relationship().link, Link::BelongsTo(_));
        let mut fetch = Self::new(site, view, predicate, Absence::Empty).first();
        fetch.owner = Some(related);
        Ok(if is_own { fetch } else { fetch.unbounded() })
    }

    /// Reads the request for a member of a to-many relationship.
    pub(crate) fn member(related: RelatedTo, id: &str, view: View) -> Result<Self, Errors> {
        let site = related.other_end();
        let predicate = Predicate::All(vec![related.predicate()?, site.by_key(id)?]);
        let absence = Absence::Missing(id.to_owned());
        let mut fetch = Self::new(site, view, predicate, absence).unbounded();
        fetch.owner = Some(related);
        Ok(fetch)
    }

    /// The one resource that a query finds.
    pub(crate) fn only(site: EndpointRef, query: CollectionQuery<DB>) -> Self {
        let CollectionQuery { view, predicate, sorting, cut, grouping, .. } = query;
        let predicate = Grouping::apply(grouping, &site, predicate);
        let mut fetch = Self::new(site, view, predicate, Absence::NotOne).unbounded();
        (fetch.select.joins, fetch.select.order) = (sorting.joins, sorting.order);
        fetch.select.window = Some(cut_window(cut, 0, 2));
        fetch.cached()
    }

    /// The same among the resources of a to-many relationship.
    pub(crate) fn only_related(related: RelatedTo, mut query: CollectionQuery<DB>) -> Result<Self, Errors> {
        query.predicate = Predicate::All(vec![related.predicate()?, query.predicate]);
        let mut fetch = Self::only(related.other_end(), query);
        fetch.owner = Some(related);
        Ok(fetch)
    }

    fn new(site: EndpointRef, view: View, predicate: Predicate<DB>, absence: Absence) -> Self {
        let shape = Shape::new(&site.registry, site.id, &view, &view.include.nodes);
        let select = shape.select(&site.registry, predicate);
        let is_bounded = shape.is_bounded(&site, &view) && !site.registry.has_rules();
        let access = if is_bounded { Access::ReadOne } else { Access::Read };
        Self { site, view, select, shape, access, absence, owner: None }.cached()
    }

    /// Of several rows that a to-one relationship finds, the first.
    fn first(mut self) -> Self {
        self.select.order = vec![Order::ascending(self.site.endpoint().key_column())];
        self.select.window = Some(Window { limit: 1, offset: None });
        self.cached()
    }

    /// Looks again whether the statement may stay prepared.
    fn cached(mut self) -> Self {
        self.select.caching = self.site.endpoint().shapes.caching(|hasher| self.select.shape(hasher));
        self
    }

    /// The foreign key may be without an index, so that the read is of any cost.
    fn unbounded(mut self) -> Self {
        self.access = Access::Read;
        self
    }

    async fn load<S: Session<Dialect = DB>>(&self, session: &S) -> Result<Compound, Errors> {
        let records = compound::read(session, self.site.endpoint(), &self.select, None).await?;
        if let Some(owner) = &self.owner {
            owner.check_owner(session, &records).await?;
        }
        self.check(records.len())?;
        let primary = self.shape.resources(records);
        compound::load(session, &self.site.registry, &self.view, primary).await
    }

    fn check(&self, rows: usize) -> Result<(), Error> {
        match (&self.absence, rows) {
            (Absence::NotOne, 0) => Err(Error::no_result()),
            (Absence::NotOne, 2..) => Err(Error::multiple_results()),
            (Absence::Missing(id), 0) => Err(self.site.missing(id)),
            _ => Ok(()),
        }
    }
}

impl<DB: Dialect> Operation<DB> for FetchOne<DB> {
    type Output = Outcome;

    fn access(&self) -> Access {
        self.access
    }

    async fn execute<S: Session<Dialect = DB>>(&self, session: &S) -> Result<Outcome, Errors> {
        let compound = self.load(session).await?;
        Ok(if matches!(self.absence, Absence::NotOne) { Outcome::Only(compound) } else { Outcome::Resource(compound) })
    }
}
