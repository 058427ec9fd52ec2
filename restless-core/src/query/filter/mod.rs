//! The family `filter` (JSON:API 1.1, "Filtering", and its recommendations): `filter[objects]` with the language of
//! Flask-Restless, the forms in brackets such as `filter[age][gt]=18`, and `filter[single]`.

mod brackets;
mod measure;
mod objects;

use super::{Parameter, Parameters};
use crate::clause::{Clause, Location, Operator};
use crate::dialect::Dialect;
use crate::error::{Error, Mistakes};
use crate::filter::{Resolver, Rows};
use crate::registry::EndpointRef;
use crate::resource_type::Limits;
use crate::statement::Predicate;
use measure::Measure;
pub(super) use objects::Values;

/// Whether the client expects exactly one resource.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Cardinality {
    Any,
    One,
}

/// The operators that the names of a request stand for.
type Known<'a> = &'a dyn Fn(&str) -> Operator;

/// The operators that filters may have, and the measure that they must keep.
struct Language<'a> {
    operators: Known<'a>,
    measure: &'a mut Measure,
}

/// What is read of all parameters of the family.
pub(super) struct Filters<DB: Dialect> {
    /// What rows must satisfy; several parameters are ANDed.
    pub(super) predicate: Predicate<DB>,
    pub(super) cardinality: Cardinality,
}

/// A list of filter objects within the value of another parameter.
#[derive(Clone, Copy)]
pub(super) struct Embedded<'a> {
    pub(super) parameter: &'a Parameter,
    /// Where in the value it stands, as a JSON Pointer.
    pub(super) place: &'static str,
    pub(super) json: &'a str,
    pub(super) values: Values,
}

/// Reads the family for the rows of an endpoint.
pub(super) fn read<DB: Dialect>(of: &EndpointRef, parameters: &Parameters, errors: &mut Mistakes) -> Filters<DB> {
    read_besides(of, None, parameters, errors)
}

/// The same, and what another parameter has of filters.
pub(super) fn read_besides<DB: Dialect>(
    of: &EndpointRef,
    embedded: Option<Embedded<'_>>,
    parameters: &Parameters,
    errors: &mut Mistakes,
) -> Filters<DB> {
    let mut predicates = Vec::new();
    let mut cardinality = Cardinality::Any;
    let (own, limits) = (&of.endpoint().settings.operators, of.endpoint().settings.limits);
    let mut measure = Measure::new(limits);
    let operators: Known<'_> = &|name| match own.get(name) {
        Some(_) => Operator::Named(name.to_owned()),
        None => Operator::named(name),
    };
    let mut resolve = |parameter: &Parameter, clause: &Clause, errors: &mut Mistakes| {
        let mut resolver = Resolver::of_client(&of.registry, parameter.name.text(), errors);
        resolver.operators = Some(own);
        resolver.max_to_many_path_length = limits.max_to_many_path_length;
        let resolved = resolver.resolve(clause, Rows::of(&of.registry, of.id));
        predicates.extend(resolved.map(|predicate| predicate.sent_with(parameter.name.text())));
    };
    if let Some(embedded) = embedded
        && let Some(clause) = objects_within(embedded, operators, &mut measure, errors)
    {
        resolve(embedded.parameter, &clause, errors);
    }
    for parameter in parameters.family("filter").filter(|parameter| !asks_for_nothing(parameter)) {
        if parameter.name.members() == ["single"] {
            cardinality = single(parameter, errors);
        } else if let Some(clause) = clause(parameter, operators, &mut measure, errors) {
            resolve(parameter, &clause, errors);
        }
    }
    Filters { predicate: Predicate::All(predicates), cardinality }
}

/// `filter=`
fn asks_for_nothing(parameter: &Parameter) -> bool {
    parameter.name.members().is_empty() && parameter.value.is_empty()
}

fn clause(parameter: &Parameter, operators: Known<'_>, measure: &mut Measure, errors: &mut Mistakes) -> Option<Clause> {
    let read = match parameter.name.members().as_slice() {
        ["objects"] => parameter
            .only()
            .and_then(|json| objects::read(json, Location::default(), Values::Typed, Language { operators, measure })),
        [path] => brackets::equality(path, parameter, measure),
        [path, operator] => brackets::operation(path, operators(operator), parameter, measure),
        _ => Err("expected an attribute in brackets, as in filter[name]=Ann or filter[age][gt]=18".to_owned()),
    };
    read.map_err(|reason| errors.push(refusal(parameter, &reason))).ok()
}

fn objects_within(
    embedded: Embedded<'_>,
    operators: Known<'_>,
    measure: &mut Measure,
    errors: &mut Mistakes,
) -> Option<Clause> {
    let place = Location(embedded.place.to_owned());
    let read = objects::read(embedded.json, place, embedded.values, Language { operators, measure });
    read.map_err(|reason| errors.push(refusal(embedded.parameter, &reason))).ok()
}

/// `filter[single]=1`
fn single(parameter: &Parameter, errors: &mut Mistakes) -> Cardinality {
    match parameter.only() {
        Ok("1") => return Cardinality::One,
        Ok("0") => {}
        _ => errors.push(refusal(parameter, "expected 0 or 1")),
    }
    Cardinality::Any
}

fn refusal(parameter: &Parameter, detail: &str) -> Error {
    let name = &parameter.name;
    Error::invalid_parameter(name.text(), format!("{}: {detail}", name.shown()))
}
