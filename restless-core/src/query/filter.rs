//! `filter[age]=21` and `filter[age]=23,25` (JSON:API 1.1, "Filtering", and its recommendations).

use super::{Parameter, Parameters};
use crate::dialect::{Dialect, Kind};
use crate::endpoint::Endpoint;
use crate::error::Error;
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
    let (column, codec) = match endpoint.readable_attribute(name) {
        Some((_, attribute)) => (endpoint.column(attribute.column), &attribute.codec),
        None if *name == "id" => (endpoint.key_column(), &endpoint.resource.key.codec),
        None => return Err(refusal(parameter, &format!("there is no attribute {name:?}"))),
    };
    if codec.kind() == Kind::Json {
        return Err(refusal(parameter, "a JSON document cannot be compared"));
    }
    let predicate = compare(column, codec, &parameter.value);
    predicate.map_err(|mismatch| refusal(parameter, &mismatch.to_string()))
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
    let values = (codec.bind_each)(&values)?;
    Ok(Predicate::In { column, values })
}

fn refusal(parameter: &Parameter, detail: &str) -> Error {
    let name = parameter.name.text();
    Error::invalid_parameter(name, format!("{name}: {detail}"))
}
