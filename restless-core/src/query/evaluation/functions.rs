//! Function objects: `{"name":"sum","field":"age"}`.

use super::{Form, refusal};
use crate::dialect::{Dialect, Function};
use crate::endpoint::{Endpoint, EndpointId};
use crate::error::{Error, Mistakes};
use crate::json::{self, Members};
use crate::query::{Parameter, Parameters};
use crate::registry::{EndpointRef, Registry};
use crate::resource_type::Attribute;
use crate::shown::Shown;
use crate::statement::Term;
use crate::value::Codec;

/// What Flask-Restless says where there are no functions at all.
const EMPTY: &str = "Empty query parameter: expected q={\"functions\":[{\"name\":\"count\",\"field\":\"id\"}]} \
                     or functions=[{\"name\":\"count\",\"field\":\"id\"}]";

/// A function that is to be evaluated.
pub(crate) struct Evaluated<DB: Dialect> {
    /// The name of its value, such as `sum__age`.
    pub(crate) name: String,
    pub(crate) term: Term,
    pub(crate) codec: &'static Codec<DB>,
}

/// The functions of a request.
pub(super) struct Functions<DB: Dialect> {
    pub(super) evaluated: Vec<Evaluated<DB>>,
    pub(super) form: Form,
}

/// What the client has written, before it is known what it means.
pub(super) enum Written<'a> {
    /// `q={"functions":[…],"filters":[…]}`
    Query { parameter: &'a Parameter, functions: Option<&'a str>, filters: Option<&'a str> },
    /// `functions=[…]`
    List { parameter: &'a Parameter, json: &'a str },
    /// Neither, which is refused already.
    Nothing,
}

impl<'a> Written<'a> {
    /// The parameter that has the functions.
    pub(super) const fn name(&self) -> &'static str {
        match self {
            Written::List { .. } => "functions",
            Written::Query { .. } | Written::Nothing => "q",
        }
    }

    /// The filter objects beside the functions.
    pub(super) const fn filters(&self) -> Option<(&'a Parameter, &'a str)> {
        match self {
            Written::Query { parameter, filters: Some(filters), .. } => Some((*parameter, *filters)),
            _ => None,
        }
    }
}

/// Finds the parameter that has the functions; it must not be empty.
pub(super) fn written<'a>(parameters: &'a Parameters, errors: &mut Mistakes) -> Written<'a> {
    match (parameters.get("q"), parameters.get("functions")) {
        (Some(_), Some(list)) => {
            errors.push(refusal(list, "expected either q or functions, found both"));
            Written::Nothing
        }
        (None, None) => {
            errors.push(Error::bad_request(EMPTY).with_title("Invalid query parameter"));
            Written::Nothing
        }
        (Some(parameter), None) | (None, Some(parameter)) => within(parameter).unwrap_or_else(|reason| {
            errors.push(reason);
            Written::Nothing
        }),
    }
}

fn within(parameter: &Parameter) -> Result<Written<'_>, Error> {
    let json = parameter.value.trim();
    if json.is_empty() {
        return Err(Error::invalid_parameter(parameter.name.text(), EMPTY));
    }
    json::check(json).map_err(|reason| refusal(parameter, &format!("expected JSON: {reason}")))?;
    if parameter.name.text() == "functions" {
        return Ok(Written::List { parameter, json });
    }
    let members = Members::of(json).ok_or_else(|| refusal(parameter, "expected an object with \"functions\""))?;
    if let Some((name, _)) = members.iter().find(|(name, _)| !matches!(*name, "functions" | "filters")) {
        return Err(refusal(parameter, &format!("expected functions and filters, found {}", Shown(name))));
    }
    Ok(Written::Query { parameter, functions: members.get("functions"), filters: members.get("filters") })
}

