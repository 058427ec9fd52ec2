//! `sort=-age,name` (JSON:API 1.1, "Sorting").

use super::{Parameter, Parameters, list};
use crate::dialect::Dialect;
use crate::endpoint::Endpoint;
use crate::error::Error;
use crate::statement::{Direction, Order};

/// The order that the client wants, and the key as the last tiebreak, so that pages never overlap.
pub(super) fn read<DB: Dialect>(
    endpoint: &Endpoint<DB>,
    parameters: &Parameters,
    errors: &mut Vec<Error>,
) -> Vec<Order> {
    let mut order = Vec::new();
    for parameter in parameters.family("sort") {
        if parameter.name.members().is_empty() {
            order = named(endpoint, parameter, errors);
        } else {
            errors.push(Error::invalid_parameter(parameter.name.text(), "sort has no members: expected sort=…"));
        }
    }
    let key = endpoint.resource.key.column;
    if order.iter().all(|one: &Order| one.column != key) {
        order.push(Order { column: key, direction: Direction::Ascending });
    }
    order
}

fn named<DB: Dialect>(endpoint: &Endpoint<DB>, parameter: &Parameter, errors: &mut Vec<Error>) -> Vec<Order> {
    let mut order: Vec<Order> = Vec::new();
    for name in list(parameter, errors) {
        match key(endpoint, name) {
            Ok(one) if order.iter().any(|other| other.column == one.column) => {
                errors.push(Error::invalid_parameter("sort", format!("sort: {name:?} stands more than once")));
            }
            Ok(one) => order.push(one),
            Err(reason) => errors.push(Error::invalid_parameter("sort", format!("sort: {reason}"))),
        }
    }
    order
}

fn key<DB: Dialect>(endpoint: &Endpoint<DB>, name: &str) -> Result<Order, String> {
    let (attribute, direction) = match name.strip_prefix('-') {
        Some(attribute) => (attribute, Direction::Descending),
        None => (name, Direction::Ascending),
    };
    let column = match endpoint.readable_attribute(attribute) {
        Some((_, found)) if !found.kind().is_ordered() => {
            return Err(format!("{attribute:?} holds JSON documents, which have no order"));
        }
        Some((_, found)) => found.column,
        None if attribute == "id" => endpoint.resource.key.column,
        None => return Err(format!("there is no attribute {name:?}")),
    };
    Ok(Order { column, direction })
}
