//! The way over a relationship within one statement.

use crate::dialect::Dialect;
use crate::endpoint::{Endpoint, EndpointId};
use crate::registry::Registry;
use crate::resource_type::{Link, Relationship};
use crate::statement::{Alias, Exists, Predicate, Search, Source};

/// The rows that a clause is about.
#[derive(Clone, Copy)]
pub(crate) struct Rows {
    /// The place of their endpoint.
    pub(crate) place: EndpointId,
    pub(crate) source: Source,
}

impl Rows {
    /// The rows of an endpoint's table by its own name.
    pub(crate) fn of(registry: &Registry, place: EndpointId) -> Self {
        Self { place, source: Source::table(registry.endpoint(place).resource.table) }
    }
}

/// Hands out names for tables, so that one table may stand in a statement several times.
#[derive(Debug, Default)]
pub(crate) struct Aliases {
    named: u16,
    /// How many to-many relationships lead to the rows that a condition is about.
    to_many: usize,
}

impl Aliases {
    /// A name that no other table of the statement has.
    pub(crate) fn next(&mut self) -> Alias {
        self.named += 1;
        Alias::Numbered(self.named)
    }

    /// How many to-many relationships lead to the other end of this one.
    pub(super) fn to_many_with(&self, relationship: &Relationship) -> usize {
        self.to_many + usize::from(!relationship.is_to_one())
    }

    /// Takes it that so many lead to the rows that follow; gives back how many led to those before.
    pub(super) const fn enter(&mut self, to_many: usize) -> usize {
        std::mem::replace(&mut self.to_many, to_many)
    }

    /// How the rows at the other end are to be looked for. Inside of a search there are so many rows to look from that the
    /// cost of one search for each of them would multiply; only a row that is found by its key costs nothing.
    pub(super) const fn search(&self, relationship: &Relationship) -> Search {
        match relationship.link {
            Link::BelongsTo(_) => Search::Each,
            _ if self.to_many == 0 => Search::Each,
            _ => Search::Once,
        }
    }

    /// The rows that a relationship leads to, and the table between, if there is one.
    pub(super) fn other_end(&mut self, relationship: &Relationship, target: EndpointId) -> (Rows, Option<Source>) {
        let source = Source { table: relationship.target().table, alias: self.next() };
        let link = match &relationship.link {
            Link::Through { table, .. } => Some(Source { table: *table, alias: self.next() }),
            _ => None,
        };
        (Rows { place: target, source }, link)
    }
}

/// A relationship between two sets of rows of a statement.
#[derive(Clone, Copy)]
pub(super) struct Step<'a> {
    pub(super) relationship: &'a Relationship,
    pub(super) search: Search,
    pub(super) here: Source,
    pub(super) there: Source,
    /// The table between, if there is one.
    pub(super) between: Option<Source>,
}

/// The rows of `here` that the relationship leads from to a row with that predicate.
pub(super) fn exists<DB: Dialect>(endpoint: &Endpoint, step: Step<'_>, predicate: Predicate<DB>) -> Predicate<DB> {
    let Step { relationship, search, here, there, between } = step;
    let target = relationship.target();
    let own = |reference| here.column(endpoint.resource.referred(reference).column);
    let (source, joined, link) = match &relationship.link {
        Link::BelongsTo(foreign_key) => {
            let referred = there.column(target.referred(foreign_key.refers_to).column);
            (there, None, (referred, here.column(foreign_key.column)))
        }
        Link::HasOne(foreign_key) | Link::HasMany(foreign_key) => {
            (there, None, (there.column(foreign_key.column), own(foreign_key.refers_to)))
        }
        Link::Through { table, own: ours, other } => {
            let between = between.unwrap_or(Source::table(*table));
            let joined = (there.column(target.referred(other.refers_to).column), between.column(other.column));
            (between, Some(joined), (between.column(ours.column), own(ours.refers_to)))
        }
    };
    Predicate::Exists(Exists { source, joined, link: Some(link), search, predicate: Box::new(predicate) })
}
