//! The family `filter` (JSON:API 1.1, "Filtering", and its recommendations): `filter[objects]` with the language of
//! Flask-Restless, the forms in brackets such as `filter[age][gt]=18`, and `filter[single]`.

mod brackets;
mod measure;
mod objects;

use super::{Parameter, Parameters};
use crate::clause::{Clause, Operator};
use crate::dialect::Dialect;
use crate::error::Error;
use crate::filter::{Resolver, Rows};
use crate::registry::Registry;
use crate::resource_type::Limits;
use crate::statement::Predicate;
use measure::Measure;

/// Whether the client expects exactly one resource.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Cardinality {
    Any,
    One,
}

/// What is read of all parameters of the family.
pub(super) struct Filters<DB: Dialect> {
    /// What rows must satisfy; several parameters are ANDed.
    pub(super) predicate: Predicate<DB>,
    pub(super) cardinality: Cardinality,
}

/// Reads the family for the rows of an endpoint.
pub(super) fn read<DB: Dialect>(
    registry: &Registry<DB>,
    place: usize,
    parameters: &Parameters,
    errors: &mut Vec<Error>,
) -> Filters<DB> {
    let mut predicates = Vec::new();
    let mut cardinality = Cardinality::Any;
    let mut measure = Measure::new(registry.endpoint(place).settings.limits);
    for parameter in parameters.family("filter") {
        if parameter.name.members() == ["single"] {
            cardinality = single(parameter, errors);
            continue;
        }
        let Some(clause) = clause(parameter, &mut measure, errors) else {
            continue;
        };
        let mut resolver = Resolver::of_client(registry, parameter.name.text(), errors);
        predicates.extend(resolver.resolve(&clause, Rows::of(registry, place)));
    }
    Filters { predicate: Predicate::All(predicates), cardinality }
}

fn clause(parameter: &Parameter, measure: &mut Measure, errors: &mut Vec<Error>) -> Option<Clause> {
    let operators = &Operator::named;
    let read = match parameter.name.members().as_slice() {
        ["objects"] => objects::read(&parameter.value, operators, measure),
        [path] => brackets::equality(path, &parameter.value, measure),
        [path, operator] => brackets::operation(path, operators(operator), &parameter.value, measure),
        _ => Err("expected an attribute in brackets, as in filter[name]=Ann or filter[age][gt]=18".to_owned()),
    };
    read.map_err(|reason| errors.push(refusal(parameter, &reason))).ok()
}

/// `filter[single]=1`
fn single(parameter: &Parameter, errors: &mut Vec<Error>) -> Cardinality {
    match parameter.value.as_str() {
        "1" => return Cardinality::One,
        "0" => {}
        _ => errors.push(refusal(parameter, "expected 0 or 1")),
    }
    Cardinality::Any
}

fn refusal(parameter: &Parameter, detail: &str) -> Error {
    let name = parameter.name.text();
    Error::invalid_parameter(name, format!("{name}: {detail}"))
}
