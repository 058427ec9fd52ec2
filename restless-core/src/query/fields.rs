//! `fields[TYPE]=name,age` (JSON:API 1.1, "Sparse Fieldsets").

use super::{Parameter, Parameters, list};
use crate::backend::Dialect;
use crate::endpoint::Endpoint;
use crate::error::Error;

/// The places of the attributes that the client wants: those it may read, or the ones that it names.
pub(super) fn read<DB: Dialect>(
    endpoint: &Endpoint<DB>,
    parameters: &Parameters,
    errors: &mut Vec<Error>,
) -> Vec<usize> {
    let mut attributes = endpoint.readable.clone();
    for parameter in parameters.family("fields") {
        match parameter.name.members().as_slice() {
            [name] if *name == endpoint.settings.collection_name => attributes = named(endpoint, parameter, errors),
            _ => errors.push(unknown_type(parameter, &endpoint.settings.collection_name)),
        }
    }
    attributes
}

fn named<DB: Dialect>(endpoint: &Endpoint<DB>, parameter: &Parameter, errors: &mut Vec<Error>) -> Vec<usize> {
    if parameter.value.is_empty() {
        return Vec::new();
    }
    let mut places = Vec::new();
    for name in list(parameter, errors) {
        match endpoint.readable_attribute(name) {
            Some((place, _)) => places.push(place),
            None if name == "id" => {}
            None => errors.push(unknown_field(parameter, name)),
        }
    }
    places.sort_unstable();
    places.dedup();
    places
}

fn unknown_type(parameter: &Parameter, expected: &str) -> Error {
    let name = parameter.name.text();
    Error::invalid_parameter(name, format!("{name}: expected fields[{expected}]"))
}

fn unknown_field(parameter: &Parameter, field: &str) -> Error {
    let name = parameter.name.text();
    Error::invalid_parameter(name, format!("{name}: there is no field {field:?}"))
}
