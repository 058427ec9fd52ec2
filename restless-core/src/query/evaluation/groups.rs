//! `group=vendor,owner.name`: one row of values for each group, in the order of `sort`.

use super::functions::{Evaluated, evaluable};
use super::refusal;
use crate::dialect::Dialect;
use crate::error::{Error, Mistakes};
use crate::filter::Reader;
use crate::query::sort::Sorter;
use crate::query::{Parameters, list};
use crate::registry::{EndpointRef, Registry};
use crate::shown::Shown;
use crate::statement::{Column, Criterion, Direction, Join, Ranking};
use crate::value::Codec;

/// An attribute that values are grouped by.
pub(crate) struct GroupKey<DB: Dialect> {
    /// Its name, or the path to it.
    pub(crate) name: String,
    pub(crate) column: Column,
    pub(crate) codec: &'static Codec<DB>,
    is_sortable: bool,
}

/// The groups of a request.
pub(super) struct Groups<DB: Dialect> {
    pub(super) keys: Vec<GroupKey<DB>>,
    pub(super) joins: Vec<Join<DB>>,
    pub(super) order: Vec<Ranking>,
}

/// Reads `group`, and `sort` for its groups; without it there are no groups to be sorted or divided into pages.
pub(super) fn read<DB: Dialect>(
    of: &EndpointRef,
    functions: &[Evaluated<DB>],
    parameters: &Parameters,
    errors: &mut Mistakes,
) -> Groups<DB> {
    let mut groups = Groups { keys: Vec::new(), joins: Vec::new(), order: Vec::new() };
    if parameters.get("group").is_none() {
        refuse_without_groups(parameters, errors);
        return groups;
    }
    groups.read_keys(of, parameters, errors);
    groups.read_order(functions, parameters, errors);
    groups
}

fn refuse_without_groups(parameters: &Parameters, errors: &mut Mistakes) {
    let sorts = parameters.family("sort").filter(|parameter| !parameter.value.is_empty());
    let others = sorts.filter(|parameter| parameter.name.members().is_empty());
    let others = others.chain(parameters.family("page"));
    errors.extend(others.map(|parameter| refusal(parameter, "there are no groups without the parameter group")));
}

impl<DB: Dialect> Groups<DB> {
    fn read_keys(&mut self, of: &EndpointRef, parameters: &Parameters, errors: &mut Mistakes) {
        let Some(parameter) = parameters.get("group") else {
            return;
        };
        let names = list(parameter, errors);
        if parameter.value.is_empty() {
            errors.push(refusal(parameter, "expected names with commas between them"));
        }
        let most = of.endpoint().settings.limits.groups;
        if names.len() > most {
            errors.push(refusal(parameter, &format!("expected {most} attributes at most, found {}", names.len())));
            return;
        }
        let mut walker = Sorter::new(of, Reader::Client);
        for name in names {
            match self.key(&of.registry, &mut walker, name) {
                Ok(key) => self.keys.push(key),
                Err(reason) => errors.push(refusal(parameter, &reason)),
            }
        }
    }

    fn key(&mut self, registry: &Registry, walker: &mut Sorter<'_>, path: &str) -> Result<GroupKey<DB>, String> {
        if self.keys.iter().any(|key| key.name == path) {
            return Err(format!("{} stands more than once", Shown(path)));
        }
        let (rows, name) = walker.reach(path, &mut self.joins)?;
        let endpoint = registry.endpoint(rows.place);
        let (column, codec) = evaluable(registry, rows.place, name)?;
        if !codec.kind().is_ordered() {
            return Err(format!("{} cannot be grouped by: its value is {}", Shown(path), codec.kind().expectation()));
        }
        let is_sortable = endpoint.readable_attribute(name).is_none_or(|(_, attribute)| attribute.is_sortable);
        Ok(GroupKey { name: path.to_owned(), column: rows.source.column(column), codec, is_sortable })
    }

    /// The order that the client wants, and all keys as the last tiebreaks, so that pages never overlap.
    fn read_order(&mut self, functions: &[Evaluated<DB>], parameters: &Parameters, errors: &mut Mistakes) {
        let mut sorted: Vec<&str> = Vec::new();
        let parameter = parameters.get("sort");
        let text = parameter.map_or("sort", |parameter| parameter.name.text());
        let refuse = |reason: &str| Error::invalid_parameter(text, format!("sort: {reason}"));
        for name in parameter.map(|parameter| list(parameter, errors)).unwrap_or_default() {
            let (bare, direction) = match name.strip_prefix('-') {
                Some(bare) => (bare, Direction::Descending),
                None => (name, Direction::Ascending),
            };
            match self.criterion(functions, bare) {
                _ if sorted.contains(&bare) => {
                    errors.push(refuse(&format!("{} stands more than once", Shown(bare))));
                }
                Ok(by) => self.order.push(Ranking { by, direction }),
                Err(reason) => errors.push(refuse(&reason)),
            }
            sorted.push(bare);
        }
        let tiebreaks = self.keys.iter().filter(|key| !sorted.contains(&key.name.as_str()));
        let tiebreaks =
            tiebreaks.map(|key| Ranking { by: Criterion::Key(key.column), direction: Direction::Ascending });
        let tiebreaks: Vec<_> = tiebreaks.collect();
        self.order.extend(tiebreaks);
    }

    fn criterion(&self, functions: &[Evaluated<DB>], name: &str) -> Result<Criterion, String> {
        if let Some(key) = self.keys.iter().find(|key| key.name == name) {
            return if key.is_sortable {
                Ok(Criterion::Key(key.column))
            } else {
                Err(format!("{} cannot be sorted by", Shown(name)))
            };
        }
        let function = functions.iter().find(|function| function.name == name);
        let unknown = || format!("{} is none of the groups and functions of this request", Shown(name));
        let function = function.ok_or_else(unknown)?;
        Ok(Criterion::Term(function.term))
    }
}
