//! `ignore_read_only`: what was fetched can be sent back as it is.

use std::sync::{Arc, Mutex};

use diesel::prelude::*;
use restless_actix::prelude::*;
use serde_json::{Value, json};

use crate::client::Answer;
use crate::expected::at_pointer;
use crate::server::Server;

diesel::table! {
    badge (id) {
        id -> Integer,
        name -> Text,
        serial -> Integer,
        code -> Nullable<Text>,
        owner_id -> Nullable<Integer>,
    }
}

diesel::table! {
    owner (id) {
        id -> Integer,
        name -> Text,
    }
}

/// It ignores what is not to be written.
#[derive(Queryable, Selectable, Restless)]
#[diesel(table_name = badge)]
#[restless(methods(GET, POST, PATCH), computed(label), ignore_read_only)]
#[restless(belongs_to(owner: Owner, foreign_key = owner_id, read_only))]
pub struct Badge {
    pub id: i32,
    pub name: String,
    #[restless(read_only)]
    pub serial: i32,
    #[restless(create_only)]
    pub code: Option<String>,
    pub owner_id: Option<i32>,
}

impl Badge {
    fn label(&self) -> String {
        format!("{}-{}", self.name, self.serial)
    }
}

/// The same, which refuses it unless its mount says otherwise.
#[derive(Queryable, Selectable, Restless)]
#[diesel(table_name = badge)]
#[restless(methods(GET, POST, PATCH), computed(label), collection_name = "strict")]
#[restless(belongs_to(owner: Owner, foreign_key = owner_id, read_only))]
struct Strict {
    id: i32,
    name: String,
    #[restless(read_only)]
    serial: i32,
    #[restless(create_only)]
    code: Option<String>,
    owner_id: Option<i32>,
}

impl Strict {
    fn label(&self) -> String {
        format!("{}-{}", self.name, self.serial)
    }
}

#[derive(Restless)]
#[diesel(table_name = owner)]
#[restless(has_many(badges: Badge, foreign_key = badge::owner_id), methods(GET, PATCH))]
struct Owner {
    id: i32,
    name: String,
}

/// Notes what it is told of changes.
#[derive(Clone, Default)]
struct Notes(Arc<Mutex<Vec<String>>>);

impl Processor<Badge> for Notes {
    async fn before_patch_resource(
        &self,
        _: &Context,
        _: &mut String,
        changes: &mut Changes<Badge>,
    ) -> Result<(), Error> {
        let names = changes.names().map(ToString::to_string).collect::<Vec<_>>().join(" ");
        self.0.lock().expect("no panic").push(names);
        Ok(())
    }
}

