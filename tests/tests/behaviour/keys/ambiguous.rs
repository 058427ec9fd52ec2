//! Keys that several rows have: reads show a row, and no write by an id touches more than one.

use restless_actix::prelude::*;
use serde_json::{Value, json};

use crate::client::Answer;
use crate::expected::error;
use crate::server::Server;

diesel::table! {
    hoard (warehouse_id) {
        warehouse_id -> Integer,
        article -> Text,
        amount -> Integer,
        depot_id -> Nullable<Integer>,
    }
}

diesel::table! {
    depot (id) {
        id -> Integer,
        name -> Text,
    }
}

/// Of a warehouse there is one row for each article.
#[derive(Restless)]
#[diesel(table_name = hoard, primary_key(warehouse_id))]
#[restless(methods(GET, POST, PATCH, DELETE), allow_patch_many, allow_delete_many)]
#[restless(belongs_to(depot: Depot, foreign_key = depot_id))]
struct Hoard {
    warehouse_id: i32,
    article: String,
    amount: i32,
    depot_id: Option<i32>,
}

#[derive(Restless)]
#[diesel(table_name = depot)]
#[restless(methods(GET, POST, PATCH, DELETE), allow_to_many_replacement, allow_delete_from_to_many_relationships)]
#[restless(has_many(hoards: Hoard, foreign_key = hoard::depot_id, on_delete = "cascade"))]
struct Depot {
    id: i32,
    name: String,
}

