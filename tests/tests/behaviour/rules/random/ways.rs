//! Every way to write, by chance: both formats, documents and the URLs of relationships, objects within each other.

use fastrand::Rng;
use serde_json::{Map, Value, json};

use crate::client::JSON_API;

const CLASSIC: &str = "application/json";

/// A way to write.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Way {
    Create,
    Update,
    Delete,
    SetRelationship,
    AddMembers,
    ReplaceMembers,
    RemoveMembers,
    ClassicCreate,
    ClassicUpdate,
    ClassicRemoveMember,
    ClassicUpdateMany,
    ClassicDeleteMany,
}

impl Way {
    /// All of them.
    pub const ALL: [Way; 12] = [
        Way::Create,
        Way::Update,
        Way::Delete,
        Way::SetRelationship,
        Way::AddMembers,
        Way::ReplaceMembers,
        Way::RemoveMembers,
        Way::ClassicCreate,
        Way::ClassicUpdate,
        Way::ClassicRemoveMember,
        Way::ClassicUpdateMany,
        Way::ClassicDeleteMany,
    ];
}

/// A request that writes.
#[derive(Debug)]
pub struct Write {
    pub way: Way,
    pub method: &'static str,
    pub path: String,
    pub media_type: &'static str,
    pub body: Option<Value>,
}

/// A relationship of the desk: of which model, its name, where it leads, and what the classic format calls its foreign key.
struct Relationship {
    model: &'static str,
    name: &'static str,
    target: &'static str,
    is_to_one: bool,
    foreign_key: Option<&'static str>,
}

const fn to_one(
    model: &'static str,
    name: &'static str,
    target: &'static str,
    foreign_key: Option<&'static str>,
) -> Relationship {
    Relationship { model, name, target, is_to_one: true, foreign_key }
}

const fn to_many(model: &'static str, name: &'static str, target: &'static str) -> Relationship {
    Relationship { model, name, target, is_to_one: false, foreign_key: None }
}

const RELATIONSHIPS: [Relationship; 8] = [
    to_many("agent", "assigned", "ticket"),
    to_many("agent", "reported", "ticket"),
    to_one("agent", "badge", "badge", None),
    to_many("agent", "teams", "team"),
    to_one("ticket", "reporter", "agent", Some("reporter_id")),
    to_one("ticket", "assignee", "agent", Some("assignee_id")),
    to_one("badge", "agent", "agent", Some("agent_id")),
    to_many("team", "members", "agent"),
];

const MODELS: [&str; 4] = ["agent", "ticket", "badge", "team"];

fn one<'a, T>(random: &mut Rng, all: &'a [T]) -> &'a T {
    &all[random.usize(..all.len())]
}

/// An id that most often is some row's.
fn id(random: &mut Rng) -> String {
    random.u8(1..=6).to_string()
}

fn of_kind(random: &mut Rng, is_to_one: bool) -> &'static Relationship {
    let fitting: Vec<&Relationship> = RELATIONSHIPS.iter().filter(|found| found.is_to_one == is_to_one).collect();
    fitting[random.usize(..fitting.len())]
}

fn of_model(model: &str) -> impl Iterator<Item = &'static Relationship> {
    RELATIONSHIPS.iter().filter(move |relationship| relationship.model == model)
}

/// Some of a model's own attributes.
fn attributes(random: &mut Rng) -> Map<String, Value> {
    let mut attributes = Map::new();
    if random.bool() {
        let name = format!("{}{}", one(random, &["n", "n", "n", "x"]), random.u16(..));
        attributes.insert("name".to_owned(), json!(name));
    }
    if random.u8(..4) == 0 {
        attributes.insert("tenant".to_owned(), json!(random.u8(1..=2)));
    }
    attributes
}

fn linkage(random: &mut Rng, relationship: &Relationship) -> Value {
    let member = |random: &mut Rng| json!({"type": relationship.target, "id": id(random)});
    match relationship.is_to_one {
        true if random.u8(..4) == 0 => Value::Null,
        true => member(random),
        false => (0..random.u8(..3)).map(|_| member(random)).collect(),
    }
}

impl Write {
    /// Any of them.
    pub fn random(random: &mut Rng) -> Self {
        let way = *one(random, &Way::ALL);
        match way {
            Way::Create | Way::Update => Self::of_document(random, way),
            Way::Delete => {
                let path = format!("/api/{}/{}", one(random, &MODELS), id(random));
                Self { way, method: "DELETE", path, media_type: JSON_API, body: None }
            }
            Way::SetRelationship | Way::AddMembers | Way::ReplaceMembers | Way::RemoveMembers => {
                Self::of_relationship(random, way)
            }
            Way::ClassicCreate | Way::ClassicUpdate => Self::of_object(random, way),
            Way::ClassicRemoveMember => {
                let relationship = of_kind(random, false);
                let (model, name) = (relationship.model, relationship.name);
                let path = format!("/api/{model}/{}/{name}/{}", id(random), id(random));
                Self { way, method: "DELETE", path, media_type: CLASSIC, body: None }
            }
            Way::ClassicUpdateMany | Way::ClassicDeleteMany => Self::of_search(random, way),
        }
    }

