//! The query string: parameters by family, each mistake collected and named.

mod fields;
mod filter;
mod name;
mod page;
mod parameters;
mod sort;

pub(crate) use page::Paging;
pub(crate) use parameters::{Parameter, Parameters};

use crate::backend::Dialect;
use crate::endpoint::Endpoint;
use crate::error::{Error, Errors};
use crate::statement::{Order, Predicate};

/// What a client asks of a collection.
pub(crate) struct CollectionQuery<DB: Dialect> {
    pub(crate) attributes: Vec<usize>,
    pub(crate) predicate: Predicate<DB>,
    pub(crate) order: Vec<Order>,
    pub(crate) paging: Paging,
}

impl<DB: Dialect> CollectionQuery<DB> {
    /// Reads the families that a collection knows.
    pub(crate) fn read(endpoint: &Endpoint<DB>, parameters: &Parameters) -> Result<Self, Errors> {
        let mut errors = Vec::new();
        let query = Self {
            attributes: fields::read(endpoint, parameters, &mut errors),
            predicate: filter::read(endpoint, parameters, &mut errors),
            order: sort::read(endpoint, parameters, &mut errors),
            paging: page::read(&endpoint.settings, parameters, &mut errors),
        };
        refuse_others(parameters, &["fields", "filter", "sort", "page"], &mut errors);
        Errors::check(errors).map(|()| query)
    }
}

/// The attributes that a client asks of a single resource: `fields` is the only family that one knows.
pub(crate) fn read_fields<DB: Dialect>(endpoint: &Endpoint<DB>, parameters: &Parameters) -> Result<Vec<usize>, Errors> {
    let mut errors = Vec::new();
    let attributes = fields::read(endpoint, parameters, &mut errors);
    refuse_others(parameters, &["fields"], &mut errors);
    Errors::check(errors).map(|()| attributes)
}

/// Refuses every parameter.
pub(crate) fn read_none(parameters: &Parameters) -> Result<(), Errors> {
    let mut errors = Vec::new();
    refuse_others(parameters, &[], &mut errors);
    Errors::check(errors)
}

fn refuse_others(parameters: &Parameters, families: &[&str], errors: &mut Vec<Error>) {
    let others = parameters.iter().filter(|parameter| !families.contains(&parameter.name.family()));
    errors.extend(others.map(|parameter| {
        let detail = format!("this URL knows no query parameter {:?}", parameter.name.text());
        Error::invalid_parameter(parameter.name.text(), detail)
    }));
}

/// The names in a comma-separated list; an error where one is empty.
fn list<'a>(parameter: &'a Parameter, errors: &mut Vec<Error>) -> Vec<&'a str> {
    let names: Vec<&str> = parameter.value.split(',').collect();
    if names.iter().any(|name| name.is_empty()) {
        let detail = format!("{}: expected names with commas between them", parameter.name.text());
        errors.push(Error::invalid_parameter(parameter.name.text(), detail));
    }
    names.into_iter().filter(|name| !name.is_empty()).collect()
}
