//! Fetch one resource: by its id, as the one that another is related to, or as a member of a relationship
//! (JSON:API 1.1, "Fetching Resources").

use super::compound::{self, Compound, Shape};
use super::{Outcome, RelatedTo, Site};
use crate::backend::{Access, Operation, Session};
use crate::dialect::Dialect;
use crate::error::{Error, Errors};
use crate::query::{CollectionQuery, Parameters, View};
use crate::resource_type::Link;
use crate::statement::{Order, Predicate, Select, Window};

/// A resource, and what is included with it.
pub(crate) struct FetchOne<DB: Dialect> {
    site: Site<DB>,
    view: View,
    select: Select<DB>,
    shape: Shape,
    access: Access,
    absence: Absence<DB>,
}

/// What it means that there is no row.
enum Absence<DB: Dialect> {
    /// A filter that is to find one resource finds none, or several.
    NotOne,
    /// The resource does not exist.
    Missing(Error),
    /// The relationship leads nowhere, if the resource that has it exists.
    Empty(RelatedTo<DB>),
}

impl<DB: Dialect> FetchOne<DB> {
    /// Reads the request for a resource by its id.
    pub(crate) fn by_id(site: Site<DB>, id: &str, parameters: &Parameters) -> Result<Self, Errors> {
        let view = View::read(&site.registry, site.place, parameters)?;
        let predicate = site.by_key(id)?;
        let absence = Absence::Missing(site.missing(id));
        Ok(Self::new(site, view, predicate, absence))
    }

    /// Reads the request for the one resource that another is related to.
    pub(crate) fn related(related: RelatedTo<DB>, parameters: &Parameters) -> Result<Self, Errors> {
        let site = related.other_end();
        let view = View::read(&site.registry, site.place, parameters)?;
        let predicate = related.predicate()?;
        let is_own = matches!(related.relationship().link, Link::BelongsTo(_));
        let fetch = Self::new(site, view, predicate, Absence::Empty(related)).first();
        Ok(if is_own { fetch } else { fetch.unbounded() })
    }

    /// Reads the request for a member of a to-many relationship.
    pub(crate) fn member(related: &RelatedTo<DB>, id: &str, parameters: &Parameters) -> Result<Self, Errors> {
        let site = related.other_end();
        let view = View::read(&site.registry, site.place, parameters)?;
        let predicate = Predicate::All(vec![related.predicate()?, site.by_key(id)?]);
        let absence = Absence::Missing(site.missing(id));
        Ok(Self::new(site, view, predicate, absence).unbounded())
    }

    /// The one resource that a query finds; `related` is the resource whose relationship it is in.
    pub(crate) fn only(
        site: Site<DB>,
        query: CollectionQuery<DB>,
        related: Option<&RelatedTo<DB>>,
    ) -> Result<Self, Errors> {
        let CollectionQuery { view, predicate, sorting, .. } = query;
        let predicate = match related {
            Some(related) => Predicate::All(vec![related.predicate()?, predicate]),
            None => predicate,
        };
        let mut fetch = Self::new(site, view, predicate, Absence::NotOne).unbounded();
        (fetch.select.joins, fetch.select.order) = (sorting.joins, sorting.order);
        fetch.select.window = Some(Window { limit: 2, offset: None });
        Ok(fetch.cached())
    }

    fn new(site: Site<DB>, view: View, predicate: Predicate<DB>, absence: Absence<DB>) -> Self {
        let shape = Shape::new(&site.registry, site.place, &view, &view.include.nodes);
        let select = shape.select(site.endpoint(), predicate);
        let access = if shape.is_bounded(&site, &view) { Access::ReadOne } else { Access::Read };
        Self { site, view, select, shape, access, absence }.cached()
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
        if records.is_empty() {
            self.absence.explain(session).await?;
        }
        if matches!(self.absence, Absence::NotOne) && records.len() > 1 {
            return Err(Error::multiple_results().into());
        }
        let primary = self.shape.resources(self.site.place, records);
        compound::load(session, &self.site.registry, &self.view, primary).await
    }
}

impl<DB: Dialect> Absence<DB> {
    async fn explain<S: Session<Dialect = DB>>(&self, session: &S) -> Result<(), Errors> {
        match self {
            Absence::NotOne => Err(Error::no_result().into()),
            Absence::Missing(error) => Err(error.clone().into()),
            Absence::Empty(related) => related.site.check_exists(session, &related.id).await,
        }
    }
}

impl<DB: Dialect> Operation<DB> for FetchOne<DB> {
    type Output = Outcome;

    fn access(&self) -> Access {
        self.access
    }

    async fn execute<S: Session<Dialect = DB>>(&self, session: &S) -> Result<Outcome, Errors> {
        self.load(session).await.map(Outcome::Resource)
    }
}
