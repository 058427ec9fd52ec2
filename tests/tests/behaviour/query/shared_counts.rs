//! Totals that several clients ask for at the same time.

use std::thread;

use serde_json::json;

use crate::backends::by_backend;
use crate::models::{self, TABLES};
use crate::server::Server;
use crate::statements::{statements, watch};

/// How many people there are.
const PEOPLE: u64 = 3000;

/// How many clients there are, and how often each of them asks.
const CLIENTS: usize = 12;
const TIMES: u64 = 25;

fn server() -> Server {
    let rows = (1..=PEOPLE).map(|id| format!("({id}, 'p{id}', {})", id % 50)).collect::<Vec<_>>().join(", ");
    watch(&format!("{TABLES} INSERT INTO person (id, name, age) VALUES {rows};"), models::mount)
}

fn total(server: &Server, query: &str) -> u64 {
    let answer = server.get(&format!("/api/person?page[size]=1{query}"));
    assert_eq!(answer.status, 200, "{answer:#?}");
    answer.json()["meta"]["total"].as_u64().expect("a number")
}

/// Lets all clients do something at the same time.
fn at_once(client: impl Fn(usize) + Sync) {
    thread::scope(|scope| {
        for number in 0..CLIENTS {
            let client = &client;
            scope.spawn(move || client(number));
        }
    });
}

#[test]
fn cost_a_server_fewer_statements_than_requests() {
    let server = server();
    statements(&server);
    at_once(|_| (0..TIMES).for_each(|_| assert_eq!(total(&server, ""), PEOPLE)));
    let asked = CLIENTS as u64 * TIMES;
    let counted = statements(&server).iter().filter(|sql| sql.contains("COUNT(")).count() as u64;
    let is_shared = by_backend(false, true, true);
    assert_eq!(counted < asked, is_shared, "{counted} of {asked}");
}

#[test]
fn are_those_of_the_filter() {
    let server = server();
    at_once(|number| {
        for age in 0..TIMES {
            let (filter, expected) = match number % 3 {
                0 => (String::new(), PEOPLE),
                1 => (format!("&filter[age]={age}"), PEOPLE / 50),
                _ => (format!("&filter[age][lt]={}", age + 1), PEOPLE / 50 * (age + 1)),
            };
            assert_eq!(total(&server, &filter), expected, "{filter}");
        }
    });
}

#[test]
fn never_lack_what_was_acknowledged_before() {
    let server = server();
    at_once(|number| {
        let mut last = PEOPLE;
        for time in 0..TIMES {
            let name = format!("new{number}-{time}");
            let sent = json!({"data": {"type": "person", "attributes": {"name": name}}});
            assert_eq!(server.post("/api/person", &sent).status, 201);
            let found = total(&server, "");
            assert!(found > last, "{found} after {last}");
            last = found;
        }
    });
    assert_eq!(total(&server, ""), PEOPLE + CLIENTS as u64 * TIMES);
}
