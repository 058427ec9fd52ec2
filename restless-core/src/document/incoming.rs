//! Documents that clients send (JSON:API 1.1, "Creating Resources" and "Updating Resources").

use super::json::{self, Members};
use crate::error::{Error, Errors};
use crate::operation::{Incoming, Place};
use crate::request::Body;

/// Reads the resource object in a body. Collects every mistake in its form; what its members mean, the operation says.
pub(crate) fn read_resource_object(body: &Body) -> Result<Incoming<'_>, Errors> {
    let text = json::check(complete(body)?)?;
    let document = Members::of(text).ok_or_else(|| Error::invalid_document("a document is an object").at_pointer(""))?;
    let data = document.get("data");
    let data = data.ok_or_else(|| Error::invalid_document("the document has no member \"data\"").at_pointer(""))?;
    let object = Members::of(data)
        .ok_or_else(|| Error::invalid_document("expected a resource object").at_pointer("/data"))?;
    let mut errors = Vec::new();
    let incoming = Incoming {
        type_name: string(&object, "type", &mut errors),
        id: string(&object, "id", &mut errors),
        attributes: members(&object, "attributes", &mut errors),
        relationships: members(&object, "relationships", &mut errors),
        place: Place { whole: "/data".to_owned(), attributes: attributes_pointer(&object) },
    };
    let _ = string(&object, "lid", &mut errors);
    Errors::check(errors).map(|()| incoming)
}

fn complete(body: &Body) -> Result<&[u8], Error> {
    match body {
        Body::Complete(bytes) => Ok(bytes),
        Body::TooLarge(limit) => Err(Error::content_too_large(format!("a body has {limit} bytes at most"))),
        Body::Broken => Err(Error::bad_request("the body cannot be read: its transfer is malformed or broke off")),
    }
}

fn string(object: &Members<'_>, name: &str, errors: &mut Vec<Error>) -> Option<String> {
    let json = object.get(name)?;
    let text = serde_json::from_str(json);
    if text.is_err() {
        errors.push(Error::invalid_document(format!("{name}: expected a string")).at_pointer(format!("/data/{name}")));
    }
    text.ok()
}

fn members<'a>(object: &Members<'a>, name: &str, errors: &mut Vec<Error>) -> Vec<(String, &'a str)> {
    let Some(json) = object.get(name) else {
        return Vec::new();
    };
    let Some(members) = Members::of(json) else {
        errors.push(Error::invalid_document(format!("{name}: expected an object")).at_pointer(format!("/data/{name}")));
        return Vec::new();
    };
    members.iter().map(|(name, value)| (name.to_owned(), value)).collect()
}

/// The pointer of the attributes, if the document has any.
fn attributes_pointer(object: &Members<'_>) -> Option<String> {
    object.get("attributes").map(|_| "/data/attributes".to_owned())
}
