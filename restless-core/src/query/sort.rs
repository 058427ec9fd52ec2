//! `sort=-age,name,author.name` (JSON:API 1.1, "Sorting"), and `ignorecase=1`.

use super::{Parameters, list};
use crate::dialect::{Dialect, Kind};
use crate::endpoint::EndpointId;
use crate::error::{Error, Mistakes};
use crate::filter::{Aliases, Reader, Rows, visible};
use crate::registry::{EndpointRef, Registry};
use crate::resource_type::{Link, Relationship, ResourceType};
use crate::shown::Shown;
use crate::statement::{Case, Chronology, Column, Direction, Join, Order, Partner, Source};

/// The greatest number of sort keys.
const MOST: usize = 32;

/// The order of rows, and the tables that it needs besides.
pub(crate) struct Sorting<DB: Dialect> {
    pub(crate) joins: Vec<Join<DB>>,
    pub(crate) order: Vec<Order>,
}

/// The order that the client wants, and the key as the last tiebreak, so that pages never overlap.
pub(super) fn read<DB: Dialect>(of: &EndpointRef, parameters: &Parameters, errors: &mut Mistakes) -> Sorting<DB> {
    let case = case(parameters, errors);
    let mut sorter = Sorter { case, ..Sorter::new(of, Reader::Client) };
    let mut sorting = Sorting { joins: Vec::new(), order: Vec::new() };
    for parameter in parameters.family("sort") {
        if parameter.name.members().is_empty() {
            let names = list(parameter, errors);
            sorter.read(SortKeys { parameter: parameter.name.text(), names: &names }, &mut sorting, errors);
        } else {
            errors.push(Error::invalid_parameter(parameter.name.text(), "sort has no members: expected sort=…"));
        }
    }
    sorting.with_tiebreak(of.endpoint().key_column())
}

/// The order that the application wants, in the same form. It knows every field.
pub(crate) fn sorting<DB: Dialect>(of: &EndpointRef, keys: &str, errors: &mut Mistakes) -> Sorting<DB> {
    let mut sorting = Sorting { joins: Vec::new(), order: Vec::new() };
    let names: Vec<&str> = keys.split(',').filter(|_| !keys.is_empty()).collect();
    Sorter::new(of, Reader::Application).read(SortKeys { parameter: "sort", names: &names }, &mut sorting, errors);
    sorting.with_tiebreak(of.endpoint().key_column())
}

impl<DB: Dialect> Sorting<DB> {
    pub(super) fn with_tiebreak(mut self, key: Column) -> Self {
        let is_tiebreak =
            |order: &Order| order.case == Case::Sensitive && is_same(order.column, key) && is_own(order.column);
        if !self.order.iter().any(is_tiebreak) {
            self.order.push(Order::ascending(key));
        }
        self
    }
}

fn case(parameters: &Parameters, errors: &mut Mistakes) -> Case {
    let Some(parameter) = parameters.get("ignorecase") else {
        return Case::Sensitive;
    };
    match parameter.value.as_str() {
        "1" => return Case::Ignored,
        "0" => {}
        _ => errors.push(Error::invalid_parameter("ignorecase", "ignorecase: expected 0 or 1")),
    }
    Case::Sensitive
}

fn is_same(one: Column, other: Column) -> bool {
    one.source.alias == other.source.alias && one.name == other.name
}

fn is_own(column: Column) -> bool {
    column.source.alias == crate::statement::Alias::Table
}

/// The keys of an order, and the parameter that has them.
#[derive(Clone, Copy)]
struct SortKeys<'a> {
    parameter: &'a str,
    names: &'a [&'a str],
}

/// Finds what a client sorts or groups by.
pub(super) struct Sorter<'a> {
    of: &'a EndpointRef,
    reader: Reader,
    case: Case,
    /// The relationships that are joined already, so that several keys share them: by path, the rows there.
    walked: Vec<(String, Rows)>,
    aliases: Aliases,
}

impl<'a> Sorter<'a> {
    /// For the rows of an endpoint.
    pub(super) fn new(of: &'a EndpointRef, reader: Reader) -> Self {
        Self { of, reader, case: Case::Sensitive, walked: Vec::new(), aliases: Aliases::default() }
    }

    fn read<DB: Dialect>(&mut self, written: SortKeys<'_>, sorting: &mut Sorting<DB>, errors: &mut Mistakes) {
        let SortKeys { parameter, names } = written;
        let refuse = |reason: &str| Error::invalid_parameter(parameter, format!("sort: {reason}"));
        if names.len() > MOST {
            errors.push(refuse(&format!("expected {MOST} keys at most")));
            return;
        }
        for name in names {
            match self.key(name, &mut sorting.joins) {
                Ok(one) if sorting.order.iter().any(|other| is_same(other.column, one.column)) => {
                    errors.push(refuse(&format!("{} stands more than once", Shown(name))));
                }
                Ok(one) => sorting.order.push(one),
                Err(reason) => errors.push(refuse(&reason)),
            }
        }
    }

    fn key<DB: Dialect>(&mut self, name: &str, joins: &mut Vec<Join<DB>>) -> Result<Order, String> {
        match name.strip_prefix('-') {
            Some(path) => self.order(path, Direction::Descending, joins),
            None => self.order(name, Direction::Ascending, joins),
        }
    }

