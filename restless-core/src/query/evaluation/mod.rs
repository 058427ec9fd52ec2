//! What a client asks of the functions of a collection: `q={"functions":[…],"filters":[…]}` and `functions=[…]` as
//! Flask-Restless has them, all forms of `filter`, and `group` with `sort` and `page` for the groups.

mod functions;
mod groups;

use super::filter::{self, Cardinality, Embedded, Values};
use super::{Paging, Parameter, Parameters, page, refuse_others};
use crate::clause::Clause;
use crate::dialect::Dialect;
use crate::error::{Error, Errors, Mistakes};
use crate::registry::EndpointRef;
use crate::resource_type::Count;
use crate::statement::{Join, Predicate, Ranking};
use functions::Written;

pub(crate) use functions::Evaluated;
pub(crate) use groups::GroupKey;

/// How the values are told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Form {
    /// As an object, each by its name.
    Object,
    /// As a list: the functions by their places.
    List(Vec<usize>),
    /// As an object for each group.
    Groups,
}

/// What a client asks of the functions of a collection.
pub(crate) struct EvaluationQuery<DB: Dialect> {
    pub(crate) form: Form,
    /// The name of the parameter that has the functions.
    pub(crate) parameter: &'static str,
    /// No function is there twice.
    pub(crate) functions: Vec<Evaluated<DB>>,
    pub(crate) keys: Vec<GroupKey<DB>>,
    pub(crate) predicate: Predicate<DB>,
    /// The tables that the keys need.
    pub(crate) joins: Vec<Join<DB>>,
    pub(crate) order: Vec<Ranking>,
    pub(crate) paging: Paging,
    /// Whether the number of groups is told.
    pub(crate) count: Count,
}

impl<DB: Dialect> EvaluationQuery<DB> {
    /// Reads the families that functions know.
    pub(crate) fn read(of: &EndpointRef, parameters: &Parameters) -> Result<Self, Errors> {
        let endpoint = of.endpoint();
        let mut errors = endpoint.mistakes();
        refuse_members(parameters, &mut errors);
        let written = functions::written(parameters, &mut errors);
        let functions = functions::read(of, &written, &mut errors);
        let predicate = filters(of, &written, parameters, &mut errors);
        let groups = groups::read(of, &functions.evaluated, parameters, &mut errors);
        let is_grouped = !groups.keys.is_empty();
        let query = Self {
            form: if is_grouped { Form::Groups } else { functions.form },
            parameter: written.name(),
            functions: functions.evaluated,
            predicate,
            keys: groups.keys,
            joins: groups.joins,
            order: groups.order,
            paging: page::read(endpoint.settings.page_sizes(), parameters, &mut errors),
            count: endpoint.settings.count,
        };
        refuse_others(parameters, &["q", "functions", "filter", "group", "sort", "page"], &mut errors);
        errors.check().map(|()| query)
    }

    /// The same, of those resources that satisfy what the application adds.
    pub(crate) fn and(mut self, of: &EndpointRef, filters: &[Clause]) -> Result<Self, Errors> {
        self.predicate = crate::filter::and(of, filters, self.predicate)?;
        Ok(self)
    }

    /// The same, with the count that the client prefers, if it prefers one.
    pub(crate) fn counted(self, preferred: Option<Count>) -> Self {
        Self { count: preferred.unwrap_or(self.count), ..self }
    }
}

/// Only `filter` and `page` have members.
fn refuse_members(parameters: &Parameters, errors: &mut Mistakes) {
    for family in ["q", "functions", "group", "sort"] {
        let with_members = parameters.family(family).filter(|parameter| !parameter.name.members().is_empty());
        errors.extend(with_members.map(|parameter| {
            let detail = format!("{family} has no members: expected {family}=…");
            Error::invalid_parameter(parameter.name.text(), detail)
        }));
    }
}

fn filters<DB: Dialect>(
    of: &EndpointRef,
    written: &Written<'_>,
    parameters: &Parameters,
    errors: &mut Mistakes,
) -> Predicate<DB> {
    let embedded = written.filters().map(|(parameter, json)| Embedded {
        parameter,
        place: "/filters",
        json,
        values: Values::Typed,
    });
    let filters = filter::read_besides(of, embedded, parameters, errors);
    if filters.cardinality == Cardinality::One {
        let detail = "filter[single]: functions are of any number of resources";
        errors.push(Error::invalid_parameter("filter[single]", detail));
    }
    filters.predicate
}

/// A mistake in the value of a parameter.
fn refusal(parameter: &Parameter, detail: &str) -> Error {
    let name = &parameter.name;
    Error::invalid_parameter(name.text(), format!("{}: {detail}", name.shown()))
}