    fn of_document(random: &mut Rng, way: Way) -> Self {
        let model = *one(random, &MODELS);
        let mut relationships = Map::new();
        for relationship in of_model(model) {
            let is_required = way == Way::Create && relationship.name == "reporter";
            if random.u8(..3) == 0 || is_required {
                relationships.insert(relationship.name.to_owned(), json!({"data": linkage(random, relationship)}));
            }
        }
        let mut data = json!({"type": model, "attributes": attributes(random), "relationships": relationships});
        let (method, path) = if way == Way::Create {
            ("POST", format!("/api/{model}"))
        } else {
            let id = id(random);
            data["id"] = json!(id);
            ("PATCH", format!("/api/{model}/{id}"))
        };
        Self { way, method, path, media_type: JSON_API, body: Some(json!({"data": data})) }
    }

    fn of_relationship(random: &mut Rng, way: Way) -> Self {
        let relationship = of_kind(random, way == Way::SetRelationship);
        let method = match way {
            Way::AddMembers => "POST",
            Way::RemoveMembers => "DELETE",
            _ => "PATCH",
        };
        let path = format!("/api/{}/{}/relationships/{}", relationship.model, id(random), relationship.name);
        let body = json!({"data": linkage(random, relationship)});
        Self { way, method, path, media_type: JSON_API, body: Some(body) }
    }

    fn of_object(random: &mut Rng, way: Way) -> Self {
        let model = *one(random, &MODELS);
        let mut body = object(random, model, 2);
        if way == Way::ClassicCreate {
            if model == "ticket" && !body.contains_key("reporter") {
                body.insert("reporter_id".to_owned(), json!(random.u8(1..=5)));
            }
            let (method, path) = ("POST", format!("/api/{model}"));
            return Self { way, method, path, media_type: CLASSIC, body: Some(body.into()) };
        }
        let path = format!("/api/{model}/{}", id(random));
        Self { way, method: "PATCH", path, media_type: CLASSIC, body: Some(body.into()) }
    }

    fn of_search(random: &mut Rng, way: Way) -> Self {
        let model = *one(random, &MODELS);
        let operator = *one(random, &["==", "<", "in"]);
        let value = if operator == "in" { json!([id(random), id(random)]) } else { json!(id(random)) };
        let q = json!({"filters": [{"name": "id", "op": operator, "val": value}]});
        if way == Way::ClassicDeleteMany {
            let path = format!("/api/{model}?q={}", crate::query::encode(&q.to_string()));
            return Self { way, method: "DELETE", path, media_type: CLASSIC, body: None };
        }
        let mut body = object(random, model, 1);
        body.insert("q".to_owned(), q);
        Self { way, method: "PATCH", path: format!("/api/{model}"), media_type: CLASSIC, body: Some(body.into()) }
    }
}

/// An object of the classic format, with others within it down to a depth.
fn object(random: &mut Rng, model: &str, depth: u8) -> Map<String, Value> {
    let mut object = attributes(random);
    for relationship in of_model(model).filter(|_| depth > 0) {
        match (relationship.foreign_key, random.u8(..6)) {
            (Some(column), 0 | 1) => {
                let value = if random.u8(..4) == 0 { Value::Null } else { json!(random.u8(1..=5)) };
                object.insert(column.to_owned(), value);
            }
            (_, 2) => {
                object.insert(relationship.name.to_owned(), related(random, relationship, depth));
            }
            _ => {}
        }
    }
    object
}

fn related(random: &mut Rng, relationship: &Relationship, depth: u8) -> Value {
    let member = |random: &mut Rng| {
        let mut member = if random.bool() { object(random, relationship.target, depth - 1) } else { Map::new() };
        if random.u8(..3) > 0 {
            member.insert("id".to_owned(), json!(random.u8(1..=6)));
        }
        Value::from(member)
    };
    match (relationship.is_to_one, random.u8(..3)) {
        (true, 0) => Value::Null,
        (true, _) => member(random),
        (false, 0) => (0..random.u8(..3)).map(|_| member(random)).collect(),
        (false, _) => {
            let mut removed = json!({"id": random.u8(1..=6)});
            if random.bool() {
                removed["__delete__"] = json!(true);
            }
            match random.u8(..3) {
                0 => json!({"add": [member(random)]}),
                1 => json!({"remove": [removed]}),
                _ => json!({"add": [member(random)], "remove": [removed]}),
            }
        }
    }
}
