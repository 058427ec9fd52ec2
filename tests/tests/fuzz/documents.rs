//! JSON documents: resources and linkage.

use fastrand::Rng;
use restless_core::{Body, Request, RequestMethod};
use serde_json::{Map, Value, json};

use crate::get;
use crate::target::run;
use crate::text::{any_json, name, one_of, torn};

const JSON_API: &str = "application/vnd.api+json";

fn write(method: &str, path: String, body: Vec<u8>) -> Request {
    let mut request = get(path, "");
    request.method = RequestMethod::parse(method);
    request.headers.push(("Content-Type".to_owned(), JSON_API.to_owned()));
    request.body = Body::Complete(body);
    request
}

/// A value that an attribute may have, or any other.
pub fn attribute(random: &mut Rng, name: &str) -> Value {
    if random.u8(..4) == 0 {
        return any_json(random, 0);
    }
    match name {
        "age" | "stars" => random.i32(..).into(),
        "height" => random.f64().into(),
        "born" => one_of(random, &["1990-02-28", "CURRENT_DATE", "", "1 Jan 99"]).into(),
        "seen" => one_of(random, &["1990-02-28T00:00:00", "CURRENT_TIMESTAMP", "1 Jan 99 1:00 am"]).into(),
        "active" => random.bool().into(),
        _ => one_of(random, &["Ann", "", "\u{1F600}", "' --"]).into(),
    }
}

fn identifier(random: &mut Rng) -> Value {
    if random.u8(..8) == 0 {
        return any_json(random, 0);
    }
    let id = random.u8(..9);
    let id = if random.u8(..6) == 0 { any_json(random, 3) } else { id.to_string().into() };
    json!({"type": one_of(random, &["person", "article", "tag", "profile", "x"]), "id": id})
}

fn linkage(random: &mut Rng) -> Value {
    match random.u8(..6) {
        0 => Value::Null,
        1 => identifier(random),
        2 => any_json(random, 0),
        _ => (0..random.usize(..4)).map(|_| identifier(random)).collect(),
    }
}

/// A document with a resource, and most often with what it must have.
fn resource(random: &mut Rng, collection: &str, id: Option<&str>) -> Value {
    let names = ["name", "motto", "age", "height", "born", "seen", "active", "title", "stars"];
    let mut attributes: Map<String, Value> = Map::new();
    let required = if collection == "person" { "name" } else { "title" };
    for name in (0..random.usize(..4)).map(|_| one_of(random, &names)).chain([required]).collect::<Vec<_>>() {
        attributes.insert(name.to_owned(), attribute(random, name));
    }
    attributes.retain(|name, _| {
        (collection == "person") == !matches!(name.as_str(), "title" | "stars") || random.u8(..9) == 0
    });
    let mut resource = json!({"type": collection, "attributes": attributes});
    if let Some(id) = id {
        resource["id"] = id.into();
    }
    if random.u8(..3) == 0 {
        let name = one_of(random, &["boss", "reports", "articles", "author", "tags", "nothing"]);
        resource["relationships"] = json!({name: {"data": linkage(random)}});
    }
    if random.u8(..6) == 0 {
        resource[name(random)] = any_json(random, 0);
    }
    json!({"data": resource})
}

/// The text of a document, torn or with bytes that are no text.
fn bytes(random: &mut Rng, document: &Value) -> Vec<u8> {
    let mut bytes = torn(random, document.to_string()).into_bytes();
    if random.u8(..12) == 0 {
        let at = random.usize(..=bytes.len());
        bytes.insert(at, random.u8(..));
    }
    bytes
}

#[test]
fn resources() {
    run(|random| {
        let collection = one_of(random, &["person", "article"]);
        let id = random.u8(..9).to_string();
        let is_new = random.bool();
        let document = match random.u8(..20) {
            0 => any_json(random, 0),
            1 => json!({"data": any_json(random, 0)}),
            _ => {
                let has_id = !is_new || random.u8(..9) == 0;
                resource(random, collection, has_id.then_some(id.as_str()))
            }
        };
        let body = bytes(random, &document);
        if is_new {
            write("POST", format!("/{collection}"), body)
        } else {
            write("PATCH", format!("/{collection}/{id}"), body)
        }
    });
}

#[test]
fn linkages() {
    run(|random| {
        let (collection, name) =
            one_of(random, &[("person", "boss"), ("person", "reports"), ("article", "tags"), ("article", "author")]);
        let document = if random.u8(..12) == 0 { any_json(random, 0) } else { json!({"data": linkage(random)}) };
        let path = format!("/{collection}/{}/relationships/{name}", random.u8(1..6));
        let body = bytes(random, &document);
        write(one_of(random, &["POST", "PATCH", "DELETE"]), path, body)
    });
}
