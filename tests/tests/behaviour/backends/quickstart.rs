//! The quickstart on every database: the same requests, in the same order, are answered in the same way.

#[path = "../../../../examples/quickstart/src/models.rs"]
mod models;

use diesel::connection::SimpleConnection as _;
use restless_actix::prelude::*;
use serde_json::{Value, json};

use super::{Backend, Place, skipped};
use crate::client::Answer;
use crate::server::{Server, Setup};

/// The headers that say something of the answer.
const HEADERS: [&str; 7] = ["allow", "content-type", "link", "location", "preference-applied", "retry-after", "vary"];

/// The quickstart's own tables.
const fn migration(backend: Backend) -> &'static str {
    match backend {
        Backend::Sqlite => {
            include_str!("../../../../examples/quickstart/migrations/sqlite/2026-01-01-000000_people/up.sql")
        }
        Backend::Postgres => {
            include_str!("../../../../examples/quickstart/migrations/postgres/2026-01-01-000000_people/up.sql")
        }
        Backend::Mysql => {
            include_str!("../../../../examples/quickstart/migrations/mysql/2026-01-01-000000_people/up.sql")
        }
    }
}

/// The quickstart on a server.
fn start(backend: Backend, url: &str) -> Server {
    let server = Setup::new("").start_in(Place::on(backend, url), |services| {
        services.service(models::Person::api_scope()).service(models::Computer::api_scope());
    });
    server.connection().batch_execute(migration(backend)).expect("the quickstart's tables");
    server
}

/// A request and the status that it is answered with.
type Exchange = (&'static str, &'static str, Value, u16);

/// Whatever reads.
fn reads() -> Vec<Exchange> {
    let paths = [
        ("/api/person", 200),
        ("/api/person?sort=-age&page[size]=2", 200),
        ("/api/person?sort=-age&page[size]=2&page[number]=2", 200),
        ("/api/person?sort=-name&fields[person]=name,birth_date", 200),
        ("/api/person?filter[age]=21,36", 200),
        ("/api/person?filter[name]=Grace&include=computers", 200),
        ("/api/person?filter[birth_date]=1815-12-10", 200),
        ("/api/person?filter[name]=nobody", 200),
        ("/api/person?page[size]=0", 200),
        ("/api/person?include=computers", 200),
        ("/api/person/1", 200),
        ("/api/person/1?include=computers&fields[computer]=name", 200),
        ("/api/person/1/computers", 200),
        ("/api/person/1/computers/1", 200),
        ("/api/person/1/relationships/computers", 200),
        ("/api/computer?sort=vendor,-name&include=owner", 200),
        ("/api/computer?filter[vendor]=IBM&include=owner", 200),
        ("/api/computer?filter[owner]=1", 200),
        ("/api/computer/2/owner", 200),
        ("/api/computer/2/relationships/owner", 200),
        ("/api/person/99", 404),
        ("/api/person/x", 404),
        ("/api/person/1/parents", 404),
        ("/api/person?sort=colour", 400),
        ("/api/person?filter[age]=old", 400),
        ("/api/person?filter[age]=99999999999", 400),
        ("/api/person?page[number]=0", 400),
        ("/api/person?include=parents", 400),
        ("/api/person/1?sort=name", 400),
    ];
    let gets = paths.into_iter().map(|(path, status)| ("GET", path, Value::Null, status));
    gets.chain([("HEAD", "/api/person", Value::Null, 200), ("OPTIONS", "/api/person/1", Value::Null, 200)]).collect()
}

fn person(attributes: &Value) -> Value {
    json!({"data": {"type": "person", "attributes": attributes}})
}

fn changed(attributes: &Value) -> Value {
    json!({"data": {"type": "person", "id": "1", "attributes": attributes}})
}

fn computers(ids: &[&str]) -> Value {
    json!({"data": ids.iter().map(|id| json!({"type": "computer", "id": id})).collect::<Vec<_>>()})
}

