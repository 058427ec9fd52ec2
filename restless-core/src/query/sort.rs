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
            Some(one) if order.iter().any(|other| other.column == one.column) => {
                errors.push(Error::invalid_parameter("sort", format!("sort: {name:?} stands more than once")));
            }
            Some(one) => order.push(one),
            None => errors.push(Error::invalid_parameter("sort", format!("sort: there is no attribute {name:?}"))),
        }
    }
    order
}

fn key<DB: Dialect>(endpoint: &Endpoint<DB>, name: &str) -> Option<Order> {
    let (name, direction) = match name.strip_prefix('-') {
        Some(name) => (name, Direction::Descending),
        None => (name, Direction::Ascending),
    };
    let column = match endpoint.readable_attribute(name) {
        Some((_, attribute)) => attribute.column,
        None if name == "id" => endpoint.resource.key.column,
        None => return None,
    };
    Some(Order { column, direction })
}
