//! The hooks' part in requests that read.

use serde_json::{Map, Value};

use super::route::Route;
use crate::backend::Pool;
use crate::dialect::Dialect;
use crate::endpoint::EndpointId;
use crate::error::{Error, Errors};
use crate::operation::{Asked, CheckExists, Compound, EndpointRef, Fetch, Linkage, Outcome, Page, RelatedTo, Target};
use crate::processor::{
    AfterRead, BeforeRead, Led, Members, Moment, Query, Relation, ResponseResources, Run, close, each, note_refusal,
};
use crate::registry::Registry;

/// Fails if what the URL names does not exist for the client: no hook is asked about it.
pub(super) async fn check_exists<DB: Dialect, P: Pool<DB>>(
    route: &Route<'_>,
    pool: &P,
    target: &Target,
) -> Result<(), Errors> {
    let Route { site, hooks: Some(run), .. } = route else {
        return Ok(());
    };
    if run.hooks.of(site.id).is_empty() {
        return Ok(());
    }
    let mut rows: Vec<(EndpointRef, String)> =
        target.id().map(|id| (site.clone(), id.to_owned())).into_iter().collect();
    if let Target::Member(id, name, member) = target
        && let Ok(related) = RelatedTo::new(site.clone(), id.clone(), name)
    {
        rows.push((related.other_end(), member.clone()));
    }
    match CheckExists::plan::<DB>(rows) {
        Some(check) => pool.run(check).await,
        None => Ok(()),
    }
}

/// Lets hooks change what is fetched, or refuse it.
pub(super) async fn before_fetch(route: &Route<'_>, run: &Run, fetch: &mut Fetch) -> Result<(), Errors> {
    let site = &route.site;
    let mut query = Query::of(&mut fetch.asked);
    let asked = before(run, site.id, &mut fetch.target, &mut query).await;
    query.put_back(&mut fetch.asked);
    if let (Target::Resource(_), Err(refusal)) = (&fetch.target, &asked) {
        note_refusal(&site.registry, site.id, Some(refusal));
    }
    asked?;
    Ok(route.check_relationship(&fetch.target)?)
}

/// Lets hooks change which resources the functions are of, or refuse them.
pub(super) async fn before_evaluation(route: &Route<'_>, run: &Run, asked: &mut Asked) -> Result<(), Errors> {
    let mut query = Query::of(asked);
    let outcome = before(run, route.site.id, &mut Target::Functions, &mut query).await;
    query.put_back(asked);
    Ok(outcome?)
}

async fn before(run: &Run, place: EndpointId, target: &mut Target, query: &mut Query) -> Result<(), Error> {
    match target {
        Target::Collection | Target::Functions => {
            each!(run, place, Moment::BeforeRead(BeforeRead::Collection(query)))
        }
        Target::Resource(id) => each!(run, place, Moment::BeforeRead(BeforeRead::Resource(id))),
        Target::Related(id, name) => {
            let mut relation = Relation::new(id, name, None);
            let outcome = each!(run, place, Moment::BeforeRead(BeforeRead::Relation(&mut relation, query)));
            (*id, *name) = relation.into_place();
            outcome
        }
        Target::Member(id, name, member) => {
            let mut relation = Relation::new(id, name, Some(member));
            let outcome = each!(run, place, Moment::BeforeRead(BeforeRead::RelatedResource(&mut relation)));
            *member = relation.member.clone().unwrap_or_default();
            (*id, *name) = relation.into_place();
            outcome
        }
        Target::Relationship(id, name) => {
            let mut relation = Relation::new(id, name, None);
            let outcome = each!(run, place, Moment::BeforeRead(BeforeRead::Relationship(&mut relation, query)));
            (*id, *name) = relation.into_place();
            outcome
        }
    }
}

/// What was read for a request, and who has a part in it.
pub(super) struct Hooked<'a> {
    pub(super) run: &'a Run,
    pub(super) registry: &'a Registry,
    /// The place of the endpoint that the request is for.
    pub(super) place: EndpointId,
}