    /// The order by an attribute at the end of a path.
    pub(super) fn order<DB: Dialect>(
        &mut self,
        path: &str,
        direction: Direction,
        joins: &mut Vec<Join<DB>>,
    ) -> Result<Order, String> {
        let (rows, attribute) = self.reach(path, joins)?;
        let (column, kind) = sortable::<DB>(&self.of.registry, rows.place, attribute, self.reader)?;
        let case = if kind == Kind::Text { self.case } else { Case::Sensitive };
        Ok(Order { column: rows.source.column(column), direction, case, chronology: Chronology::of::<DB>(kind) })
    }

    /// The rows at the end of a path of to-one relationships, and the name that stands behind them.
    pub(super) fn reach<'p, DB: Dialect>(
        &mut self,
        path: &'p str,
        joins: &mut Vec<Join<DB>>,
    ) -> Result<(Rows, &'p str), String> {
        match path.rsplit_once('.') {
            Some((relationships, name)) => Ok((self.walk(relationships, joins)?, name)),
            None => Ok((Rows::of(&self.of.registry, self.of.id), path)),
        }
    }

    fn walk<DB: Dialect>(&mut self, path: &str, joins: &mut Vec<Join<DB>>) -> Result<Rows, String> {
        let mut rows = Rows::of(&self.of.registry, self.of.id);
        let most = self.of.endpoint().settings.limits.max_path_length;
        let names: Vec<&str> = path.split('.').collect();
        if names.len() > most {
            let found = names.len();
            return Err(format!("expected {most} relationships on the way to an attribute at most, found {found}"));
        }
        for end in 1..=names.len() {
            let walked = names[..end].join(".");
            if let Some((_, there)) = self.walked.iter().find(|(known, _)| *known == walked) {
                rows = *there;
                continue;
            }
            let (there, join) = self.step(rows, names[end - 1])?;
            joins.push(join);
            self.walked.push((walked, there));
            rows = there;
        }
        Ok(rows)
    }

    fn step<DB: Dialect>(&mut self, here: Rows, name: &str) -> Result<(Rows, Join<DB>), String> {
        let endpoint = self.of.registry.endpoint(here.place);
        let found = match self.reader {
            Reader::Client => endpoint.relationship(name),
            Reader::Application => endpoint.resource.relationship(name),
        };
        let (id, relationship) = found.ok_or_else(|| format!("there is no relationship {}", Shown(name)))?;
        let source = Source { table: relationship.target().table, alias: self.aliases.next() };
        let (column, partner) =
            self.partner(endpoint.resource, here.source, Joined { relationship, source }).ok_or_else(|| {
                format!("{} leads to many resources: only to-one relationships give an order", Shown(name))
            })?;
        let there = Rows { place: endpoint.targets[id], source };
        let condition = match self.reader {
            Reader::Client => visible(&self.of.registry, there, &mut self.aliases),
            Reader::Application => None,
        };
        Ok((there, Join { column, partner, condition }))
    }

    /// The column of the joined table, and what it equals.
    fn partner(&mut self, resource: &ResourceType, here: Source, joined: Joined<'_>) -> Option<(Column, Partner)> {
        let Joined { relationship, source: there } = joined;
        let target = relationship.target();
        match &relationship.link {
            Link::BelongsTo(foreign_key) => {
                let column = there.column(target.referred(foreign_key.refers_to).column);
                Some((column, Partner::Column(here.column(foreign_key.column))))
            }
            Link::HasOne(foreign_key) => {
                let candidates = Source { table: target.table, alias: self.aliases.next() };
                let partner = Partner::First {
                    key: candidates.column(target.key.column),
                    column: candidates.column(foreign_key.column),
                    other: here.column(resource.referred(foreign_key.refers_to).column),
                };
                Some((there.column(target.key.column), partner))
            }
            Link::HasMany(_) | Link::Through { .. } => None,
        }
    }
}

/// A relationship that is joined, and the table that it leads to.
#[derive(Clone, Copy)]
struct Joined<'a> {
    relationship: &'a Relationship,
    source: Source,
}

/// The column of an attribute that the reader may sort by, and the kind of its values.
fn sortable<DB: Dialect>(
    registry: &Registry,
    id: EndpointId,
    name: &str,
    reader: Reader,
) -> Result<(&'static str, Kind), String> {
    let endpoint = registry.endpoint(id);
    let resource = endpoint.resource;
    let found = match reader {
        Reader::Client => endpoint.readable_attribute(name),
        Reader::Application => resource.attribute(name),
    };
    match found {
        Some((_, found)) if !found.is_sortable && reader == Reader::Client => {
            Err(format!("{} cannot be sorted by", Shown(name)))
        }
        Some((_, found)) if reader == Reader::Client && registry.guarded(id, found).is_some() => {
            Err(format!("{} cannot be sorted by", Shown(name)))
        }
        Some((_, found)) if !found.kind().is_ordered() => {
            Err(format!("{} holds JSON documents, which have no order", Shown(name)))
        }
        Some((_, found)) => Ok((found.column, found.kind())),
        None if name == "id" => Ok((resource.key.column, resource.key.sql.kind())),
        None if reader == Reader::Application => hidden::<DB>(resource, name),
        None if endpoint.relationship(name).is_some() => {
            Err(format!("{} is a relationship: expected one of the attributes behind it", Shown(name)))
        }
        None => Err(format!("there is no attribute {}", Shown(name))),
    }
}

/// The column of a field that no client knows.
fn hidden<DB: Dialect>(resource: &'static ResourceType, name: &str) -> Result<(&'static str, Kind), String> {
    match resource.codecs::<DB>().hidden_field(name) {
        Some((column, codec)) if codec.kind().is_ordered() => Ok((column, codec.kind())),
        _ => Err(format!("there is no field {} that gives an order", Shown(name))),
    }
}
