//! How many connections there are, and who has them.

use std::net::SocketAddr;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use diesel::prelude::*;
use diesel::sql_types::BigInt;
use restless_actix::{DatabaseBuilder, MysqlConnection, PostgresConnection};

use super::application::{Application, schema};
use super::clients::{self, Clients, Told, agent};
use super::instance::{Instance, Restart};
use super::mysql_instance::MysqlInstance;
use crate::backends::skipped;

const POSTGRES_KEY: &str = "SERIAL PRIMARY KEY";
const MYSQL_KEY: &str = "INTEGER AUTO_INCREMENT PRIMARY KEY";

#[derive(QueryableByName)]
struct Count {
    #[diesel(sql_type = BigInt)]
    count: i64,
}

/// How many connections the server has, besides the one that asks.
fn connections(url: &str) -> i64 {
    let of_postgres = "SELECT count(*) AS count FROM pg_stat_activity
        WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()";
    let of_mysql = "SELECT count(*) AS count FROM information_schema.PROCESSLIST
        WHERE ID <> CONNECTION_ID() AND USER = 'root'";
    let counted: QueryResult<Count> = if url.starts_with("postgres") {
        let mut connection = PostgresConnection::establish(url).expect("a connection");
        diesel::sql_query(of_postgres).get_result(&mut connection)
    } else {
        let mut connection = MysqlConnection::establish(url).expect("a connection");
        diesel::sql_query(of_mysql).get_result(&mut connection)
    };
    counted.expect("a number").count
}

fn waits_until(is_so: impl Fn() -> bool, limit: Duration) -> bool {
    let began = Instant::now();
    while began.elapsed() < limit {
        if is_so() {
            return true;
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    false
}

/// A server with a number of connections, and the applications that share it.
fn on_postgres(connections: usize, test: impl FnOnce(&str, &str)) {
    match Instance::start_with(connections) {
        Some(instance) => test(&instance.url(), POSTGRES_KEY),
        None => skipped("PostgreSQL's server programs"),
    }
}

fn on_mysql(connections: usize, test: impl FnOnce(&str, &str)) {
    match MysqlInstance::start_with(connections) {
        Some(instance) => test(&instance.url(), MYSQL_KEY),
        None => skipped("MariaDB's server programs"),
    }
}

/// Reads single rows and pages until it is told to stop, and gives what was not answered with 200.
fn read_until(is_over: &AtomicBool, address: SocketAddr) -> Vec<u16> {
    let agent = agent();
    let mut failures = Vec::new();
    while !is_over.load(Ordering::Relaxed) {
        for path in ["/api/label/1", "/api/note?include=labels&page[size]=5"] {
            let status = agent.get(format!("http://{address}{path}")).call().expect("an answer").status().as_u16();
            failures.extend((status != 200).then_some(status));
        }
    }
    failures
}

/// Lets many read and write at once, and looks what happens meanwhile.
fn mix(application: &Application, meanwhile: impl FnOnce()) {
    let clients = Clients::start(24, application.address);
    let is_over = AtomicBool::new(false);
    std::thread::scope(|scope| {
        let readers: Vec<_> = (0..16).map(|_| scope.spawn(|| read_until(&is_over, application.address))).collect();
        meanwhile();
        is_over.store(true, Ordering::Relaxed);
        for reader in readers {
            assert_eq!(reader.join().expect("a reader"), [0; 0], "reads that were not answered");
        }
    });
    let told = clients.stop();
    clients::check(application.address, &told);
    are_done(&told);
}

/// All writes are done but those that were in a deadlock again and again.
fn are_done(told: &[Told]) {
    let failed: Vec<u16> = told.iter().map(|told| told.status).filter(|status| ![201, 409].contains(status)).collect();
    assert_eq!(failed, [0; 0], "writes that were not done");
}

/// As many as the application says, whatever is asked; and none after a while of silence.
fn keep_to_their_number((url, key): (&str, &str), settings: fn(DatabaseBuilder) -> DatabaseBuilder, most: i64) {
    let application = Application::start_with(url, schema(key), settings);
    let mut counts = Vec::new();
    mix(&application, || {
        let began = Instant::now();
        while began.elapsed() < Duration::from_secs(3) {
            counts.push(connections(url));
            std::thread::sleep(Duration::from_millis(20));
        }
    });
    // One that is given up by one thread may still be saying goodbye while another thread opens its own.
    let beyond = counts.iter().filter(|count| **count > most).count();
    assert!(beyond * 10 <= counts.len(), "more than {most} connections: {counts:?}");
    assert!(counts.iter().all(|count| *count <= most + 2), "more than {most} connections: {counts:?}");
    let is_silent = || connections(url) == 0;
    assert!(waits_until(is_silent, Duration::from_secs(5)), "{} connections are never closed", connections(url));
}

fn briefly(builder: DatabaseBuilder) -> DatabaseBuilder {
    builder.idle_timeout(Duration::from_millis(500))
}

fn few(builder: DatabaseBuilder) -> DatabaseBuilder {
    briefly(builder).max_connections(3)
}

#[test]
fn of_postgres_are_twenty_at_most_and_close_when_nothing_uses_them() {
    on_postgres(100, |url, key| keep_to_their_number((url, key), briefly, 20));
}

#[test]
fn of_mysql_are_twenty_at_most_and_close_when_nothing_uses_them() {
    on_mysql(100, |url, key| keep_to_their_number((url, key), briefly, 20));
}

#[test]
fn of_postgres_serve_everybody_where_there_are_three() {
    on_postgres(100, |url, key| keep_to_their_number((url, key), few, 3));
}

#[test]
fn of_mysql_serve_everybody_where_there_are_three() {
    on_mysql(100, |url, key| keep_to_their_number((url, key), few, 3));
}

/// The URL of a note that was written.
fn first_note(address: SocketAddr) -> String {
    let mut answer = agent().get(format!("http://{address}/api/note?sort=id&page[size]=1")).call().expect("an answer");
    let text = answer.body_mut().read_to_string().expect("a document");
    let document: serde_json::Value = serde_json::from_str(&text).expect("a document");
    document["data"][0]["links"]["self"].as_str().expect("a link").to_owned()
}

/// A burst of writes, then silence, on a server that has less connections than the application would use.
fn go_on_with_few((url, key): (&str, &str)) {
    let application = Application::start(url, schema(key));
    let clients = Clients::start(24, application.address);
    std::thread::sleep(Duration::from_secs(2));
    let told = clients.stop();
    are_done(&told);
    // Which ids there are depends on the writes that were refused.
    let one = first_note(application.address);
    let asked = Instant::now();
    for _ in 0..20 {
        for path in [one.as_str(), "/api/note?include=labels"] {
            // A client of its own each time, so that both threads are asked.
            let answer = agent().get(format!("http://{}{path}", application.address)).call().expect("an answer");
            assert_eq!(answer.status(), 200, "{path} after the burst");
        }
    }
    assert!(asked.elapsed() < Duration::from_secs(5), "reads took {:?}", asked.elapsed());
    clients::check(application.address, &told);
}

#[test]
fn of_postgres_go_on_where_the_server_has_less() {
    on_postgres(12, |url, key| go_on_with_few((url, key)));
}

#[test]
fn of_mysql_go_on_where_the_server_has_less() {
    on_mysql(12, |url, key| go_on_with_few((url, key)));
}
