//! The processors' part in requests that read.

use serde_json::{Map, Value};

use super::target::Target;

use crate::error::{Error, Errors};
use crate::operation::{Compound, Linkage, Outcome, Page};
use crate::processor::{
    AfterRead, BeforeRead, Led, Members, Moment, Query, Relation, ResponseResources, Run, close, each,
};
use crate::registry::Registry;

/// Lets processors change what is asked for, or refuse it.
pub(super) async fn before(run: &Run, place: usize, target: &mut Target, query: &mut Query) -> Result<(), Error> {
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
pub(super) struct Processed<'a> {
    pub(super) run: &'a Run,
    pub(super) registry: &'a Registry,
    /// The place of the endpoint that the request is for.
    pub(super) place: usize,
}

impl Processed<'_> {
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