fn server(notes: &Notes) -> Server {
    let schema = "
        CREATE TABLE owner (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
        CREATE TABLE badge (
            id INTEGER PRIMARY KEY, name TEXT NOT NULL, serial INTEGER NOT NULL DEFAULT 7, code TEXT,
            owner_id INTEGER REFERENCES owner (id)
        );
        INSERT INTO owner (id, name) VALUES (1, 'Ann'), (2, 'Bob');
        INSERT INTO badge (id, name, serial, code, owner_id) VALUES (1, 'one', 5, 'x', 1);
    ";
    let notes = notes.clone();
    Server::start(schema, move |services| {
        let api = Api::new("/api").resource(Badge::api()).resource(Strict::api()).resource(Owner::api());
        services.service(api.scope());
        services
            .service(Api::new("/mounted").ignore_read_only().resource(Strict::api()).resource(Owner::api()).scope());
        services.service(Strict::api().prefix("/alone").ignore_read_only().scope());
        services.service(Badge::api().prefix("/asked").processor(notes.clone()).scope());
    })
}

const EVERYTHING: &str = "SELECT name || ' ' || CAST(serial AS TEXT) || ' ' || code || ' ' || CAST(owner_id AS TEXT) \
                          AS value FROM badge WHERE id = 1";

fn everything(server: &Server) -> String {
    server.line(EVERYTHING)
}

/// What there is at a URL, changed and sent back.
fn send_back(server: &Server, path: &str, accept: &str, change: impl FnOnce(&mut Value)) -> Answer {
    let mut found = server.request("GET", path).header("Accept", accept).send_to_anyone().json();
    change(&mut found);
    let request = server.request("PATCH", path).header("Accept", accept).header("Content-Type", accept);
    request.body(found.to_string()).send_to_anyone()
}

const JSON_API: &str = crate::client::JSON_API;
const JSON: &str = "application/json";

/// Where the setting is on.
const OPEN: [&str; 4] = ["/api/badge/1", "/mounted/strict/1", "/alone/strict/1", "/asked/badge/1"];

#[test]
fn lets_documents_be_sent_back() {
    let server = server(&Notes::default());
    for (index, path) in OPEN.into_iter().enumerate() {
        let answer = send_back(&server, path, JSON_API, |document| {
            document["data"]["attributes"]["name"] = json!(format!("new{index}"));
            document["data"]["attributes"]["serial"] = json!(99);
            document["data"]["attributes"]["code"] = json!("y");
            document["data"]["relationships"]["owner"]["data"] = json!({"type": "owner", "id": "2"});
        });
        answer.is(200, &server.get(path).json());
        assert_eq!(everything(&server), format!("new{index} 5 x 1"), "{path}");
    }
}

#[test]
fn lets_objects_be_sent_back() {
    let server = server(&Notes::default());
    for (index, path) in OPEN.into_iter().enumerate() {
        let answer = send_back(&server, path, JSON, |object| {
            object["name"] = json!(format!("new{index}"));
            object["owner_id"] = json!(2);
            object["code"] = json!("y");
        });
        assert_eq!((answer.status, &answer.json()["name"]), (200, &json!(format!("new{index}"))), "{answer:#?}");
        assert_eq!(everything(&server), format!("new{index} 5 x 1"), "{path}");
    }
    // Within another object too.
    let request = server.request("PATCH", "/api/owner/1").header("Accept", JSON).header("Content-Type", JSON);
    let nested = json!({"badges": {"add": [{"id": 1, "name": "nested", "serial": 9, "label": "x", "owner_id": 2}]}});
    let answer = request.body(nested.to_string()).send_to_anyone();
    assert_eq!(answer.status, 400, "the other end keeps its foreign key: {answer:#?}");
}

#[test]
fn ignores_it_at_creation_too() {
    let server = server(&Notes::default());
    let attributes = json!({"name": "two", "serial": 9, "label": "x", "code": "z"});
    let sent = json!({"data": {"type": "badge", "attributes": attributes}});
    let created = server.post("/api/badge", &sent);
    let shown = json!({"name": "two", "serial": 7, "code": "z", "label": "two-7"});
    assert_eq!((created.status, created.attributes()), (201, shown));
    let request = server.request("POST", "/api/badge").header("Accept", JSON).header("Content-Type", JSON);
    let answer = request.body(attributes.to_string()).send_to_anyone();
    let whole = json!({
        "id": 3, "name": "two", "serial": 7, "code": "z", "label": "two-7", "owner_id": null, "owner": null,
    });
    answer.is(201, &whole);
}

#[test]
fn keeps_it_from_processors() {
    let notes = Notes::default();
    let server = server(&notes);
    for format in [JSON_API, JSON] {
        let answer = send_back(&server, "/asked/badge/1", format, |_| {});
        assert_eq!(answer.status, 200, "{answer:#?}");
    }
    assert_eq!(*notes.0.lock().expect("no panic"), ["name", "name"]);
}

#[test]
fn is_off_unless_it_is_said() {
    let server = server(&Notes::default());
    let sent = json!({"data": {"type": "strict", "id": "1", "attributes": {"name": "new", "serial": 5, "label": "one-5", "code": "x"}}});
    let at = |title: &str, name: &str, detail: &str| {
        at_pointer(403, title, &format!("{name}: {detail}"), &format!("/data/attributes/{name}"))
    };
    let late = "can be set only when the resource is created";
    let errors = [
        at("Create-only attribute", "code", late),
        at("Read-only attribute", "label", "is read-only"),
        at("Read-only attribute", "serial", "is read-only"),
    ];
    server.patch("/api/strict/1", &sent).refuses(403, &errors);
    for (name, value) in
        [("serial", json!(5)), ("label", json!("one-5")), ("owner", json!({"id": 1})), ("owner_id", json!(1))]
    {
        let request = server.request("PATCH", "/api/strict/1").header("Accept", JSON).header("Content-Type", JSON);
        let answer = request.body(json!({"name": "new", name: value}).to_string()).send_to_anyone();
        assert!(matches!(answer.status, 400 | 403), "{answer:#?}");
        assert!(answer.body.contains("is read-only"), "{answer:#?}");
    }
    let unknown = json!({"data": {"type": "badge", "id": "1", "attributes": {"nonsense": 1}}});
    let detail = "\"badge\" has no attribute \"nonsense\"";
    let error = at_pointer(400, "Unknown attribute", detail, "/data/attributes/nonsense");
    server.patch("/api/badge/1", &unknown).refuses(400, &[error]);
    assert_eq!(everything(&server), "one 5 x 1");
}
