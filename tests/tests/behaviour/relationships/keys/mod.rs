//! Foreign keys of other types than integers, and those that do not refer to the id.

mod join_table;
mod primary_key;
mod text;
mod uuid;

use serde_json::{Value, json};

use super::graph;
use super::shown::linkage;
use crate::client::Answer;
use crate::server::Server;

/// A relation in both directions between two collections, and the ids of three parents; the first two have a child each.
struct Pair {
    server: Server,
    parents: &'static str,
    children: &'static str,
    ids: [&'static str; 3],
}

const CHILDREN: [&str; 2] = ["1", "2"];

impl Pair {
    fn send(&self, method: &str, path: &str, data: &Value) -> Answer {
        self.server.request(method, path).document(&linkage(data)).send()
    }

    fn child(&self, id: &str) -> Value {
        json!({"type": self.children, "id": id})
    }

    fn parent(&self, place: usize) -> Value {
        json!({"type": self.parents, "id": self.ids[place].replace("%20", " ").replace("%2F", "/")})
    }

    /// The path of a parent.
    fn of(&self, place: usize) -> String {
        format!("/api/{}/{}", self.parents, self.ids[place])
    }

    fn check(&self) {
        self.check_reading();
        self.check_including();
        self.check_writing_to_one();
        self.check_writing_to_many();
        self.check_creating();
    }

    fn check_reading(&self) {
        let server = &self.server;
        for (place, child) in CHILDREN.into_iter().enumerate() {
            let of_child = format!("/api/{}/{child}", self.children);
            assert_eq!(server.get(&of_child).data()["relationships"]["parent"]["data"], self.parent(place));
            assert_eq!(server.get(&format!("{of_child}/parent")).data()["id"], self.parent(place)["id"]);
            assert_eq!(server.get(&format!("{of_child}/relationships/parent")).data(), self.parent(place));
            assert_eq!(server.get(&format!("{}/children", self.of(place))).ids(), child);
            assert_eq!(server.get(&format!("{}/children/{child}", self.of(place))).data()["id"], child);
            assert_eq!(server.get(&format!("{}/relationships/children", self.of(place))).ids(), child);
        }
        assert_eq!(server.get(&format!("{}/children", self.of(2))).ids(), "");
        assert_eq!(server.get(&format!("{}/children/1", self.of(2))).status, 404);
        assert_eq!(server.get(&format!("/api/{}/missing/children", self.parents)).status, 404);
    }

    fn check_including(&self) {
        let answer = self.server.get(&format!("/api/{}?include=children.parent", self.parents)).json();
        graph::check(&answer);
        assert_eq!(graph::included(&answer), format!("{0}/1 {0}/2", self.children));
        for (place, child) in CHILDREN.into_iter().enumerate() {
            let (_, id) = graph::id(&self.parent(place));
            let members = graph::members(graph::find(&answer, self.parents, &id), "children");
            assert_eq!(members, format!("{}/{child}", self.children));
        }
        let answer = self.server.get(&format!("/api/{}?include=parent.children", self.children)).json();
        graph::check(&answer);
        assert_eq!(answer["included"].as_array().map(Vec::len), Some(2), "{answer:#}");
    }

    fn check_writing_to_one(&self) {
        let path = format!("/api/{}/1/relationships/parent", self.children);
        self.send("PATCH", &path, &self.parent(2)).is_empty(204);
        assert_eq!(self.server.get(&path).data(), self.parent(2));
        self.send("PATCH", &path, &Value::Null).is_empty(204);
        assert_eq!(self.server.get(&path).data(), Value::Null);
        let answer = self.send("PATCH", &path, &json!({"type": self.parents, "id": "missing"}));
        assert_eq!((answer.status, &answer.json()["errors"][0]["source"]["pointer"]), (404, &json!("/data")));
        self.send("PATCH", &path, &self.parent(0)).is_empty(204);
    }

    fn check_writing_to_many(&self) {
        let path = format!("{}/relationships/children", self.of(0));
        self.send("POST", &path, &json!([self.child("2"), self.child("1")])).is_empty(204);
        assert_eq!(self.server.get(&path).ids(), "1 2");
        self.send("DELETE", &path, &json!([self.child("1")])).is_empty(204);
        assert_eq!(self.server.get(&path).ids(), "2");
        self.send("PATCH", &path, &json!([self.child("1")])).is_empty(204);
        assert_eq!(self.server.get(&path).ids(), "1");
        let other = format!("{}/relationships/children", self.of(1));
        self.send("PATCH", &other, &json!([self.child("2")])).is_empty(204);
        assert_eq!((self.server.get(&path).ids(), self.server.get(&other).ids()), ("1".into(), "2".into()));
    }

    fn check_creating(&self) {
        let relationships = json!({"parent": {"data": self.parent(1)}});
        let sent =
            json!({"data": {"type": self.children, "attributes": {"name": "new"}, "relationships": relationships}});
        let answer = self.server.post(&format!("/api/{}", self.children), &sent);
        assert_eq!(answer.status, 201, "{answer:#?}");
        assert_eq!(answer.data()["relationships"]["parent"]["data"], self.parent(1));
        assert_eq!(self.server.get(&format!("{}/children", self.of(1))).ids(), "2 3");
    }
}