/// Reads the function objects.
pub(super) fn read<DB: Dialect>(of: &EndpointRef, written: &Written<'_>, errors: &mut Mistakes) -> Functions<DB> {
    let (parameter, pointer, json) = match written {
        Written::Query { parameter, functions: Some(json), .. } => (*parameter, "/functions", *json),
        Written::List { parameter, json } => (*parameter, "", *json),
        _ => return Functions { evaluated: Vec::new(), form: Form::Object },
    };
    let mut reader = FunctionReader { of, evaluated: Vec::new() };
    let mut refuse = |pointer: &str, reason: &str| {
        let prefix = if pointer.is_empty() { String::new() } else { format!("{pointer}: ") };
        errors.push(refusal(parameter, &format!("{prefix}{reason}")));
    };
    let items = reader.items(json).unwrap_or_else(|reason| {
        refuse(pointer, &reason);
        Vec::new()
    });
    let mut positions = Vec::new();
    for (index, item) in items.into_iter().enumerate() {
        match reader.read(item) {
            Ok(position) => positions.push(position),
            Err(reason) => refuse(&format!("{pointer}/{index}"), &reason),
        }
    }
    let form = if pointer.is_empty() { Form::List(positions) } else { Form::Object };
    Functions { evaluated: reader.evaluated, form }
}

struct FunctionReader<'a, DB: Dialect> {
    /// The endpoint of the rows.
    of: &'a EndpointRef,
    evaluated: Vec<Evaluated<DB>>,
}

impl<DB: Dialect> FunctionReader<'_, DB> {
    fn endpoint(&self) -> &Endpoint {
        self.of.endpoint()
    }

    fn items<'j>(&self, json: &'j str) -> Result<Vec<&'j str>, String> {
        let most = self.endpoint().settings.limits.functions;
        let items = json::items(json, most).ok_or("expected a list of function objects")?;
        if items.length > most {
            return Err(format!("expected {most} functions at most, found {}", items.length));
        }
        Ok(items.first)
    }

    /// Reads a function object; its position among those that are evaluated.
    fn read(&mut self, json: &str) -> Result<usize, String> {
        let (name, field) = members(json)?;
        let function = function::<DB>(&name)?;
        let (column, codec) = evaluable(&self.of.registry, self.of.id, &field)?;
        let reading = function.reading(codec.kind()).ok_or_else(|| {
            format!("{name} does not suit {}, whose value is {}", Shown(&field), codec.kind().expectation())
        })?;
        let name = format!("{name}__{field}");
        if let Some(position) = self.evaluated.iter().position(|known| known.name == name) {
            return Ok(position);
        }
        let term = Term { function, column: self.endpoint().column(column), reading };
        self.evaluated.push(Evaluated { name, term, codec });
        Ok(self.evaluated.len() - 1)
    }
}

/// The members `name` and `field`; there are no others.
fn members(json: &str) -> Result<(String, String), String> {
    let expected = "expected a function object such as {\"name\":\"sum\",\"field\":\"age\"}";
    let members = Members::of(json).ok_or(expected)?;
    if let Some((name, _)) = members.iter().find(|(name, _)| !matches!(*name, "name" | "field")) {
        return Err(format!("{expected}, found {}", Shown(name)));
    }
    let string = |name: &str| {
        let text = members.get(name).and_then(|json| serde_json::from_str::<String>(json).ok());
        text.ok_or_else(|| format!("expected a string as \"{name}\""))
    };
    Ok((string("name")?, string("field")?))
}

fn function<DB: Dialect>(name: &str) -> Result<Function, String> {
    let function = Function::named(name).ok_or_else(|| {
        let known = "count, sum, avg, min, max, stddev or variance";
        format!("there is no function {}: expected {known}", Shown(name))
    })?;
    if function.is_spread() && !DB::HAS_SPREAD {
        return Err(format!("this database has no function {}", Shown(name)));
    }
    Ok(function)
}

/// The column of an attribute that a client may learn something of, and its codec; or those of the key.
pub(super) fn evaluable<DB: Dialect>(
    registry: &Registry,
    id: EndpointId,
    name: &str,
) -> Result<(&'static str, &'static Codec<DB>), String> {
    let endpoint = registry.endpoint(id);
    let resource = endpoint.resource;
    let is_closed = |attribute: &Attribute| !attribute.is_filterable || registry.guarded(id, attribute).is_some();
    match endpoint.readable_attribute(name) {
        Some((_, attribute)) if is_closed(attribute) => Err(format!("{} cannot be evaluated", Shown(name))),
        Some((id, attribute)) => Ok((attribute.column, &resource.codecs().attribute(id).codec)),
        None if name == "id" => Ok((resource.key.column, &resource.codecs().key.codec)),
        None if endpoint.relationship(name).is_some() => {
            Err(format!("{} is a relationship: expected an attribute", Shown(name)))
        }
        None => Err(format!("there is no attribute {}", Shown(name))),
    }
}
