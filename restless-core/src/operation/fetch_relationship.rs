//! Fetch a relationship: the linkage, not the resources (JSON:API 1.1, "Fetching Relationships").

use super::compound::{self, Compound};
use super::fetch_collection::FetchCollection;
use super::shape::Shape;
use super::{Linkage, Outcome, RelatedTo};
use crate::backend::{Access, Operation, Session};
use crate::clause::Clause;
use crate::dialect::Dialect;
use crate::error::{Error, Errors};
use crate::query::{self, Cardinality, CollectionQuery, Include, Parameters, View};
use crate::resource_type::Count;

/// What a client wants of the resources that the linkage names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Inclusion {
    /// It does not say.
    None,
    /// It says that nothing shall be included.
    Empty,
    /// They shall be included.
    Resources,
}

impl Inclusion {
    fn apply(self, mut compound: Compound) -> Compound {
        compound.has_included = self != Inclusion::None;
        compound.includes_primary = self == Inclusion::Resources;
        compound
    }
}

/// The linkage of one relationship of one resource.
pub(crate) enum FetchRelationship<DB: Dialect> {
    ToOne { related: RelatedTo, view: View, inclusion: Inclusion },
    ToMany { fetch: Box<FetchCollection<DB>>, inclusion: Inclusion },
}

impl<DB: Dialect> FetchRelationship<DB> {
    /// Reads the request. Paths of `include` begin with the relationship itself.
    pub(crate) fn plan(
        related: RelatedTo,
        parameters: &Parameters,
        filters: &[Clause],
        preferred: Option<Count>,
    ) -> Result<Self, Errors> {
        let site = related.other_end();
        let (include, inclusion) = include(&related, parameters)?;
        if related.relationship().is_to_one() {
            query::refuse_all_but(parameters, &["fields", "include"], related.site.endpoint().mistakes())?;
            let view = View::of_relationship(&site, parameters, include)?;
            let related = related.only(filters);
            return Ok(FetchRelationship::ToOne { related, view, inclusion });
        }
        let sizes = related.site.endpoint().settings.page_sizes_of_related(&site.endpoint().settings);
        let query = CollectionQuery::read(&site, &parameters.without("include"), sizes)?;
        let mut query = query.and(&site, filters)?;
        if query.cardinality == Cardinality::One {
            let detail = "filter[single]: a relationship is no collection of resources";
            return Err(Error::invalid_parameter("filter[single]", detail).into());
        }
        query.view = View::of_relationship(&site, parameters, include)?;
        let fetch = Box::new(FetchCollection::related(related, query.counted(preferred))?);
        Ok(FetchRelationship::ToMany { fetch, inclusion })
    }
}

/// What is included below the relationship.
fn include(related: &RelatedTo, parameters: &Parameters) -> Result<(Include, Inclusion), Errors> {
    let Some(_) = parameters.get("include") else {
        return Ok((Include::default(), Inclusion::None));
    };
    let include = View::read_include(&related.site, parameters)?;
    let name = related.relationship().name;
    let mut nodes = include.nodes.into_iter();
    match (nodes.next(), nodes.next()) {
        (None, _) => Ok((Include::default(), Inclusion::Empty)),
        (Some(node), None) if node.relationship == related.relationship => {
            Ok((Include { nodes: node.children, is_compound: true }, Inclusion::Resources))
        }
        _ => {
            let detail = format!("include: the paths of this URL begin with \"{name}\"");
            Err(Error::invalid_parameter("include", detail).into())
        }
    }
}

impl<DB: Dialect> Operation<DB> for FetchRelationship<DB> {
    type Output = Outcome;

    fn access(&self) -> Access {
        Access::Read
    }

    async fn execute<S: Session<Dialect = DB>>(&self, session: &S) -> Result<Outcome, Errors> {
        match self {
            FetchRelationship::ToMany { fetch, inclusion } => {
                let mut page = fetch.load(session).await?;
                page.compound = inclusion.apply(page.compound);
                Ok(Outcome::Linkage(Linkage::ToMany(page)))
            }
            FetchRelationship::ToOne { related, view, inclusion } => {
                let compound = to_one(session, related, view).await?;
                Ok(Outcome::Linkage(Linkage::ToOne(inclusion.apply(compound))))
            }
        }
    }
}

async fn to_one<S: Session>(session: &S, related: &RelatedTo, view: &View) -> Result<Compound, Errors> {
    let site = related.other_end();
    let shape = Shape::new(&site.registry, site.id, view, &view.include.nodes);
    let mut select = shape.select(&site.registry, related.predicate()?);
    select.caching = site.endpoint().shapes.caching(|hasher| select.shape(hasher));
    let mut records = compound::read(session, site.endpoint(), &select, None).await?;
    records.truncate(1);
    related.check_owner(session, &records).await?;
    let primary = shape.resources(records);
    compound::load(session, &site.registry, view, primary).await
}
