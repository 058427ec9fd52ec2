//! Members of a relationship that a client tells by what they are like.

use super::Nested;
use crate::backend::Session;
use crate::clause::{Clause, Location, Operand, Operator, Test};
use crate::dialect::{Comparison, Dialect};
use crate::error::Errors;
use crate::filter::{Resolver, Rows};
use crate::operation::linking::Owner;
use crate::operation::{EndpointRef, Records, RelatedTo, compound};
use crate::statement::{Order, Predicate, Window};

/// A row, and the relationship of it whose resources are written with it.
pub(super) struct OwnerOf<'a, DB: Dialect> {
    pub(super) owner: &'a Owner<'a>,
    pub(super) nested: &'a Nested<DB>,
}

impl<DB: Dialect> Clone for OwnerOf<'_, DB> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<DB: Dialect> Copy for OwnerOf<'_, DB> {}

/// The member that satisfies a clause, of several the one with the least key; none if there is no such member.
pub(super) async fn find<S: Session>(
    session: &S,
    of: OwnerOf<'_, S::Dialect>,
    clause: &Clause,
    pointer: &str,
) -> Result<Records, Errors> {
    let OwnerOf { owner, nested } = of;
    let relationship = &owner.site.endpoint().resource.relationships[nested.relationship];
    let other_end = owner.site.other_end(nested.relationship);
    let related = RelatedTo::new(owner.site.clone(), owner.id.to_owned(), relationship.name)?;
    let predicate = Predicate::All(vec![related.predicate()?, predicate(&other_end, clause, pointer)?]);
    let mut select = other_end.keys_where(predicate);
    select.order = vec![Order::ascending(other_end.endpoint().key_column())];
    select.window = Some(Window { limit: 1, offset: None });
    select.caching = other_end.endpoint().shapes.caching(|hasher| select.shape(hasher));
    compound::read(session, other_end.endpoint(), &select, None).await
}

fn predicate<DB: Dialect>(site: &EndpointRef, clause: &Clause, pointer: &str) -> Result<Predicate<DB>, Errors> {
    let mut errors = site.endpoint().mistakes();
    let mut resolver = Resolver::of_client(&site.registry, "q", &mut errors);
    let predicate = resolver.resolve(clause, Rows::of(&site.registry, site.id));
    let errors = errors.map(|error| error.at_pointer(pointer));
    errors.check().map(|()| predicate.unwrap_or(Predicate::Any(Vec::new())))
}

/// The attribute of that name is as the client wrote it.
pub(super) fn test(name: &str, json: &str) -> Clause {
    match json {
        "null" => clause(name, Operator::IsNull, Operand::Nothing),
        json => clause(name, Operator::Compare(Comparison::Equal), Operand::Json(json.to_owned())),
    }
}

/// The resource has that id.
pub(super) fn has_id(id: String) -> Clause {
    clause("id", Operator::Compare(Comparison::Equal), Operand::Text(id))
}

fn clause(name: &str, operator: Operator, operand: Operand) -> Clause {
    Clause::Test(Test::of_member(name, operator, operand, Location::default()))
}
