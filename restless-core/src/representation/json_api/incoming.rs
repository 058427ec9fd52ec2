//! Documents that clients send (JSON:API 1.1, "Creating Resources" and "Updating Resources").

use std::borrow::Cow;

use crate::error::{Error, Errors, Mistakes};
use crate::json::{self, MOST_MEMBERS, Members};
use crate::operation::{
    Given, Identifier, Incoming, IncomingData, IncomingLinkage, IncomingRelationship, Place, Reading, Untouched, below,
};
use crate::request::Body;
use crate::resource_type::Limits;
use crate::shown::{is_short, shortened};

/// Reads the resource object in a body. Keeps every mistake in its form; what its members mean, the operation says.
pub(crate) fn read_resource_object<'a>(body: &'a Body, limits: &Limits) -> Result<Incoming<'a>, Errors> {
    let data = primary_data(body)?;
    let object =
        Members::of(data).ok_or_else(|| Error::invalid_document("expected a resource object").at_pointer("/data"))?;
    let mut reading = Reading::within(limits);
    let mut incoming = Incoming {
        type_name: string(&object, "type", &mut reading.mistakes),
        // A client that writes all members of what it makes has no id yet.
        id: if object.get("id") == Some("null") { Given::Absent } else { string(&object, "id", &mut reading.mistakes) },
        attributes: members(&object, "attributes", &mut reading.mistakes),
        set: Vec::new(),
        before: None,
        nested: Vec::new(),
        description: None,
        relationships: Vec::new(),
        untouched: Vec::new(),
        place: Place { whole: "/data".into(), attributes: attributes_pointer(&object), sent: None },
        mistakes: Mistakes::default(),
    };
    (incoming.relationships, incoming.untouched) = relationships(&object, &mut reading);
    let _ = string(&object, "lid", &mut reading.mistakes);
    incoming.mistakes = reading.mistakes;
    Ok(incoming)
}

/// Reads the linkage that is the primary data of a relationship's document.
pub(crate) fn read_linkage(body: &Body, limits: &Limits) -> Result<IncomingLinkage, Errors> {
    let data = primary_data(body)?;
    let mut reading = Reading::within(limits);
    let linkage = linkage(data, "/data".to_owned(), &mut reading);
    reading.mistakes.check().map(|()| linkage)
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

/// Why nothing may be done of a request whose body never came, whether its content matters or not.
pub(crate) fn refuse_unread(body: &Body) -> Result<(), Error> {
    match body {
        Body::TooSlow => Err(Error::slow_body()),
        Body::NoRoom => Err(Error::no_room_for_body()),
        _ => Ok(()),
    }
}

fn complete(body: &Body) -> Result<&[u8], Error> {
    refuse_unread(body)?;
    match body {
        Body::Complete(bytes) => Ok(bytes),
        Body::TooLarge(limit) => Err(Error::content_too_large(format!("a body has {limit} bytes at most"))),
        _ => Err(Error::bad_request("the body cannot be read: its transfer is malformed or broke off")),
    }
}

fn string(object: &Members<'_>, name: &str, errors: &mut Mistakes) -> Given {
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

fn members<'a>(object: &Members<'a>, name: &str, errors: &mut Mistakes) -> Vec<(Cow<'a, str>, Cow<'a, str>)> {
    let Some(json) = object.get(name) else {
        return Vec::new();
    };
    let Some(members) = Members::of(json) else {
        errors.push(Error::invalid_document(format!("{name}: expected an object")).at_pointer(format!("/data/{name}")));
        return Vec::new();
    };
    if members.are_too_many() {
        let detail = format!("{name}: expected {MOST_MEMBERS} members at most, found more");
        errors.push(Error::invalid_document(detail).at_pointer(format!("/data/{name}")));
        return Vec::new();
    }
    members.into_heeded().map(|(name, value)| (name, Cow::Borrowed(value))).collect()
}

/// The pointer of the attributes, if the document has any.
fn attributes_pointer(object: &Members<'_>) -> Option<Cow<'static, str>> {
    object.get("attributes").map(|_| "/data/attributes".into())
}

/// The relationships that are to change, and those that a client only repeats.
fn relationships(object: &Members<'_>, reading: &mut Reading) -> (Vec<IncomingRelationship>, Vec<Untouched>) {
    let (mut relationships, mut untouched) = (Vec::new(), Vec::new());
    for (name, json) in members(object, "relationships", &mut reading.mistakes) {
        if reading.is_over() {
            break;
        }
        let pointer = below("/data/relationships", &name);
        match relationship(&name, &json, &pointer, reading) {
            Ok(Some(linkage)) => relationships.push(IncomingRelationship { name: name.into_owned(), linkage, pointer }),
            Ok(None) => untouched.push(Untouched { name: name.into_owned(), pointer }),
            Err(error) => reading.mistakes.push(error.at_pointer(pointer)),
        }
    }
    (relationships, untouched)
}

/// The linkage of a relationship object; `None` if it has none, as where a resource that was fetched is sent back.
fn relationship(
    name: &str,
    json: &str,
    pointer: &str,
    reading: &mut Reading,
) -> Result<Option<IncomingLinkage>, Error> {
    let refuse = |detail: &str| Err(Error::invalid_document(format!("{}: {detail}", shortened(name))));
    if !is_short(name) {
        return refuse("no relationship has a name as long as this");
    }
    let Some(object) = Members::of(json) else {
        return refuse("expected a relationship object");
    };
    match object.get("data") {
        Some(data) => Ok(Some(linkage(data, format!("{pointer}/data"), reading))),
        None if object.get("links").or_else(|| object.get("meta")).is_some() => Ok(None),
        None => refuse("the relationship has no member \"data\""),
    }
}

fn linkage(json: &str, pointer: String, reading: &mut Reading) -> IncomingLinkage {
    let data = if json == "null" {
        IncomingData::One(None)
    } else if let Some(items) = reading.objects(json, &pointer) {
        IncomingData::Many(identifiers(&items, &pointer, reading))
    } else {
        reading.count(1, &pointer);
        IncomingData::One(identifier(json, pointer.clone(), &mut reading.mistakes))
    };
    IncomingLinkage { data, pointer }
}

/// The identifiers of a list. After too many mistakes nothing is looked at any more.
fn identifiers(items: &[&str], pointer: &str, reading: &mut Reading) -> Vec<Identifier> {
    let mut identifiers = Vec::with_capacity(items.len());
    for (index, item) in items.iter().enumerate() {
        if reading.is_over() {
            break;
        }
        identifiers.extend(identifier(item, format!("{pointer}/{index}"), &mut reading.mistakes));
    }
    identifiers
}

fn identifier(json: &str, pointer: String, errors: &mut Mistakes) -> Option<Identifier> {
    let Some(object) = Members::of(json) else {
        errors.push(Error::invalid_document("expected a resource identifier object").at_pointer(pointer));
        return None;
    };
    let type_name = identifying(&object, "type", &pointer, errors);
    let id = identifying(&object, "id", &pointer, errors);
    Some(Identifier { type_name: type_name?, id: id?, pointer })
}

fn identifying(object: &Members<'_>, name: &str, pointer: &str, errors: &mut Mistakes) -> Option<String> {
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
