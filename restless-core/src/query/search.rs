//! `q={"filters":[…],"order_by":[…],"limit":…,"offset":…,"group_by":[…],"single":true}` with `page` and
//! `results_per_page`: the searches of Flask-Restless's classic format.

use super::filter::{self, Cardinality, Embedded, Values};
use super::sort::{Sorter, Sorting};
use super::{CollectionQuery, Paging, Parameter, Parameters, View};
use crate::clause::{Clause, Location, Name, Operand, Operator, Quantifier, Related, Test};
use crate::dialect::Dialect;
use crate::endpoint::PageSizes;
use crate::error::{Error, Errors, Mistakes};
use crate::filter::{Reader, Resolver, Rows, only_visible};
use crate::json::{self, Members};
use crate::registry::EndpointRef;
use crate::resource_type::Count;
use crate::shown::Shown;
use crate::statement::{Column, Direction, Join, Predicate, Representative};

/// The parameter.
pub(crate) const SEARCH: &str = "q";

const PAGE: &str = "page";
const RESULTS_PER_PAGE: &str = "results_per_page";

/// What an object of `q` may say.
const MEMBERS: [&str; 7] = ["filters", "order_by", "limit", "offset", "group_by", "single", "functions"];

/// The greatest number of keys in an order or a grouping.
const MOST: usize = 32;

/// The part of a collection that is looked at, before it is divided into pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Cut {
    pub(crate) offset: u64,
    pub(crate) limit: Option<u64>,
}

impl Cut {
    /// How many of that many rows are in it.
    pub(crate) fn of(self, rows: u64) -> u64 {
        let rows = rows.saturating_sub(self.offset);
        self.limit.map_or(rows, |limit| limit.min(rows))
    }

    /// How many rows of it a page may have that begins behind `before` others.
    pub(crate) fn room(self, before: u64, size: u64) -> u64 {
        self.limit.map_or(size, |limit| limit.saturating_sub(before).min(size))
    }
}

/// The columns that resources are grouped by, and the tables that these need.
pub(crate) struct Grouping<DB: Dialect> {
    columns: Vec<Column>,
    joins: Vec<Join<DB>>,
}

impl<DB: Dialect> Grouping<DB> {
    /// One row of each group of those rows that satisfy a predicate and exist for the client; all of them, where nothing is
    /// grouped.
    pub(crate) fn apply(grouping: Option<Self>, of: &EndpointRef, predicate: Predicate<DB>) -> Predicate<DB> {
        let Some(Self { columns, joins }) = grouping else {
            return predicate;
        };
        let key = of.endpoint().key_column();
        let predicate = only_visible(&of.registry, of.id, predicate);
        Predicate::Representative(Box::new(Representative { key, columns, joins, predicate }))
    }
}

impl<DB: Dialect> CollectionQuery<DB> {
    /// Reads a search, whose pages have these sizes.
    pub(crate) fn search(of: &EndpointRef, parameters: &Parameters, sizes: PageSizes) -> Result<Self, Errors> {
        let paging = paging(sizes, parameters)?;
        let parameter = parameters.get(SEARCH).filter(|parameter| !parameter.value.is_empty());
        let search = parameter.map(|parameter| SearchObject::read(of, parameter)).transpose()?;
        let view = View::inlined(of);
        Ok(CollectionQuery { paging, ..search.unwrap_or_default().resolve(of, view) })
    }

    /// Reads a search that is the value of a member, such as that of a body; there are no pages of it.
    pub(crate) fn search_within(of: &EndpointRef, json: Option<&str>) -> Result<Self, Errors> {
        let mut parameters = Parameters::default();
        if let Some(json) = json {
            parameters.set(SEARCH, json.to_owned())?;
        }
        let search = parameters.get(SEARCH).map(|parameter| SearchObject::read(of, parameter)).transpose()?;
        Ok(search.unwrap_or_default().resolve(of, View::of_linkage(of.id)))
    }
}

/// What a search asks for.
struct SearchObject<DB: Dialect> {
    predicate: Predicate<DB>,
    cardinality: Cardinality,
    sorting: Sorting<DB>,
    grouping: Option<Grouping<DB>>,
    cut: Cut,
}

impl<DB: Dialect> Default for SearchObject<DB> {
    fn default() -> Self {
        Self {
            predicate: Predicate::All(Vec::new()),
            cardinality: Cardinality::Any,
            sorting: Sorting { joins: Vec::new(), order: Vec::new() },
            grouping: None,
            cut: Cut::default(),
        }
    }
}

