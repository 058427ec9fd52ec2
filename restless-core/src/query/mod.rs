//! The query string: parameters by family, each mistake collected and named.

mod evaluation;
mod fields;
mod filter;
mod include;
mod name;
mod page;
mod parameters;
mod search;
mod selection;
mod sort;

pub(crate) use evaluation::{Evaluated, EvaluationQuery, Form};
pub(crate) use filter::Cardinality;
pub(crate) use include::{Include, Node, check_defaults};
pub(crate) use page::Paging;
use parameters::parts;
pub(crate) use parameters::{Parameter, Parameters};
pub(crate) use search::{Cut, Grouping, SEARCH};
pub(crate) use selection::{Selection, Selections};
pub(crate) use sort::{Sorting, sorting};

use std::borrow::Cow;

use crate::clause::Clause;
use crate::dialect::Dialect;
use crate::endpoint::{EndpointId, PageSizes};
use crate::error::{Error, Errors, Mistakes};
use crate::registry::EndpointRef;
use crate::resource_type::Count;
use crate::shown::Shown;
use crate::statement::Predicate;

/// What a client wants to see, of one resource or of many.
#[derive(Clone)]
pub(crate) struct View {
    pub(crate) selections: Selections,
    pub(crate) include: Include,
}

/// How query parameters are to be understood.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Grammar {
    /// The families of JSON:API: `fields`, `include`, `filter`, `sort`, `page`.
    Families,
    /// The same, but that nothing is included.
    Table,
    /// A search in `q`, with `page` and `results_per_page`.
    Search,
}

impl Grammar {
    /// Reads what a client wants to see of the resources of an endpoint.
    pub(crate) fn view(self, of: &EndpointRef, parameters: &Parameters) -> Result<View, Errors> {
        match self {
            Self::Families | Self::Table => View::read(of, parameters),
            Self::Search => Ok(View::inlined(of)),
        }
    }

    /// The parameters as they count: where nothing is included, nothing is by default either.
    pub(crate) fn heeded(self, parameters: &Parameters) -> Result<Cow<'_, Parameters>, Error> {
        if self != Self::Table {
            return Ok(Cow::Borrowed(parameters));
        }
        let mut heeded = parameters.clone();
        heeded.set("include", String::new())?;
        Ok(Cow::Owned(heeded))
    }

    /// Refuses parameters where there is nothing to choose.
    pub(crate) fn refuse(self, parameters: &Parameters, mistakes: Mistakes) -> Result<(), Errors> {
        match self {
            Self::Families | Self::Table => refuse_all_but(parameters, &[], mistakes),
            Self::Search => Ok(()),
        }
    }
}

impl View {
    /// Reads the families that every document knows; of the primary data's endpoint.
    pub(crate) fn read(of: &EndpointRef, parameters: &Parameters) -> Result<Self, Errors> {
        let mut errors = of.endpoint().mistakes();
        let view = Self::collect(of, parameters, &mut errors);
        refuse_others(parameters, &["fields", "include"], &mut errors);
        errors.check().map(|()| view)
    }

    /// Everything there is, with the related resources within it.
    pub(crate) fn inlined(of: &EndpointRef) -> Self {
        Self { selections: Selections::default(), include: include::inlined(of) }
    }

    /// Reads `include` alone.
    pub(crate) fn read_include(of: &EndpointRef, parameters: &Parameters) -> Result<Include, Errors> {
        let mut errors = of.endpoint().mistakes();
        let include = include::read(of, parameters, &mut errors);
        errors.check().map(|()| include)
    }

    /// The view of a relationship: the resources are seen only if they are included.
    pub(crate) fn of_relationship(of: &EndpointRef, parameters: &Parameters, include: Include) -> Result<Self, Errors> {
        let mut errors = of.endpoint().mistakes();
        let mut selections = fields::read(&of.registry, parameters, &mut errors);
        if !include.is_compound {
            selections = Selections::default();
            selections.set(of.id, Selection::nothing());
        }
        errors.check().map(|()| Self { selections, include })
    }

