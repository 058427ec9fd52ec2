//! A read in the words of the database: the names of a command are columns here, its values bind parameters.

use super::command::{Asked, Command, Fetch};
use super::{EndpointRef, Evaluate, FetchCollection, FetchOne, FetchRelationship, Outcome, RelatedTo, Target};
use crate::backend::Pool;
use crate::dialect::Dialect;
use crate::error::{Error, Errors};
use crate::query::{Cardinality, CollectionQuery, EvaluationQuery, Form, Grammar};
use crate::resource_type::Count;

/// What is to be read, and what the client's preferences have changed.
pub(crate) struct Read<DB: Dialect> {
    plan: ReadPlan<DB>,
    /// The count that the client prefers, if that was heeded.
    pub(crate) count: Option<Count>,
}

enum ReadPlan<DB: Dialect> {
    One(FetchOne<DB>),
    Collection(FetchCollection<DB>),
    Relationship(FetchRelationship<DB>),
    Evaluate(Box<Evaluate<DB>>),
}

impl<DB: Dialect> Read<DB> {
    /// Plans what a client asks for; every mistake is told at once.
    pub(crate) fn of(site: &EndpointRef, command: &Command<'_>) -> Result<Self, Errors> {
        match command {
            Command::Fetch(fetch) => Self::fetch(site, fetch),
            Command::Evaluate(asked) => Self::evaluate(site, asked),
            _ => Err(Error::unknown_path().into()),
        }
    }

    /// Reads it.
    pub(crate) async fn run(self, pool: &impl Pool<DB>) -> Result<Outcome, Errors> {
        match self.plan {
            ReadPlan::One(fetch) => pool.run(fetch).await,
            ReadPlan::Collection(fetch) => pool.run(fetch).await,
            ReadPlan::Relationship(fetch) => pool.run(fetch).await,
            ReadPlan::Evaluate(evaluate) => pool.run(*evaluate).await.map(Outcome::Values),
        }
    }

    fn fetch(site: &EndpointRef, fetch: &Fetch) -> Result<Self, Errors> {
        let Fetch { target, asked: Asked { parameters, filters, count }, grammar } = fetch;
        let related = |id: &str, name: &str| RelatedTo::new(site.clone(), id.to_owned(), name);
        let view = |end: &EndpointRef| grammar.view(end, parameters);
        match target {
            Target::Functions => Err(Error::unknown_path().into()),
            Target::Collection => Self::collection(site, None, fetch),
            Target::Resource(id) => Ok(Self::one(FetchOne::by_id(site.clone(), id, view(site)?)?)),
            Target::Related(id, name) => {
                let related = related(id, name)?;
                if !related.relationship().is_to_one() {
                    return Self::collection(site, Some(related), fetch);
                }
                let view = view(&related.other_end())?;
                Ok(Self::one(FetchOne::related(related, view, filters)?))
            }
            Target::Member(id, name, member) => {
                let related = related(id, name)?;
                let view = view(&related.other_end())?;
                Ok(Self::one(FetchOne::member(related, member, view)?))
            }
            Target::Relationship(id, name) => {
                let related = related(id, name)?;
                let count = count.filter(|_| !related.relationship().is_to_one());
                let plan = ReadPlan::Relationship(FetchRelationship::plan(related, parameters, filters, count)?);
                Ok(Self { plan, count })
            }
        }
    }

    const fn one(fetch: FetchOne<DB>) -> Self {
        Self { plan: ReadPlan::One(fetch), count: None }
    }

    /// A collection, or the resources of a to-many relationship.
    fn collection(site: &EndpointRef, related: Option<RelatedTo>, fetch: &Fetch) -> Result<Self, Errors> {
        let Fetch { asked: Asked { parameters, filters, count }, grammar, .. } = fetch;
        let end = related.as_ref().map_or_else(|| site.clone(), RelatedTo::other_end);
        let (own, others) = (&site.endpoint().settings, &end.endpoint().settings);
        let sizes = match (&related, grammar) {
            (None, _) => own.page_sizes(),
            (Some(_), Grammar::Families | Grammar::Table) => own.page_sizes_of_related(others),
            (Some(_), Grammar::Search) => own.page_sizes_of_relations(),
        };
        let parameters = &*grammar.heeded(parameters)?;
        let query = match grammar {
            Grammar::Families | Grammar::Table => CollectionQuery::read(&end, parameters, sizes)?,
            Grammar::Search => CollectionQuery::search(&end, parameters, sizes)?,
        };
        let query = query.and(&end, filters)?;
        if query.cardinality == Cardinality::One {
            return Ok(Self::one(match related {
                Some(related) => FetchOne::only_related(related, query)?,
                None => FetchOne::only(end, query),
            }));
        }
        let query = query.counted(*count);
        let fetch = match related {
            Some(related) => FetchCollection::related(related, query)?,
            None => FetchCollection::plan(end, query),
        };
        Ok(Self { plan: ReadPlan::Collection(fetch), count: *count })
    }

    fn evaluate(site: &EndpointRef, asked: &Asked) -> Result<Self, Errors> {
        let evaluation = EvaluationQuery::read(site, &asked.parameters)?;
        let evaluation = evaluation.and(site, &asked.filters)?;
        let count = asked.count.filter(|_| evaluation.form == Form::Groups);
        let plan = ReadPlan::Evaluate(Box::new(Evaluate::plan(site, evaluation.counted(count))));
        Ok(Self { plan, count })
    }
}