impl<DB: Dialect> SearchObject<DB> {
    fn read(of: &EndpointRef, parameter: &Parameter) -> Result<Self, Errors> {
        let reader = SearchReader { of, parameter };
        let members = reader.members()?;
        let mut errors = of.endpoint().mistakes();
        let mut search = Self::default();
        if let Some(json) = members.get("filters") {
            let embedded = Embedded { parameter, place: "/filters", json, values: Values::Loose };
            let none = Parameters::default();
            search.predicate = filter::read_besides(of, Some(embedded), &none, &mut errors).predicate;
        }
        let mut note = |outcome: Result<(), Error>| errors.extend(outcome.err());
        note(reader.order(members.get("order_by"), &mut search));
        note(reader.grouping(members.get("group_by")).map(|grouping| search.grouping = grouping));
        note(reader.number("limit", &members).map(|limit| search.cut.limit = limit));
        note(reader.number("offset", &members).map(|offset| search.cut.offset = offset.unwrap_or(0)));
        note(reader.single(members.get("single")).map(|cardinality| search.cardinality = cardinality));
        errors.check().map(|()| search)
    }

    /// Leaves out those rows that do not satisfy a clause, as the client sees them.
    fn require(&mut self, reader: &SearchReader<'_>, clause: &Clause) -> Result<(), Error> {
        let mut errors = Mistakes::at_most(1);
        let mut resolver = Resolver::of_client(&reader.of.registry, SEARCH, &mut errors);
        let required = resolver.resolve(clause, Rows::of(&reader.of.registry, reader.of.id));
        let asked = std::mem::replace(&mut self.predicate, Predicate::All(Vec::new()));
        self.predicate = Predicate::All(required.into_iter().chain([asked]).collect());
        errors.into_first().map_or(Ok(()), Err)
    }

    fn resolve(self, of: &EndpointRef, view: View) -> CollectionQuery<DB> {
        CollectionQuery {
            view,
            predicate: self.predicate,
            cardinality: self.cardinality,
            sorting: self.sorting.with_tiebreak(of.endpoint().key_column()),
            paging: Paging::Whole { most: 0 },
            count: Count::Exact,
            cut: self.cut,
            grouping: self.grouping,
        }
    }
}

/// Reads the value of the parameter.
struct SearchReader<'a> {
    of: &'a EndpointRef,
    parameter: &'a Parameter,
}