/// Whatever writes.
fn writes() -> Vec<Exchange> {
    let owner = json!({"owner": {"data": {"type": "person", "id": "4"}}});
    let owned = json!({"data": {"type": "computer", "attributes": {"name": "zuse"}, "relationships": owner}});
    let nobody = json!({"owner": {"data": {"type": "person", "id": "99"}}});
    let lost = json!({"data": {"type": "computer", "attributes": {"name": "enigma"}, "relationships": nobody}});
    vec![
        ("POST", "/api/person", person(&json!({"name": "Zoë 😀", "age": 23, "birth_date": "2001-02-28"})), 201),
        ("POST", "/api/person", person(&json!({"name": "Katy"})), 201),
        ("POST", "/api/computer?include=owner", owned, 201),
        ("PATCH", "/api/person/1", changed(&json!({"age": 37})), 200),
        ("PATCH", "/api/person/1", changed(&json!({"birth_date": null})), 200),
        ("GET", "/api/person/1", Value::Null, 200),
        ("PATCH", "/api/person/1", changed(&json!({"name": "Grace"})), 409),
        ("PATCH", "/api/person/1", changed(&json!({"age": -1})), 400),
        ("PATCH", "/api/person/1", changed(&json!({"age": "old", "colour": "red"})), 400),
        ("PATCH", "/api/person/2", changed(&json!({"age": 1})), 409),
        ("PATCH", "/api/person/99", json!({"data": {"type": "person", "id": "99", "attributes": {"age": 1}}}), 404),
        ("POST", "/api/person/2/relationships/computers", computers(&["1", "3"]), 204),
        ("GET", "/api/person?include=computers", Value::Null, 200),
        ("POST", "/api/person/2/relationships/computers", computers(&["99"]), 404),
        ("PATCH", "/api/person/2/relationships/computers", computers(&[]), 403),
        ("PATCH", "/api/computer/3/relationships/owner", json!({"data": null}), 204),
        ("GET", "/api/computer/3", Value::Null, 200),
        ("DELETE", "/api/person/2", Value::Null, 409),
        ("DELETE", "/api/computer/3", Value::Null, 204),
        ("DELETE", "/api/computer/3", Value::Null, 404),
        ("DELETE", "/api/person/5", Value::Null, 204),
        // A row that is refused takes a key with it on PostgreSQL and MySQL, so these come last.
        ("POST", "/api/person", person(&json!({"name": "Ada"})), 409),
        ("POST", "/api/person", person(&json!({"name": "Old", "age": -1})), 400),
        ("POST", "/api/person", person(&json!({"age": 1})), 400),
        ("POST", "/api/person", person(&json!({"name": 1, "age": "x"})), 400),
        ("POST", "/api/person", json!({"data": {"type": "human"}}), 409),
        ("POST", "/api/person", json!([]), 400),
        ("POST", "/api/computer", lost, 404),
        ("PUT", "/api/person/1", Value::Null, 405),
        ("GET", "/api/person", Value::Null, 200),
        ("GET", "/api/computer?include=owner", Value::Null, 200),
    ]
}

/// What a server answers, without what differs from one answer to the next.
fn ask(server: &Server, exchange: &Exchange) -> (u16, Value, Vec<Option<String>>) {
    let (method, path, document, status) = exchange;
    let mut request = server.request(method, path);
    if !document.is_null() {
        request = request.document(document);
    }
    let answer = request.send();
    assert_eq!(answer.status, *status, "{answer:#?}");
    let headers = HEADERS.iter().map(|name| answer.header(name).map(str::to_owned)).collect();
    (answer.status, body(&answer), headers)
}

fn body(answer: &Answer) -> Value {
    if answer.body.is_empty() { Value::Null } else { answer.json() }
}

fn compare_with(backend: Backend) {
    let Some(url) = backend.find() else {
        return skipped(&format!("a {backend} server at {}", backend.url()));
    };
    let (expected, found) = (start(Backend::Sqlite, ""), start(backend, &url));
    for exchange in reads().into_iter().chain(writes()) {
        assert_eq!(ask(&found, &exchange), ask(&expected, &exchange), "{exchange:?} on {backend}");
    }
}

#[test]
fn answers_on_postgres_as_on_sqlite() {
    compare_with(Backend::Postgres);
}

#[test]
fn answers_on_mysql_as_on_sqlite() {
    compare_with(Backend::Mysql);
}