const TABLES: &str = "
    CREATE TABLE depot (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
    CREATE TABLE hoard (warehouse_id INTEGER NOT NULL, article TEXT NOT NULL, amount INTEGER NOT NULL,
        depot_id INTEGER, PRIMARY KEY (warehouse_id, article));
    INSERT INTO depot (id, name) VALUES (1, 'north'), (2, 'south');
    INSERT INTO hoard (warehouse_id, article, amount, depot_id) VALUES
        (1, 'nails', 10, 1), (1, 'screws', 20, 2), (2, 'nails', 30, 2), (3, 'nails', 40, NULL);
";

/// The tables come after the start, which would refuse them.
fn server() -> Server {
    let server = Server::start("", |services| {
        services.service(Api::new("/api").resource(Hoard::api()).resource(Depot::api()).scope());
    });
    // Who answers has started.
    assert_eq!(server.request("OPTIONS", "/api/hoard").send().status, 200);
    server.execute(TABLES);
    server
}

fn everything(server: &Server) -> String {
    server.line(
        "SELECT CAST(warehouse_id AS TEXT) || article || CAST(amount AS TEXT) || COALESCE(CAST(depot_id AS TEXT), '-') \
         AS value FROM hoard ORDER BY warehouse_id, article",
    )
}

fn classic(server: &Server, method: &str, path: &str, body: &Value) -> Answer {
    let request = server.request(method, path).header("Accept", "application/json");
    request.header("Content-Type", "application/json").body(body.to_string()).send_to_anyone()
}

const SEVERAL: &str = "several resources of type \"hoard\" have the id \"1\"; none of them is changed";

const SAME: &str = "several resources of type \"hoard\" have the same id; none of them is changed";

fn hoard(id: &str, attributes: &Value) -> Value {
    json!({"data": {"type": "hoard", "id": id, "attributes": attributes}})
}

#[test]
fn are_refused_in_writes_of_one_resource() {
    let server = server();
    let before = everything(&server);
    let refused = [error(409, "Ambiguous id", SEVERAL)];
    server.patch("/api/hoard/1", &hoard("1", &json!({"amount": 5}))).refuses(409, &refused);
    let whole = server.request("PATCH", "/api/hoard/1").header("Prefer", "return=representation");
    whole.document(&hoard("1", &json!({"amount": 5}))).send().refuses(409, &refused);
    server.delete("/api/hoard/1").refuses(409, &refused);
    for (method, body) in [("PATCH", json!({"amount": 5})), ("DELETE", json!({}))] {
        let answer = classic(&server, method, "/api/hoard/1", &body);
        assert_eq!((answer.status, answer.json()), (400, json!({"message": SEVERAL})), "{method}");
    }
    let depot = json!({"data": {"type": "depot", "id": "1"}});
    server.patch("/api/hoard/1/relationships/depot", &depot).refuses(409, &refused);
    assert_eq!(everything(&server), before);
}

#[test]
fn are_refused_in_writes_of_relationships() {
    let server = server();
    let before = everything(&server);
    let refused = [error(409, "Ambiguous id", SAME)];
    let members = json!({"data": [{"type": "hoard", "id": "1"}]});
    for method in ["POST", "PATCH", "DELETE"] {
        let answer = server.request(method, "/api/depot/1/relationships/hoards").document(&members).send();
        answer.refuses(409, &refused);
    }
    let nested = json!({"hoards": {"add": [{"warehouse_id": 1, "amount": 5}]}});
    let answer = classic(&server, "PATCH", "/api/depot/1", &nested);
    assert_eq!((answer.status, answer.json()), (400, json!({"message": SEVERAL})));
    let removed = json!({"hoards": {"remove": [{"warehouse_id": 1}]}});
    let answer = classic(&server, "PATCH", "/api/depot/1", &removed);
    assert_eq!((answer.status, answer.json()), (400, json!({"message": SAME})));
    assert_eq!(everything(&server), before);
}

#[test]
fn are_refused_where_rows_go_with_others() {
    let server = server();
    let before = everything(&server);
    server.delete("/api/depot/1").refuses(409, &[error(409, "Ambiguous id", SAME)]);
    assert_eq!(server.line("SELECT name AS value FROM depot ORDER BY id"), "north south");
    assert_eq!(everything(&server), before);
}

#[test]
fn are_refused_in_writes_of_what_a_search_finds() {
    let server = server();
    let before = everything(&server);
    let screws = json!({"filters": [{"name": "article", "op": "eq", "val": "screws"}]});
    let answer = classic(&server, "PATCH", "/api/hoard", &json!({"amount": 5, "q": screws}));
    assert_eq!((answer.status, answer.json()), (400, json!({"message": SAME})));
    let q = "%7B%22filters%22:%5B%7B%22name%22:%22article%22,%22op%22:%22eq%22,%22val%22:%22screws%22%7D%5D%7D";
    let answer = classic(&server, "DELETE", &format!("/api/hoard?q={q}"), &json!({}));
    assert_eq!((answer.status, answer.json()), (400, json!({"message": SAME})));
    assert_eq!(everything(&server), before);
}

#[test]
fn are_shown_by_reads() {
    let server = server();
    for path in
        ["/api/hoard/1", "/api/hoard/1/depot", "/api/hoard/1/relationships/depot", "/api/depot/1?include=hoards"]
    {
        let answer = server.get(path);
        assert_eq!(answer.status, 200, "{path}: {answer:#?}");
    }
    assert_eq!(server.get("/api/hoard/1").data()["id"], json!("1"));
    assert_eq!(classic(&server, "GET", "/api/hoard/1/depot", &json!({})).status, 200);
}

#[test]
fn leave_rows_of_their_own_id_alone() {
    let server = server();
    server.patch("/api/hoard/2", &hoard("2", &json!({"amount": 5}))).tells_what_is_read_from(&server);
    let members = json!({"data": [{"type": "hoard", "id": "3"}]});
    server.request("POST", "/api/depot/1/relationships/hoards").document(&members).send().is_empty(204);
    assert_eq!(everything(&server), "1nails101 1screws202 2nails52 3nails401");
    server.delete("/api/hoard/2").is_empty(204);
    server.delete("/api/hoard/2").refuses(404, &[crate::expected::no_such_resource("hoard", "2")]);
    assert_eq!(everything(&server), "1nails101 1screws202 3nails401");
}
