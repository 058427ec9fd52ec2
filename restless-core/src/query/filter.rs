//! `filter[age]=21`, `filter[age]=23,25` and `filter[author]=1,2` (JSON:API 1.1, "Filtering", and its recommendations).

use super::{Parameter, Parameters};
use crate::dialect::{Dialect, Kind};
use crate::endpoint::Endpoint;
use crate::error::Error;
use crate::resource_type::{Link, Relationship};
use crate::statement::{Column, Predicate};
use crate::value::{Codec, Input, Mismatch};

/// The greatest number of values in one list.
const MOST: usize = 1000;

/// What rows must satisfy; several parameters are ANDed.
pub(super) fn read<DB: Dialect>(
    endpoint: &Endpoint<DB>,
    parameters: &Parameters,
    errors: &mut Vec<Error>,
) -> Predicate<DB> {
    let mut predicates = Vec::new();
    for parameter in parameters.family("filter") {
        match clause(endpoint, parameter) {
            Ok(predicate) => predicates.push(predicate),
            Err(error) => errors.push(error),
        }
    }
    Predicate::All(predicates)
}

fn clause<DB: Dialect>(endpoint: &Endpoint<DB>, parameter: &Parameter) -> Result<Predicate<DB>, Error> {
    let members = parameter.name.members();
    let [name] = members.as_slice() else {
        return Err(refusal(parameter, "expected one attribute in brackets, as in filter[name]=Ann"));
    };
    if let Some((_, relationship)) = endpoint.resource.relationship(name) {
        let predicate = related(endpoint, relationship, &parameter.value);
        return predicate.map_err(|mismatch| refusal(parameter, &mismatch.to_string()));
    }
    let (column, codec) = match endpoint.readable_attribute(name) {
        Some((_, attribute)) => (endpoint.column(attribute.column), &attribute.codec),
        None if *name == "id" => (endpoint.key_column(), &endpoint.resource.key.codec),
        None => return Err(refusal(parameter, &format!("there is no attribute {name:?}"))),
    };
    match codec.kind() {
        Kind::Json => return Err(refusal(parameter, "a JSON document cannot be compared")),
        Kind::Array(_) => return Err(refusal(parameter, "an array cannot be compared")),
        _ => {}
    }
    let predicate = compare(column, codec, &parameter.value);
    predicate.map_err(|mismatch| refusal(parameter, &mismatch.to_string()))
}

/// The rows whose relationship leads to a resource with one of the ids.
fn related<DB: Dialect>(
    endpoint: &Endpoint<DB>,
    relationship: &Relationship<DB>,
    ids: &str,
) -> Result<Predicate<DB>, Mismatch> {
    let target = relationship.target();
    let in_target = |name| Column { table: target.table, name };
    let named = compare(in_target(target.key.column), &target.key.codec, ids)?;
    let own = |reference| endpoint.column(endpoint.resource.referred(reference).column);
    Ok(match &relationship.link {
        Link::BelongsTo(foreign_key) => {
            let column = endpoint.column(foreign_key.column);
            let referred = target.referred(foreign_key.refers_to).column;
            if referred == target.key.column {
                return compare(column, &target.key.codec, ids);
            }
            Predicate::Among { column, source: in_target(referred), predicate: Box::new(named) }
        }
        Link::HasOne(foreign_key) | Link::HasMany(foreign_key) => Predicate::Among {
            column: own(foreign_key.refers_to),
            source: in_target(foreign_key.column),
            predicate: Box::new(named),
        },
        Link::Through { table, own: ours, other } => {
            let in_join = |name| Column { table: *table, name };
            let source = in_target(target.referred(other.refers_to).column);
            let links = Predicate::Among { column: in_join(other.column), source, predicate: Box::new(named) };
            Predicate::Among { column: own(ours.refers_to), source: in_join(ours.column), predicate: Box::new(links) }
        }
    })
}

fn compare<DB: Dialect>(column: Column<DB>, codec: &Codec<DB>, value: &str) -> Result<Predicate<DB>, Mismatch> {
    if !value.contains(',') {
        let value = (codec.bind)(Input::Text(value))?;
        return Ok(Predicate::Equals { column, value });
    }
    let values: Vec<Input<'_>> = value.split(',').map(Input::Text).collect();
    if values.len() > MOST {
        return Err(Mismatch::new(&format!("{MOST} values at most"), &values.len().to_string()));
    }
    if codec.kind() == Kind::Numeric && !DB::HAS_EXACT_LISTS {
        return one_by_one(column, codec, &values);
    }
    let values = (codec.bind_each)(&values)?;
    Ok(Predicate::In { column, values })
}

/// The column equals one of the values: it is not so that it differs from each.
fn one_by_one<DB: Dialect>(
    column: Column<DB>,
    codec: &Codec<DB>,
    values: &[Input<'_>],
) -> Result<Predicate<DB>, Mismatch> {
    let differs = |value: &Input<'_>| {
        let value = (codec.bind)(*value)?;
        Ok(Predicate::Not(Box::new(Predicate::Equals { column, value })))
    };
    let parts: Result<Vec<_>, Mismatch> = values.iter().map(differs).collect();
    Ok(Predicate::Not(Box::new(Predicate::All(parts?))))
}

fn refusal(parameter: &Parameter, detail: &str) -> Error {
    let name = parameter.name.text();
    Error::invalid_parameter(name, format!("{name}: {detail}"))
}
