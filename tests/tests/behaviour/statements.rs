//! How many statements each operation costs.

use std::cell::RefCell;
use std::collections::{BTreeSet, HashMap};
use std::sync::{Mutex, MutexGuard, Once, PoisonError};

use diesel::connection::{Instrumentation, InstrumentationEvent, set_default_instrumentation};
use restless_actix::prelude::*;
use serde_json::json;

use crate::backends::by_backend;
use crate::client::Answer;
use crate::models::{self, Person, TABLES};
use crate::server::Server;

/// Statements by the URL of the database that they were run on.
type Log = Mutex<Option<HashMap<String, Vec<String>>>>;

/// What was run on each database.
static LOG: Log = Mutex::new(None);

/// What stays prepared on some connection to each database.
static KEPT: Log = Mutex::new(None);

thread_local! {
    /// The database of the server that this thread belongs to.
    static DATABASE: RefCell<String> = RefCell::default();
}

/// Statements that are none of an operation's own, by how they begin.
const IGNORED: [&str; 10] = [
    "SELECT schema_version",
    "BEGIN",
    "SAVEPOINT",
    "RELEASE",
    "COMMIT",
    "ROLLBACK",
    "PRAGMA",
    "CREATE",
    "SET",
    "SELECT CAST(CONNECTION_ID()",
];

/// Where databases are asked about their tables.
const CATALOGS: [&str; 3] = ["sqlite_master", "pg_class", "information_schema"];

/// Notes the statements of one connection.
struct Notes {
    url: String,
}

impl Instrumentation for Notes {
    fn on_connection_event(&mut self, event: InstrumentationEvent<'_>) {
        match event {
            InstrumentationEvent::StartEstablishConnection { url, .. } => url.clone_into(&mut self.url),
            InstrumentationEvent::StartQuery { query, .. } => note(&LOG, &self.url, &query.to_string()),
            InstrumentationEvent::CacheQuery { sql, .. } => note(&KEPT, &self.url, sql),
            _ => {}
        }
    }
}

/// From here on, statements of connections without a URL belong to that database.
pub fn attribute_to(url: &str) {
    DATABASE.with_borrow_mut(|database| url.clone_into(database));
}

fn open(log: &Log) -> MutexGuard<'_, Option<HashMap<String, Vec<String>>>> {
    log.lock().unwrap_or_else(PoisonError::into_inner)
}

fn note(log: &Log, url: &str, sql: &str) {
    let sql = sql.trim();
    let is_ignored = IGNORED.iter().any(|start| sql.starts_with(start));
    if is_ignored || CATALOGS.iter().any(|catalog| sql.contains(catalog)) {
        return;
    }
    // PostgreSQL's connections are not seen being opened; they stay on the thread that serves HTTP.
    let url = if url.is_empty() { DATABASE.with_borrow(Clone::clone) } else { url.to_owned() };
    open(log).get_or_insert_default().entry(url).or_default().push(sql.replace('"', "`"));
}

/// A server with people, whose statements are noted.
fn watched(rows: &str, mount: fn(&mut actix_web::web::ServiceConfig)) -> Server {
    watch(&format!("{TABLES}{rows}"), mount)
}

/// A server whose statements are noted.
pub fn watch(schema: &str, mount: fn(&mut actix_web::web::ServiceConfig)) -> Server {
    static INSTALL: Once = Once::new();
    INSTALL.call_once(|| {
        set_default_instrumentation(|| Some(Box::new(Notes { url: String::new() }))).expect("a place for it");
    });
    let server = Server::start(schema, mount);
    statements(&server);
    server
}

/// What was run on the server's database since the last time.
pub fn statements(server: &Server) -> Vec<String> {
    open(&LOG).get_or_insert_default().remove(&server.log_name()).unwrap_or_default()
}

/// The texts of the statements that stay prepared on any connection to the server's database.
pub fn kept(server: &Server) -> BTreeSet<String> {
    open(&KEPT).get_or_insert_default().remove(&server.log_name()).unwrap_or_default().into_iter().collect()
}

/// Asserts the kinds of statements that a request costs.
#[track_caller]
pub fn costs(server: &Server, send: impl Fn() -> Answer, status: u16, expected: &[&str]) -> Vec<String> {
    let answer = send();
    assert_eq!(answer.status, status, "{answer:#?}");
    let found = statements(server);
    let kinds: Vec<&str> = found.iter().filter_map(|sql| sql.split_whitespace().next()).collect();
    assert_eq!(kinds, expected, "{found:#?}");
    found
}

fn rows(number: u32) -> String {
    let rows = (1..=number).map(|id| format!("({id}, 'p{id}', {id})")).collect::<Vec<_>>().join(", ");
    format!("INSERT INTO person (id, name, age) VALUES {rows};")
}