impl<'a> SearchReader<'a> {
    fn members(&self) -> Result<Members<'a>, Error> {
        let json = self.parameter.value.trim();
        json::check(json).map_err(|reason| self.refuse(&format!("expected JSON: {reason}")))?;
        let members = Members::of(json).ok_or_else(|| self.refuse("expected an object"))?;
        if let Some((name, _)) = members.iter().find(|(name, _)| !MEMBERS.contains(name)) {
            let known = MEMBERS.join(", ");
            return Err(self.refuse(&format!("expected {known}; found {}", Shown(name))));
        }
        Ok(members)
    }

    fn refuse(&self, detail: &str) -> Error {
        Error::invalid_parameter(SEARCH, format!("{}: {detail}", self.parameter.name.shown()))
    }

    /// The objects of a list, each with the pointer to it.
    fn objects(&self, name: &str, json: Option<&'a str>) -> Result<Vec<(String, Members<'a>)>, Error> {
        let Some(json) = json.filter(|json| *json != "null") else {
            return Ok(Vec::new());
        };
        let items = json::items(json, MOST).ok_or_else(|| self.refuse(&format!("/{name}: expected a list")))?;
        if items.length > MOST {
            return Err(self.refuse(&format!("/{name}: expected {MOST} keys at most, found {}", items.length)));
        }
        let objects = items.first.into_iter().enumerate().map(|(index, item)| {
            let pointer = format!("/{name}/{index}");
            let members = Members::of(item).ok_or_else(|| self.refuse(&format!("{pointer}: expected an object")))?;
            Ok((pointer, members))
        });
        objects.collect()
    }

    /// The path in the member `field`, with dots between its names.
    fn path(&self, pointer: &str, members: &Members<'_>) -> Result<String, Error> {
        let field = members.get("field").and_then(|json| serde_json::from_str::<String>(json).ok());
        let field = field.ok_or_else(|| self.refuse(&format!("{pointer}: expected a string as \"field\"")))?;
        Ok(field.replace("__", "."))
    }

    fn order<DB: Dialect>(&self, json: Option<&'a str>, search: &mut SearchObject<DB>) -> Result<(), Error> {
        let mut sorter = Sorter::new(self.of, Reader::Client);
        for (pointer, members) in self.objects("order_by", json)? {
            let path = self.path(&pointer, &members)?;
            let direction = match members.get("direction") {
                None | Some("null" | "\"asc\"") => Direction::Ascending,
                Some("\"desc\"") => Direction::Descending,
                Some(_) => return Err(self.refuse(&format!("{pointer}/direction: expected \"asc\" or \"desc\""))),
            };
            let one = sorter.order(&path, direction, &mut search.sorting.joins);
            search.sorting.order.push(one.map_err(|reason| self.refuse(&format!("{pointer}/field: {reason}")))?);
            if let Some(clause) = required(&path) {
                search.require(self, &clause)?;
            }
        }
        Ok(())
    }

    fn grouping<DB: Dialect>(&self, json: Option<&'a str>) -> Result<Option<Grouping<DB>>, Error> {
        let mut sorter = Sorter::new(self.of, Reader::Client);
        let mut grouping = Grouping { columns: Vec::new(), joins: Vec::new() };
        for (pointer, members) in self.objects("group_by", json)? {
            let path = self.path(&pointer, &members)?;
            let one = sorter.order(&path, Direction::Ascending, &mut grouping.joins);
            grouping.columns.push(one.map_err(|reason| self.refuse(&format!("{pointer}/field: {reason}")))?.column);
        }
        Ok((!grouping.columns.is_empty()).then_some(grouping))
    }

    fn number(&self, name: &str, members: &Members<'_>) -> Result<Option<u64>, Error> {
        let Some(json) = members.get(name).filter(|json| *json != "null") else {
            return Ok(None);
        };
        let number = json.parse::<u64>().ok().filter(|number| i64::try_from(*number).is_ok());
        let number =
            number.ok_or_else(|| self.refuse(&format!("/{name}: expected a whole number that is not negative")));
        number.map(Some)
    }

    fn single(&self, json: Option<&str>) -> Result<Cardinality, Error> {
        match json {
            Some("true" | "1") => Ok(Cardinality::One),
            None | Some("null" | "false" | "0") => Ok(Cardinality::Any),
            Some(_) => Err(self.refuse("/single: expected true or false")),
        }
    }
}

/// Rows that lead nowhere are not in an order by what they would lead to: the tables are joined.
fn required(path: &str) -> Option<Clause> {
    let (relationships, _) = path.rsplit_once('.')?;
    let mut names = relationships.split('.').rev();
    let last = names.next()?;
    let leads = Clause::Test(Test::of_member(last, Operator::IsNotNull, Operand::Nothing, Location::default()));
    Some(names.fold(leads, |clause, name| {
        Clause::Related(Related {
            relationship: Name::Member(name.to_owned()),
            quantifier: Quantifier::Either,
            clause: Box::new(clause),
            place: Location::default(),
        })
    }))
}

/// Reads `page` and `results_per_page`. More than the mount allows is as much as it allows, and what is no number of
/// results counts as none, as it always did.
fn paging(sizes: PageSizes, parameters: &Parameters) -> Result<Paging, Error> {
    let asked = parameters.get(RESULTS_PER_PAGE).and_then(|parameter| parameter.value.parse::<i64>().ok());
    let asked = asked.and_then(|number| u64::try_from(number).ok()).filter(|number| *number > 0);
    let size = asked.unwrap_or(sizes.usual.into()).min(sizes.most.into());
    if size == 0 {
        return Ok(Paging::Whole { most: 0 });
    }
    let Some(parameter) = parameters.get(PAGE) else {
        return Ok(Paging::Page { number: 1, size });
    };
    let number = parameter.value.parse::<u64>().ok().filter(|number| *number > 0);
    let number = number.filter(|number| i64::try_from(Paging::offset(*number, size)).is_ok());
    let number = number.ok_or_else(|| {
        let detail = format!("page: expected a number from 1 on, found {}", Shown(&parameter.value));
        Error::invalid_parameter(PAGE, detail)
    })?;
    Ok(Paging::Page { number, size })
}
