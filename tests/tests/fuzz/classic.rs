//! The classic format: objects within each other, searches in `q`, and changes of whatever they find.

use fastrand::Rng;
use restless_core::{Body, Request, RequestMethod};
use serde_json::{Map, Value, json};

use crate::documents::attribute;
use crate::filters::object as filter;
use crate::get;
use crate::target::run;
use crate::text::{any_json, encoded, name, one_of, path, torn};

const JSON: &str = "application/json";

/// The relations of each collection, and where they lead.
const RELATIONS: [(&str, &str, &str); 8] = [
    ("person", "boss", "person"),
    ("person", "reports", "person"),
    ("person", "articles", "article"),
    ("person", "profile", "profile"),
    ("article", "author", "person"),
    ("article", "editor", "person"),
    ("article", "tags", "tag"),
    ("profile", "person", "person"),
];

fn asked(mut request: Request, method: &str) -> Request {
    request.method = RequestMethod::parse(method);
    for header in ["Accept", "Content-Type"] {
        request.headers.push((header.to_owned(), JSON.to_owned()));
    }
    request
}

/// An object of a collection, with others within it.
fn object(random: &mut Rng, collection: &str, depth: usize) -> Value {
    if random.u8(..20) == 0 {
        return any_json(random, 0);
    }
    let (required, others): (&str, &[&str]) = match collection {
        "person" => ("name", &["motto", "age", "height", "born", "seen", "active"]),
        "article" => ("title", &["stars"]),
        "profile" => ("bio", &["bio"]),
        _ => ("label", &["label"]),
    };
    let mut object = Map::new();
    if random.u8(..3) == 0 {
        let id = random.u8(..9);
        object.insert("id".to_owned(), if random.bool() { id.into() } else { any_json(random, 3) });
    }
    for name in (0..random.usize(..3)).map(|_| one_of(random, others)).chain([required]).collect::<Vec<_>>() {
        object.insert(name.to_owned(), attribute(random, name));
    }
    if random.u8(..12) == 0 {
        object.insert(name(random).to_owned(), any_json(random, 1));
    }
    let relations: Vec<_> = RELATIONS.iter().filter(|(from, ..)| *from == collection).collect();
    if depth < 4 && !relations.is_empty() && random.u8(..3) == 0 {
        let (_, name, target) = relations[random.usize(..relations.len())];
        object.insert((*name).to_owned(), related(random, target, depth + 1));
    }
    Value::Object(object)
}

/// What a client may write of a relation, whether it leads to one or to many.
fn related(random: &mut Rng, target: &str, depth: usize) -> Value {
    let list = |random: &mut Rng| (0..random.usize(..3)).map(|_| object(random, target, depth)).collect::<Value>();
    match random.u8(..8) {
        0 => Value::Null,
        1 => any_json(random, 0),
        2 => json!({"add": list(random)}),
        3 => json!({"add": object(random, target, depth), "remove": list(random)}),
        4 => {
            let mut removed = object(random, target, depth);
            if let Some(removed) = removed.as_object_mut() {
                removed.insert("__delete__".to_owned(), random.bool().into());
            }
            json!({"remove": [removed]})
        }
        5 => object(random, target, depth),
        _ => list(random),
    }
}

/// A search, or something like one.
fn search(random: &mut Rng) -> Value {
    let mut search = Map::new();
    for _ in 0..random.usize(..4) {
        let keys = |random: &mut Rng| {
            let keys = (0..random.usize(..3)).map(|_| {
                let field = path(random).replace('.', one_of(random, &[".", "__"]));
                match random.u8(..6) {
                    0 => any_json(random, 0),
                    _ => json!({"field": field, "direction": one_of(random, &["asc", "desc", "asc", "up"])}),
                }
            });
            keys.collect::<Value>()
        };
        let (name, value) = match random.u8(..8) {
            0 => ("limit", random.u8(..9).into()),
            1 => ("offset", any_json(random, 3)),
            2 => ("single", random.bool().into()),
            3 => ("group_by", keys(random)),
            4 => ("order_by", keys(random)),
            5 => (name(random), any_json(random, 0)),
            _ => ("filters", (0..random.usize(..3)).map(|_| filter(random, 0)).collect()),
        };
        search.insert(name.to_owned(), value);
    }
    if random.u8(..30) == 0 { any_json(random, 0) } else { Value::Object(search) }
}

#[test]
fn objects() {
    run(|random| {
        let collection = one_of(random, &["person", "article"]);
        let (method, path) = match random.u8(..8) {
            0..3 => ("POST", format!("/{collection}")),
            3 => ("PATCH", format!("/{collection}")),
            4 => ("PUT", format!("/{collection}/{}", random.u8(..9))),
            _ => ("PATCH", format!("/{collection}/{}", random.u8(..9))),
        };
        let mut body = object(random, collection, 0);
        if let Some(members) = body.as_object_mut().filter(|_| method == "PATCH" && random.bool()) {
            members.insert("q".to_owned(), search(random));
        }
        let mut request = asked(get(path, ""), method);
        request.body = Body::Complete(torn(random, body.to_string()).into_bytes());
        request
    });
}

#[test]
fn searches() {
    run(|random| {
        let paths =
            ["/person", "/person", "/article", "/person/1/reports", "/person/1/articles", "/tag", "/eval/person"];
        let path = one_of(random, &paths);
        let search = search(random).to_string();
        let search = torn(random, search);
        let mut query = format!("q={}", encoded(random, &search));
        if random.u8(..3) == 0 {
            let number = any_json(random, 3).to_string();
            query.extend(["&", one_of(random, &["page", "results_per_page", "callbac", "_"]), "=", &number]);
        }
        let method = if random.u8(..9) == 0 { "DELETE" } else { "GET" };
        asked(get(path, query), method)
    });
}