fn selected(sql: &str) -> &str {
    sql.split(" FROM ").next().unwrap_or_default()
}

#[test]
fn are_one_for_a_resource() {
    let server = watched(&rows(3), models::mount);
    costs(&server, || server.get("/api/person/1"), 200, &["SELECT"]);
    costs(&server, || server.get("/api/person/404"), 404, &["SELECT"]);
    costs(&server, || server.get("/api/person/abc"), 404, &[]);
    costs(&server, || server.request("HEAD", "/api/person/1").send(), 200, &["SELECT"]);
}

#[test]
fn are_one_for_a_page_that_tells_the_total() {
    let server = watched(&rows(3), models::mount);
    costs(&server, || server.get("/api/person"), 200, &["SELECT"]);
    costs(&server, || server.get("/api/person?page[number]=2&page[size]=2"), 200, &["SELECT"]);
    costs(&server, || server.get("/api/person?page[size]=0"), 200, &["SELECT"]);
    costs(&server, || server.get("/api/person?filter[age]=1,2,3&sort=-age,name"), 200, &["SELECT"]);
}

#[test]
fn are_two_for_a_page_that_does_not() {
    let server = watched(&rows(25), models::mount);
    costs(&server, || server.get("/api/person"), 200, &["SELECT", "SELECT"]);
    costs(&server, || server.get("/api/person?page[number]=2"), 200, &["SELECT", "SELECT"]);
    costs(&server, || server.get("/api/person?page[number]=9"), 200, &["SELECT", "SELECT"]);
}

#[test]
fn are_one_for_a_page_when_nothing_is_counted() {
    let server = watched(&rows(25), |services| {
        services.service(Person::api().count(Count::None).scope());
    });
    for path in ["/api/person", "/api/person?page[number]=2", "/api/person?page[number]=9"] {
        costs(&server, || server.get(path), 200, &["SELECT"]);
    }
}

#[test]
fn select_no_more_columns_than_the_client_wants() {
    let server = watched(&rows(3), models::mount);
    let found = costs(&server, || server.get("/api/person/1?fields[person]=name"), 200, &["SELECT"]);
    let columns = selected(&found[0]);
    assert!(columns.contains("`name`") && !columns.contains("`age`") && !columns.contains("`birth_date`"), "{columns}");
    let found = costs(&server, || server.get("/api/person?fields[person]=age&sort=name"), 200, &["SELECT"]);
    let columns = selected(&found[0]);
    assert!(columns.contains("`age`") && !columns.contains("`name`"), "{columns}");
    let found = costs(&server, || server.get("/api/person?fields[person]="), 200, &["SELECT"]);
    assert!(!selected(&found[0]).contains("`name`"), "{found:?}");
}

#[test]
fn are_one_for_a_creation_where_the_database_returns_rows() {
    let server = watched("", models::mount);
    for name in ["Ann", "Bob"] {
        let sent = json!({"data": {"type": "person", "attributes": {"name": name}}});
        costs(
            &server,
            || server.post("/api/person", &sent),
            201,
            by_backend::<&[&str]>(&["INSERT"], &["INSERT"], &["INSERT", "SELECT", "SELECT"]),
        );
    }
    let sent = json!({"data": {"type": "person", "attributes": {"name": "Ann"}}});
    costs(&server, || server.post("/api/person", &sent), 409, &["INSERT"]);
    costs(
        &server,
        || server.post("/api/person", &json!({"data": {"type": "person", "attributes": {"x": 1}}})),
        400,
        &[],
    );
}

#[test]
fn are_one_for_an_update_where_the_database_returns_rows() {
    let server = watched(&rows(3), models::mount);
    let sent = json!({"data": {"type": "person", "id": "1", "attributes": {"age": 9}}});
    let update = by_backend::<&[&str]>(&["UPDATE"], &["UPDATE"], &["UPDATE", "SELECT"]);
    costs(&server, || server.patch("/api/person/1", &sent), 200, update);
    let missing = json!({"data": {"type": "person", "id": "9", "attributes": {"age": 9}}});
    costs(&server, || server.patch("/api/person/9", &missing), 404, &["UPDATE"]);
    let minimal = |sent| server.request("PATCH", "/api/person/1").document(sent).header("Prefer", "return=minimal");
    costs(&server, || minimal(&sent).send(), 204, &["UPDATE"]);
    let nothing = json!({"data": {"type": "person", "id": "1"}});
    costs(&server, || server.patch("/api/person/1", &nothing), 200, &["SELECT"]);
    costs(&server, || minimal(&nothing).send(), 204, &["SELECT"]);
}

#[test]
fn are_one_for_a_deletion() {
    let server = watched(&rows(3), models::mount);
    costs(&server, || server.delete("/api/person/1"), 204, &["DELETE"]);
    costs(&server, || server.delete("/api/person/1"), 404, &["DELETE"]);
}
