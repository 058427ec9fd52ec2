//! Statements that take longer than they may, and those that run for nobody.

use std::io::Write as _;
use std::net::TcpStream;
use std::thread;
use std::time::{Duration, Instant};

use actix_web::web::ServiceConfig;
use restless_actix::DatabaseBuilder;
use restless_actix::prelude::*;
use serde_json::json;

use crate::backends::by_backend;
use crate::expected::error;
use crate::models::{self, FIVE, TABLES};
use crate::server::{Server, Setup};

diesel::table! {
    endless (id) {
        id -> Integer,
        name -> Text,
    }
}

/// What takes longer than anybody waits.
#[derive(Restless)]
#[diesel(table_name = endless)]
struct Endless {
    id: i32,
    name: String,
}

const TOO_LONG: &str = "the database took too long for this request";

/// The five people, and a view to whose names there is no end.
pub fn schema() -> String {
    let view = by_backend(
        "CREATE VIEW endless AS
            WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < 1000000000)
            SELECT n AS id, 'n' || n AS name FROM numbers",
        "CREATE VIEW endless AS SELECT 1 AS id, 'n' || pg_sleep(40) AS name",
        "CREATE VIEW endless AS SELECT 1 AS id, CONCAT('n', sleep(40)) AS name",
    );
    format!("{TABLES}{FIVE}{view};")
}

pub fn mount(services: &mut ServiceConfig) {
    models::mount(services);
    services.service(Endless::api().allow_functions().scope());
}

#[test]
fn end_a_read_after_five_seconds() {
    let server = Server::start(&schema(), mount);
    let began = Instant::now();
    let answer = server.get("/api/endless?sort=name");
    let took = began.elapsed();
    answer.refuses(503, &[error(503, "Service Unavailable", TOO_LONG)]);
    assert_eq!(answer.header("retry-after"), Some("1"));
    assert!(took > Duration::from_secs(4) && took < Duration::from_secs(20), "{took:?}");
}

#[test]
fn are_told_in_either_format() {
    let timeout = Some(Duration::from_millis(300));
    let server = Setup { statement_timeout: timeout, ..Setup::new(schema()) }.start(mount);
    let began = Instant::now();
    server.get("/api/endless?sort=name").refuses(503, &[error(503, "Service Unavailable", TOO_LONG)]);
    let answer = server.request("GET", "/api/endless").header("Accept", "application/json").send_to_anyone();
    assert_eq!((answer.status, answer.header("content-type")), (503, Some("application/json")), "{answer:#?}");
    // An id stands beside it, by which the log tells the cause.
    assert_eq!(answer.json()["message"], json!(TOO_LONG));
    assert!(began.elapsed() < Duration::from_secs(5), "{:?}", began.elapsed());
    assert_eq!(server.get("/api/person?sort=name").ids(), "5 4 1 3 2");
}

#[test]
fn hold_where_reads_are_of_one_moment() {
    let settings = |builder: DatabaseBuilder| builder.snapshot_reads().statement_timeout(Duration::from_millis(300));
    let server = Setup { settings, ..Setup::new(schema()) }.start(mount);
    server.get("/api/endless?sort=name").refuses(503, &[error(503, "Service Unavailable", TOO_LONG)]);
    assert_eq!(server.get("/api/person?sort=name").ids(), "5 4 1 3 2");
}

/// How many statements read the endless view in descending order.
fn running(server: &Server) -> String {
    server.line(by_backend(
        "SELECT '0' AS value",
        "SELECT count(*)::text AS value FROM pg_stat_activity
            WHERE state = 'active' AND pid <> pg_backend_pid() AND query LIKE '%\"endless\"%DESC%'",
        "SELECT CONCAT(count(*), '') AS value FROM information_schema.PROCESSLIST
            WHERE DB = DATABASE() AND STATE = 'User sleep'",
    ))
}

/// Waits until as many run as there should be.
#[track_caller]
fn settles_at(server: &Server, expected: &str) {
    let began = Instant::now();
    while running(server) != expected {
        assert!(began.elapsed() < Duration::from_secs(15), "{} run, not {expected}", running(server));
        thread::sleep(Duration::from_millis(50));
    }
}

/// There is one reader on SQLite, and no limit anywhere.
fn few(builder: DatabaseBuilder) -> DatabaseBuilder {
    builder.max_connections(2).statement_timeout(Duration::ZERO)
}

#[test]
fn do_not_matter_to_a_read_whose_client_has_gone() {
    for settings in [few, |builder| few(builder).snapshot_reads()] {
        let setup = Setup { settings, hears_of_clients: true, ..Setup::new(schema()) };
        let server = setup.start(mount);
        let mut stream = TcpStream::connect(server.address).expect("a connection");
        let request = "GET /api/endless?sort=-name HTTP/1.1\r\nHost: test\r\n\r\n";
        stream.write_all(request.as_bytes()).expect("a server that reads");
        settles_at(&server, by_backend("0", "1", "1"));
        // SQLite lists nothing.
        thread::sleep(Duration::from_millis(by_backend(300, 0, 0)));
        drop(stream);
        settles_at(&server, "0");
        let began = Instant::now();
        assert_eq!(server.get("/api/person?sort=name").ids(), "5 4 1 3 2");
        assert!(began.elapsed() < Duration::from_secs(10), "{:?}", began.elapsed());
    }
}
