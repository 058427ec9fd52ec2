//! Filters that the application adds to those of a client.

use super::path::Rows;
use super::resolver::Resolver;
use crate::clause::Clause;
use crate::dialect::Dialect;
use crate::error::{Error, Mistakes};
use crate::registry::EndpointRef;
use crate::statement::Predicate;

/// The rows of an endpoint that satisfy both; a filter that means nothing is the application's mistake.
pub(crate) fn and<DB: Dialect>(
    of: &EndpointRef,
    clauses: &[Clause],
    predicate: Predicate<DB>,
) -> Result<Predicate<DB>, Error> {
    if clauses.is_empty() {
        return Ok(predicate);
    }
    let mut errors = Mistakes::at_most(1);
    let mut resolver = Resolver::of_application(&of.registry, &mut errors);
    let rows = Rows::of(&of.registry, of.id);
    let mut predicates: Vec<_> = clauses.iter().filter_map(|clause| resolver.resolve(clause, rows)).collect();
    predicates.push(predicate);
    match errors.into_first() {
        Some(error) => Err(Error::internal(format!("a filter of the application: {error}"))),
        None => Ok(Predicate::All(predicates)),
    }
}