impl Hooked<'_> {
    /// Takes out what processors refuse, and lets them change the rest; gives what they add to the document's `meta`.
    pub(super) async fn after(&self, target: &Target, outcome: &mut Outcome) -> Result<Map<String, Value>, Errors> {
        let led =
            if matches!(target, Target::Collection | Target::Resource(_)) { Led::Included } else { Led::Everything };
        match outcome {
            Outcome::Collection(page) => {
                self.close_page(page, led).await;
                self.show(target, &mut page.compound).await
            }
            Outcome::Resource(compound) | Outcome::Only(compound) => {
                let was_there = compound.resource().is_some();
                close(self.run, self.registry, compound, led).await;
                if let (Target::Member(_, _, member), true, None) = (target, was_there, compound.resource()) {
                    let name = &self.registry.endpoint(compound.primary().place).settings.collection_name;
                    return Err(Error::no_such_resource(name, member).into());
                }
                self.show(target, compound).await
            }
            Outcome::Linkage(Linkage::ToOne(compound)) => {
                close(self.run, self.registry, compound, led).await;
                self.show_linkage(compound, Arity::One).await
            }
            Outcome::Linkage(Linkage::ToMany(page)) => {
                self.close_page(page, led).await;
                self.show_linkage(&mut page.compound, Arity::Many).await
            }
            _ => Ok(Map::new()),
        }
    }

    /// Takes out of the answer to a write what processors refuse to show besides the resource itself.
    pub(super) async fn close_included(&self, outcome: &mut Outcome) {
        if let Outcome::Created(compound) | Outcome::Updated(Some(compound)) = outcome {
            close(self.run, self.registry, compound, Led::Included).await;
        }
    }

    /// A total would tell of resources that are not shown.
    async fn close_page(&self, page: &mut Page, led: Led) {
        let rows = page.compound.primary().records.len();
        close(self.run, self.registry, &mut page.compound, led).await;
        if page.compound.primary().records.len() < rows {
            page.total = None;
        }
    }

    async fn show(&self, target: &Target, compound: &mut Compound) -> Result<Map<String, Value>, Errors> {
        let rows = 0..compound.primary().records.len();
        let mut outgoing = ResponseResources::new(compound.primary().outgoing(rows.clone()));
        let is_to_one = matches!(target, Target::Related(_, name) if self.is_to_one(name));
        let shown = each!(
            self.run,
            self.place,
            Moment::AfterRead(match target {
                Target::Collection => AfterRead::Collection(&mut outgoing),
                Target::Resource(_) => AfterRead::Resource(&mut outgoing),
                Target::Member(..) => AfterRead::RelatedResource(&mut outgoing),
                _ if is_to_one => AfterRead::ToOneRelation(&mut outgoing),
                _ => AfterRead::ToManyRelation(&mut outgoing),
            })
        );
        shown?;
        compound.sets[0].take_back(rows, &outgoing.resources);
        Ok(outgoing.meta)
    }

    async fn show_linkage(&self, compound: &mut Compound, arity: Arity) -> Result<Map<String, Value>, Errors> {
        let ids = |compound: &Compound| compound.primary().records.iter().map(|record| record.id.clone()).collect();
        let mut members = Members(ids(compound));
        let shown = each!(
            self.run,
            self.place,
            Moment::AfterRead(match arity {
                Arity::One => AfterRead::ToOneRelationship(&mut members),
                Arity::Many => AfterRead::ToManyRelationship(&mut members),
            })
        );
        shown?;
        let seen: Vec<bool> = ids(compound).iter().map(|id: &String| members.0.contains(id)).collect();
        compound.sets[0].retain(&seen);
        Ok(Map::new())
    }

    fn is_to_one(&self, name: &str) -> bool {
        let found = self.registry.endpoint(self.place).resource.relationship(name);
        found.is_some_and(|(_, relationship)| relationship.is_to_one())
    }
}

/// How many resources a relationship leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Arity {
    One,
    Many,
}
