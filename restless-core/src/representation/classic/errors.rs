//! Errors as Flask-Restless 0.17 tells them: `{"message": …}`, `{"validation_errors": {…}}`, or `{}` for what does not
//! exist.

use serde_json::{Map, Value, json};

use super::object;
use crate::error::{Error, Errors, Source};
use crate::query::SEARCH;
use crate::response::Response;

/// Answers with every error. What the server is at fault for goes to the log, under an id that the client sees too.
pub(crate) fn respond_with_errors(errors: &Errors) -> Response {
    let ids: Vec<String> = errors.iter().filter_map(Error::note).collect();
    let mut body = body(errors);
    if let Some(id) = ids.into_iter().next() {
        body.insert("id".to_owned(), Value::String(id));
    }
    object(errors.classic_status().code(), Value::Object(body).to_string().into_bytes())
}

fn body(errors: &Errors) -> Map<String, Value> {
    let mut body = Map::new();
    if errors.iter().all(Error::is_plain_absence) {
        return body;
    }
    let invalid: Vec<(String, &str)> = errors.iter().filter_map(invalid).collect();
    let mut others: Vec<&Error> = errors.iter().collect();
    if invalid.len() == errors.iter().filter(|error| !error.is_of_more()).count() {
        body.insert("validation_errors".to_owned(), by_attribute(&invalid));
        others.retain(|error| error.is_of_more());
    }
    if !others.is_empty() {
        let messages: Vec<String> = others.into_iter().map(message).collect();
        body.insert("message".to_owned(), messages.join("; ").into());
    }
    body.extend(errors.iter().filter_map(Error::meta).flat_map(Clone::clone));
    body
}

/// The path of an invalid attribute, and what is wrong with it.
fn invalid(error: &Error) -> Option<(String, &str)> {
    let (attribute, message) = error.invalid_attribute()?;
    let within = within(error).unwrap_or_default();
    let path = match within.strip_suffix(attribute) {
        Some(_) => within,
        None if within.is_empty() => attribute.to_owned(),
        None => format!("{within}.{attribute}"),
    };
    Some((path, message))
}

/// Where in nested objects an error lies, with dots: `computers.0.vendor`; none if it lies in none.
fn within(error: &Error) -> Option<String> {
    let Some(Source::Pointer(pointer)) = error.source() else {
        return None;
    };
    let pointer = pointer.strip_prefix("/data/attributes").unwrap_or(pointer);
    let segments: Vec<&str> = pointer.split('/').skip(1).collect();
    (segments.len() > 1).then(|| segments.join("."))
}

/// `{"age": "must be an integer"}`
fn by_attribute(invalid: &[(String, &str)]) -> Value {
    let mut found: Map<String, Value> = Map::new();
    for (attribute, message) in invalid {
        let message = match found.get(attribute).and_then(Value::as_str) {
            Some(others) => format!("{others}; {message}"),
            None => (*message).to_owned(),
        };
        found.insert(attribute.clone(), json!(message));
    }
    Value::Object(found)
}

fn message(error: &Error) -> String {
    match error.source() {
        Some(Source::Parameter(name)) if name == SEARCH => format!("Unable to construct query: {}", error.detail()),
        _ => match within(error) {
            Some(place) => format!("{place}: {}", error.detail()),
            None => error.detail().to_owned(),
        },
    }
}
