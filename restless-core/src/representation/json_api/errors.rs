//! Error documents (JSON:API 1.1, "Errors").

use serde_json::{Map, Value, json};

use super::document;
use crate::error::{Error, Errors, Source};
use crate::response::Response;

/// Answers with every error. What the server is at fault for goes to the log, under an id that the client sees too.
pub(crate) fn respond_with_errors(errors: &Errors) -> Response {
    let objects: Vec<Value> = errors.iter().map(object).collect();
    let body = json!({"errors": objects, "jsonapi": {"version": "1.1"}});
    document(errors.status().code(), body.to_string().into_bytes())
}

fn object(error: &Error) -> Value {
    let mut object = Map::new();
    if let Some(id) = error.note() {
        object.insert("id".to_owned(), Value::String(id));
    }
    object.insert("status".to_owned(), error.status().code().to_string().into());
    if let Some(code) = error.code() {
        object.insert("code".to_owned(), code.into());
    }
    object.insert("title".to_owned(), error.title().into());
    object.insert("detail".to_owned(), error.detail().into());
    if let Some(source) = error.source() {
        object.insert("source".to_owned(), source_member(source));
    }
    insert_object(&mut object, "links", error.links());
    insert_object(&mut object, "meta", error.meta());
    Value::Object(object)
}

fn source_member(source: &Source) -> Value {
    match source {
        Source::Pointer(pointer) => json!({"pointer": pointer}),
        Source::Parameter(name) => json!({"parameter": name}),
        Source::Header(name) => json!({"header": name}),
    }
}

fn insert_object(object: &mut Map<String, Value>, name: &str, value: Option<&Map<String, Value>>) {
    if let Some(value) = value {
        object.insert(name.to_owned(), Value::Object(value.clone()));
    }
}
