//! Documents that clients send (JSON:API 1.1, "Creating Resources" and "Updating Resources").

use std::borrow::Cow;

use crate::error::{Error, Errors};
use crate::json::{self, Members};
use crate::operation::{
    Given, Identifier, Incoming, IncomingData, IncomingLinkage, IncomingRelationship, Place, escape,
};
use crate::request::Body;

/// Reads the resource object in a body. Keeps every mistake in its form; what its members mean, the operation says.
pub(crate) fn read_resource_object(body: &Body) -> Result<Incoming<'_>, Errors> {
    let data = primary_data(body)?;
    let object =
        Members::of(data).ok_or_else(|| Error::invalid_document("expected a resource object").at_pointer("/data"))?;
    let mut mistakes = Vec::new();
    let mut incoming = Incoming {
        type_name: string(&object, "type", &mut mistakes),
        id: string(&object, "id", &mut mistakes),
        attributes: members(&object, "attributes", &mut mistakes),
        set: Vec::new(),
        before: None,
        nested: Vec::new(),
        description: None,
        relationships: relationships(&object, &mut mistakes),
        place: Place { whole: "/data".into(), attributes: attributes_pointer(&object), sent: None },
        mistakes: Vec::new(),
    };
    let _ = string(&object, "lid", &mut mistakes);
    incoming.mistakes = mistakes;
    Ok(incoming)
}

/// Reads the linkage that is the primary data of a relationship's document.
pub(crate) fn read_linkage(body: &Body) -> Result<IncomingLinkage, Errors> {
    let data = primary_data(body)?;
    let mut errors = Vec::new();
    let linkage = linkage(data, "/data".to_owned(), &mut errors);
    Errors::check(errors).map(|()| linkage)
}

/// The member `data` of the document in a body.
fn primary_data(body: &Body) -> Result<&str, Error> {
    let text = body_text(body)?;
    let document = Members::of(text);
    let document = document.ok_or_else(|| Error::invalid_document("a document is an object").at_pointer(""))?;
    let data = document.get("data");
    data.ok_or_else(|| Error::invalid_document("the document has no member \"data\"").at_pointer(""))
}

/// The text of a body, which is one JSON value.
pub(crate) fn body_text(body: &Body) -> Result<&str, Error> {
    let text = std::str::from_utf8(complete(body)?).map_err(|_| Error::invalid_document("the body is not UTF-8"))?;
    let checked = json::check(text);
    checked.map_err(|reason| Error::invalid_document(format!("the body is not valid JSON: {reason}")))?;
    Ok(text)
}

fn complete(body: &Body) -> Result<&[u8], Error> {
    match body {
        Body::Complete(bytes) => Ok(bytes),
        Body::TooLarge(limit) => Err(Error::content_too_large(format!("a body has {limit} bytes at most"))),
        Body::Broken => Err(Error::bad_request("the body cannot be read: its transfer is malformed or broke off")),
    }
}

fn string(object: &Members<'_>, name: &str, errors: &mut Vec<Error>) -> Given {
    let Some(json) = object.get(name) else {
        return Given::Absent;
    };
    serde_json::from_str(json).map_or_else(
        |_| {
            let error = Error::invalid_document(format!("{name}: expected a string"));
            errors.push(error.at_pointer(format!("/data/{name}")));
            Given::Malformed
        },
        Given::Text,
    )
}

fn members<'a>(object: &Members<'a>, name: &str, errors: &mut Vec<Error>) -> Vec<(Cow<'a, str>, Cow<'a, str>)> {
    let Some(json) = object.get(name) else {
        return Vec::new();
    };
    let Some(members) = Members::of(json) else {
        errors.push(Error::invalid_document(format!("{name}: expected an object")).at_pointer(format!("/data/{name}")));
        return Vec::new();
    };
    members.into_heeded().map(|(name, value)| (name, Cow::Borrowed(value))).collect()
}

/// The pointer of the attributes, if the document has any.
fn attributes_pointer(object: &Members<'_>) -> Option<Cow<'static, str>> {
    object.get("attributes").map(|_| "/data/attributes".into())
}

fn relationships(object: &Members<'_>, errors: &mut Vec<Error>) -> Vec<IncomingRelationship> {
    let relationships = members(object, "relationships", errors);
    let relationships = relationships.into_iter().filter_map(|(name, json)| {
        let pointer = format!("/data/relationships/{}", escape(&name));
        let Some(object) = Members::of(&json) else {
            errors.push(Error::invalid_document(format!("{name}: expected a relationship object")).at_pointer(pointer));
            return None;
        };
        let Some(data) = object.get("data") else {
            let error = Error::invalid_document(format!("{name}: the relationship has no member \"data\""));
            errors.push(error.at_pointer(pointer));
            return None;
        };
        let linkage = linkage(data, format!("{pointer}/data"), errors);
        Some(IncomingRelationship { name: name.into_owned(), linkage, pointer })
    });
    relationships.collect()
}

fn linkage(json: &str, pointer: String, errors: &mut Vec<Error>) -> IncomingLinkage {
    let data = if json == "null" {
        IncomingData::One(None)
    } else if let Some(items) = json::items(json) {
        let identifiers = items.into_iter().enumerate();
        let identifiers =
            identifiers.filter_map(|(index, item)| identifier(item, format!("{pointer}/{index}"), errors));
        IncomingData::Many(identifiers.collect())
    } else {
        IncomingData::One(identifier(json, pointer.clone(), errors))
    };
    IncomingLinkage { data, pointer }
}

fn identifier(json: &str, pointer: String, errors: &mut Vec<Error>) -> Option<Identifier> {
    let Some(object) = Members::of(json) else {
        errors.push(Error::invalid_document("expected a resource identifier object").at_pointer(pointer));
        return None;
    };
    let type_name = identifying(&object, "type", &pointer, errors);
    let id = identifying(&object, "id", &pointer, errors);
    Some(Identifier { type_name: type_name?, id: id?, pointer })
}

fn identifying(object: &Members<'_>, name: &str, pointer: &str, errors: &mut Vec<Error>) -> Option<String> {
    let Some(json) = object.get(name) else {
        let error = Error::invalid_document(format!("the resource identifier object has no member \"{name}\""));
        errors.push(error.at_pointer(pointer));
        return None;
    };
    let text = serde_json::from_str(json);
    if text.is_err() {
        let error = Error::invalid_document(format!("{name}: expected a string"));
        errors.push(error.at_pointer(format!("{pointer}/{name}")));
    }
    text.ok()
}
