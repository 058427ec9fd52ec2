//! What a URL names, read from the database.

use super::exchange::Exchange;
use super::target::Target;
use crate::backend::Pool;
use crate::clause::Clause;
use crate::dialect::Dialect;
use crate::error::{Error, Errors};
use crate::operation::{FetchCollection, FetchOne, FetchRelationship, Outcome, RelatedTo};
use crate::preference;
use crate::query::{Cardinality, Parameters};
use crate::resource_type::{Count, Format};

/// The parameters of a request, and what the application adds to its filters.
type Asked<'a> = (&'a Parameters, &'a [Clause]);

/// What came of a request, and the count that its client prefers, if that was heard.
type Loaded = Result<(Outcome, Option<Count>), Errors>;

impl<DB: Dialect, P: Pool<DB>> Exchange<'_, DB, P> {
    /// Reads what the URL names.
    pub(super) async fn load(&self, target: &Target, asked: Asked<'_>) -> Loaded {
        let (parameters, filters) = asked;
        let related = |id: &str, name: &str| RelatedTo::new(self.site(), id.to_owned(), name);
        let outcome = match target {
            Target::Functions => return Err(Error::unknown_path().into()),
            Target::Collection => return self.load_collection(None, asked).await,
            Target::Resource(id) => {
                let view = self.view(self.place, parameters)?;
                self.pool.run(FetchOne::by_id(self.site(), id, view)?).await
            }
            Target::Related(id, name) => {
                let related = related(id, name)?;
                if !related.relationship().is_to_one() {
                    return self.load_collection(Some(related), asked).await;
                }
                let view = self.view(related.other_end().place, parameters)?;
                self.pool.run(FetchOne::related(related, view, filters)?).await
            }
            Target::Member(id, name, member) => {
                let related = related(id, name)?;
                let view = self.view(related.other_end().place, parameters)?;
                self.pool.run(FetchOne::member(related, member, view)?).await
            }
            Target::Relationship(id, name) => {
                let related = related(id, name)?;
                let preferred = preference::count(self.request).filter(|_| !related.relationship().is_to_one());
                let fetch = FetchRelationship::plan(related, (parameters, filters), preferred)?;
                return Ok((self.pool.run(fetch).await?, preferred));
            }
        };
        Ok((outcome?, None))
    }

    /// A list of the classic format always tells its total.
    fn preferred_count(&self) -> Option<Count> {
        preference::count(self.request).filter(|_| self.format == Format::JsonApi)
    }

    /// Reads a collection, or the resources of a to-many relationship.
    async fn load_collection(&self, related: Option<RelatedTo>, (parameters, filters): Asked<'_>) -> Loaded {
        let site = related.as_ref().map_or_else(|| self.site(), RelatedTo::other_end);
        let query = self.collection(related.as_ref(), parameters)?;
        let query = query.and(&site.registry, site.place, filters)?;
        if query.cardinality == Cardinality::One {
            let fetch = match related {
                Some(related) => FetchOne::only_related(related, query)?,
                None => FetchOne::only(site, query),
            };
            return Ok((self.pool.run(fetch).await?, None));
        }
        let preferred = self.preferred_count();
        let query = query.counted(preferred);
        let fetch = match related {
            Some(related) => FetchCollection::related(related, query)?,
            None => FetchCollection::plan(site, query),
        };
        Ok((self.pool.run(fetch).await?, preferred))
    }
}
