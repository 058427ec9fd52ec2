//! Every way to write a relationship, of every kind, in both formats.

use serde_json::{Value, json};

use crate::client::{Answer, JSON_API};
use crate::conformance;
use crate::server::Server;

/// What becomes of the rows at the other end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effect {
    /// Rows that there are become members, or none any more.
    Moves,
    /// New rows are members from the beginning.
    Creates,
    /// Members are deleted.
    Deletes,
}

/// How a client speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    JsonApi,
    Classic,
}

/// One request.
#[derive(Debug, Clone)]
pub struct Way {
    pub format: Format,
    pub method: &'static str,
    pub path: String,
    pub body: Value,
    pub effect: Effect,
}

impl Way {
    fn json_api(method: &'static str, path: impl Into<String>, body: Value) -> Self {
        Self { format: Format::JsonApi, method, path: path.into(), body, effect: Effect::Moves }
    }

    fn classic(method: &'static str, path: impl Into<String>, body: Value) -> Self {
        Self { format: Format::Classic, method, path: path.into(), body, effect: Effect::Moves }
    }

    fn with(self, effect: Effect) -> Self {
        Self { effect, ..self }
    }

    /// Sends it, and checks of the answer what is true of every answer.
    pub fn send(&self, server: &Server) -> Answer {
        let media_type = if self.format == Format::JsonApi { JSON_API } else { "application/json" };
        let request = server.request(self.method, &self.path).header("Accept", media_type);
        let request = if self.body.is_null() {
            request
        } else {
            request.header("Content-Type", media_type).body(self.body.to_string())
        };
        let answer = request.send_to_anyone();
        match self.format {
            Format::JsonApi => conformance::check(&answer),
            Format::Classic => conformance::check_classic(&answer),
        }
        answer
    }
}

/// A relationship of agents, with members that agent 1 has, that agent 2 has, and that are to be new.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Relationship {
    Tickets,
    Badge,
    Teams,
}

impl Relationship {
    pub const ALL: [Self; 3] = [Self::Tickets, Self::Badge, Self::Teams];

    /// The name of the relationship, the type at its other end, an id that agent 2 has, and what a new one is like.
    fn parts(self) -> (&'static str, &'static str, &'static str, Value) {
        match self {
            Self::Tickets => ("tickets", "ticket", "3", json!({"title": "new"})),
            Self::Badge => ("badge", "badge", "2", json!({"code": "new"})),
            Self::Teams => ("teams", "team", "3", json!({"name": "new"})),
        }
    }

    pub fn ways(self) -> Vec<Way> {
        let is_to_one = self == Self::Badge;
        let mut ways = if is_to_one { self.to_one() } else { self.to_many() };
        let (name, type_name, id, new) = self.parts();
        let linkage = json!({"type": type_name, "id": id});
        let linkage = if is_to_one { linkage } else { json!([linkage]) };
        let listed = |member: Value| if is_to_one { member } else { json!([member]) };
        let document = |id: Option<&str>| {
            let mut data = json!({"type": "agent", "relationships": {name: {"data": linkage}}});
            match id {
                Some(id) => data["id"] = json!(id),
                None => data["attributes"] = json!({"name": "Dan"}),
            }
            json!({"data": data})
        };
        ways.extend([
            Way::json_api("PATCH", "/api/agent/1", document(Some("1"))),
            Way::json_api("POST", "/api/agent", document(None)),
            Way::classic("PATCH", "/api/agent/1", json!({name: listed(json!({"id": id}))})),
            Way::classic("PATCH", "/api/agent/1", json!({name: {"add": listed(json!({"id": id}))}})),
            Way::classic("POST", "/api/agent", json!({"name": "Dan", name: listed(json!({"id": id}))})),
            Way::classic("POST", "/api/agent", json!({"name": "Dan", name: listed(new)})).with(Effect::Creates),
            Way::classic("PATCH", "/api/agent", {
                let search = json!({"filters": [{"name": "id", "op": "eq", "val": 3}]});
                json!({"q": search, name: listed(json!({"id": id}))})
            }),
        ]);
        ways
    }

    fn to_one(self) -> Vec<Way> {
        let (name, type_name, id, new) = self.parts();
        let url = format!("/api/agent/1/relationships/{name}");
        vec![
            Way::json_api("PATCH", &*url, json!({"data": {"type": type_name, "id": id}})),
            Way::json_api("PATCH", &*url, json!({"data": null})),
            Way::classic("PATCH", "/api/agent/1", json!({name: null})),
            // Nobody has to give it up.
            Way::classic("PATCH", "/api/agent/3", json!({name: new})).with(Effect::Creates),
        ]
    }

    fn to_many(self) -> Vec<Way> {
        let (name, type_name, id, new) = self.parts();
        let url = format!("/api/agent/1/relationships/{name}");
        let other = json!({"data": [{"type": type_name, "id": id}]});
        let own = json!({"data": [{"type": type_name, "id": "1"}]});
        let removed = |removed: Value| json!({name: {"remove": [removed]}});
        vec![
            Way::json_api("POST", &*url, other.clone()),
            Way::json_api("PATCH", &*url, other),
            Way::json_api("PATCH", &*url, json!({"data": []})),
            Way::json_api("DELETE", &*url, own),
            Way::classic("PATCH", "/api/agent/1", json!({name: []})),
            Way::classic("PATCH", "/api/agent/1", removed(json!({"id": 1}))),
            Way::classic("PATCH", "/api/agent/1", removed(json!({"id": 1, "__delete__": true}))).with(Effect::Deletes),
            Way::classic("PATCH", "/api/agent/1", json!({name: {"add": [new]}})).with(Effect::Creates),
            Way::classic("DELETE", format!("/api/agent/1/{name}/1"), Value::Null),
        ]
    }
}

/// Every way to write the foreign key of a ticket where it stands.
pub fn own_ways() -> Vec<Way> {
    let linkage = json!({"data": {"type": "agent", "id": "2"}});
    let document = |id: Option<&str>| {
        let mut data = json!({"type": "ticket", "relationships": {"assignee": linkage}});
        match id {
            Some(id) => data["id"] = json!(id),
            None => data["attributes"] = json!({"title": "new"}),
        }
        json!({"data": data})
    };
    let mut ways = vec![
        Way::json_api("PATCH", "/api/ticket/1/relationships/assignee", linkage.clone()),
        Way::json_api("PATCH", "/api/ticket/1/relationships/assignee", json!({"data": null})),
        Way::json_api("PATCH", "/api/ticket/1", document(Some("1"))),
        Way::json_api("POST", "/api/ticket", document(None)).with(Effect::Creates),
    ];
    let values = [
        json!({"assignee_id": 2}),
        json!({"assignee_id": null}),
        json!({"assignee": {"id": 2}}),
        json!({"assignee": {"add": {"id": 2}}}),
        json!({"assignee": {"name": "Dan"}}),
        json!({"assignee": null}),
    ];
    for value in values {
        let mut created = value.clone();
        created["title"] = json!("new");
        ways.push(Way::classic("PATCH", "/api/ticket", value.clone()));
        ways.push(Way::classic("PATCH", "/api/ticket/1", value));
        ways.push(Way::classic("POST", "/api/ticket", created).with(Effect::Creates));
    }
    ways
}