    /// Only the ids of the resources of an endpoint.
    pub(crate) fn of_linkage(id: EndpointId) -> Self {
        let mut selections = Selections::default();
        selections.set(id, Selection::nothing());
        Self { selections, include: Include::default() }
    }

    fn collect(of: &EndpointRef, parameters: &Parameters, errors: &mut Mistakes) -> Self {
        Self {
            selections: fields::read(&of.registry, parameters, errors),
            include: include::read(of, parameters, errors),
        }
    }
}

/// What a client asks of a collection.
pub(crate) struct CollectionQuery<DB: Dialect> {
    pub(crate) view: View,
    pub(crate) predicate: Predicate<DB>,
    /// How many resources the client expects.
    pub(crate) cardinality: Cardinality,
    pub(crate) sorting: Sorting<DB>,
    pub(crate) paging: Paging,
    /// Whether the total is told.
    pub(crate) count: Count,
    /// The part of the collection that is divided into pages.
    pub(crate) cut: Cut,
    /// What the resources are grouped by; one of each group is seen.
    pub(crate) grouping: Option<Grouping<DB>>,
}

impl<DB: Dialect> CollectionQuery<DB> {
    /// Reads the families that a collection knows; its pages have these sizes.
    pub(crate) fn read(of: &EndpointRef, parameters: &Parameters, sizes: PageSizes) -> Result<Self, Errors> {
        let endpoint = of.endpoint();
        let mut errors = endpoint.mistakes();
        let view = View::collect(of, parameters, &mut errors);
        let filters = filter::read(of, parameters, &mut errors);
        let query = Self {
            view,
            predicate: filters.predicate,
            cardinality: filters.cardinality,
            sorting: sort::read(of, parameters, &mut errors),
            paging: page::read(sizes, parameters, &mut errors),
            count: endpoint.settings.count,
            cut: Cut::default(),
            grouping: None,
        };
        refuse_others(parameters, &["fields", "include", "filter", "sort", "ignorecase", "page"], &mut errors);
        errors.check().map(|()| query)
    }

    /// The same, for those resources that satisfy what the application adds.
    pub(crate) fn and(mut self, of: &EndpointRef, filters: &[Clause]) -> Result<Self, Errors> {
        self.predicate = crate::filter::and(of, filters, self.predicate)?;
        Ok(self)
    }

    /// The same, with the count that the client prefers, if it prefers one.
    pub(crate) fn counted(self, preferred: Option<Count>) -> Self {
        Self { count: preferred.unwrap_or(self.count), ..self }
    }
}

/// Refuses every parameter of another family; collects them in what is empty still.
pub(crate) fn refuse_all_but(parameters: &Parameters, families: &[&str], mut errors: Mistakes) -> Result<(), Errors> {
    refuse_others(parameters, families, &mut errors);
    errors.check()
}

fn refuse_others(parameters: &Parameters, families: &[&str], errors: &mut Mistakes) {
    let others = parameters.iter().filter(|parameter| !families.contains(&parameter.name.family()));
    errors.extend(others.map(|parameter| {
        let detail = match parameter.name.text() {
            "group" | "group_by" => {
                "group: resources are not grouped; the functions of a collection are, below eval/".to_owned()
            }
            name => format!("this URL knows no query parameter {}", Shown(name)),
        };
        Error::invalid_parameter(parameter.name.text(), detail)
    }));
}

/// The names in a list; an error where one is empty, unless the list is.
fn list<'a>(parameter: &'a Parameter, errors: &mut Mistakes) -> Vec<&'a str> {
    if parameter.value.is_empty() {
        return Vec::new();
    }
    let names: Vec<&str> = parameter.written().into_iter().flat_map(parts).collect();
    if names.iter().any(|name| name.is_empty()) {
        let detail = format!("{}: expected names with commas between them", parameter.name.shown());
        errors.push(Error::invalid_parameter(parameter.name.text(), detail));
    }
    names.into_iter().filter(|name| !name.is_empty()).collect()
}
