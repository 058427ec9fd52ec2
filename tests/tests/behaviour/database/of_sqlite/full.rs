//! A database that has no room left.

use std::thread;

use diesel::connection::SimpleConnection as _;
use diesel::prelude::*;
use diesel::sql_types::BigInt;
use serde_json::json;

use crate::models;
use crate::server::Server;

#[derive(QueryableByName)]
struct Pages {
    #[diesel(sql_type = BigInt)]
    page_count: i64,
}

/// Lets the database grow by a few pages and no further.
fn bound(server: &Server) {
    server.run(|connection| {
        let Pages { page_count } = diesel::sql_query("PRAGMA page_count").get_result(connection)?;
        connection.batch_execute(&format!("PRAGMA max_page_count = {}", page_count + 4))
    });
}

/// Creates people with long names, one after the other, and gives the names that were acknowledged.
fn create(server: &Server, worker: u32) -> Vec<String> {
    let names = (0..30).map(|number| format!("w{worker}n{number:02}{}", "x".repeat(700)));
    let is_created = |name: &String| {
        let sent = json!({"data": {"type": "person", "attributes": {"name": name}}});
        let status = server.post("/api/person", &sent).status;
        assert!([201, 500, 503].contains(&status), "{status}");
        status == 201
    };
    names.filter(is_created).collect()
}

#[test]
fn holds_what_was_acknowledged_and_nothing_else() {
    let server = models::empty();
    bound(&server);
    let mut acknowledged: Vec<String> = thread::scope(|scope| {
        let workers: Vec<_> = (0..8)
            .map(|worker| {
                scope.spawn({
                    let server = &server;
                    move || create(server, worker)
                })
            })
            .collect();
        workers.into_iter().flat_map(|worker| worker.join().expect("a worker")).collect()
    });
    acknowledged.sort_unstable();
    assert!(!acknowledged.is_empty() && acknowledged.len() < 240, "{} people have room", acknowledged.len());
    let held = server.values("SELECT name AS value FROM person ORDER BY name");
    assert_eq!(held.into_iter().flatten().collect::<Vec<_>>(), acknowledged);
    server.run(|connection| connection.batch_execute("PRAGMA max_page_count = 100000"));
    assert_eq!(create(&server, 9).len(), 30, "it works again once there is room");
}
