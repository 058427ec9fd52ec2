//! Points in time that other writers have spelt in their own ways: found by what a GET shows, and in order.

use chrono::{DateTime, NaiveDateTime, NaiveTime, Utc};
use diesel::sql_types::TimestamptzSqlite;
use restless_actix::prelude::*;
use serde_json::json;

use crate::query::encode;
use crate::server::Server;
use crate::statements::{statements, watch};

diesel::table! {
    use diesel::sql_types::{Integer, Nullable, Time, Timestamp};
    use super::TimestamptzSqlite;

    visit (id) {
        id -> Integer,
        joined -> Nullable<Timestamp>,
        hour -> Nullable<Time>,
        seen -> Nullable<TimestamptzSqlite>,
    }
}

#[derive(Restless)]
#[diesel(table_name = visit, check_for_backend(diesel::sqlite::Sqlite))]
#[restless(methods(GET, POST))]
struct Visit {
    id: i32,
    joined: Option<NaiveDateTime>,
    hour: Option<NaiveTime>,
    seen: Option<DateTime<Utc>>,
}

const TABLE: &str = "
    CREATE TABLE visit (id INTEGER PRIMARY KEY, joined TIMESTAMP, hour TIME, seen TIMESTAMP);
    CREATE INDEX visit_joined ON visit (joined);
";

/// The same moment in seven spellings, one that is before and one that is after it on the same day, others around them.
const ROWS: &str = "
    INSERT INTO visit VALUES
        (1, '2024-01-02 10:00:00', '07:30:00', '2024-01-02 10:00:00+00:00'),
        (2, '2024-01-02 10:00:00.000000', '07:30:00.000000', '2024-01-02 10:00:00.000000'),
        (3, '2024-01-02T10:00:00', '07:30', '2024-01-02T12:00:00+02:00'),
        (4, '2024-01-02T10:00:00Z', '07:30Z', '2024-01-02T10:00:00Z'),
        (5, '2024-01-02 10:00', '07:30:00.000', '2024-01-02 05:00-05:00'),
        (6, '2024-01-02T10:00:00.000Z', '07:30:00Z', '2024-01-02T10:00:00.000Z'),
        (7, '2024-01-02T09:59:59.999999', '07:29:59.999999', '2024-01-02T10:59:59.999999+01:00'),
        (8, '2024-01-02 10:00:00.5', '07:30:00.5', '2024-01-02 10:00:00.5'),
        (9, '2024-01-01 23:00:00', '06:00:00', '2024-01-02 10:00:00+14:00'),
        (10, '2024-01-03T00:00:00', '08:00', '2024-01-02 23:00:00-01:00'),
        (11, NULL, NULL, NULL);
";

fn server() -> Server {
    watch(&format!("{TABLE}{ROWS}"), |services| {
        services.service(Visit::api_scope());
    })
}

fn found(server: &Server, query: &str) -> String {
    server.get(&format!("/api/visit?{query}&page[size]=0")).ids()
}

const CASES: [(&str, &str); 10] = [
    ("[eq]", "1 2 3 4 5 6"),
    ("", "1 2 3 4 5 6"),
    ("[ne]", "7 8 9 10"),
    ("[gt]", "8 10"),
    ("[ge]", "1 2 3 4 5 6 8 10"),
    ("[lt]", "7 9"),
    ("[le]", "1 2 3 4 5 6 7 9"),
    ("[in]", "1 2 3 4 5 6"),
    ("[not_in]", "7 8 9 10"),
    ("[is_not_null]", "1 2 3 4 5 6 7 8 9 10"),
];

#[test]
fn are_found_by_what_is_shown() {
    let server = server();
    for name in ["joined", "hour", "seen"] {
        let shown = server.get("/api/visit/2").attributes()[name].as_str().expect("a text").to_owned();
        for (operator, ids) in CASES {
            let value = if operator == "[is_not_null]" { "1" } else { &shown };
            assert_eq!(found(&server, &format!("filter[{name}]{operator}={value}")), ids, "{name}{operator}={value}");
        }
    }
    let between = "filter[joined][between]=2024-01-02T10:00:00,2024-01-02T10:00:00.5";
    assert_eq!(found(&server, between), "1 2 3 4 5 6 8");
    let objects = encode(r#"[{"name":"joined","op":"eq","val":"2024-01-02T10:00:00"}]"#);
    assert_eq!(found(&server, &format!("filter[objects]={objects}")), "1 2 3 4 5 6");
}

#[test]
fn are_in_order_by_what_they_mean() {
    let server = server();
    let expected = "11 9 7 1 2 3 4 5 6 8 10";
    for name in ["joined", "hour", "seen"] {
        assert_eq!(found(&server, &format!("sort={name}")), expected, "{name}");
    }
    assert_eq!(found(&server, "sort=-joined"), "10 8 1 2 3 4 5 6 7 9 11");
}

#[test]
fn are_in_the_order_of_an_index_where_they_are_spelt_alike() {
    let rows = "INSERT INTO visit (id, joined) VALUES
        (1, '2024-01-02 10:00:00.000000'), (2, '2024-01-02 09:00:00'), (3, '2024-01-02 10:00:00.5');";
    let server = watch(&format!("{TABLE}{rows}"), |services| {
        services.service(Visit::api_scope());
    });
    assert_eq!(found(&server, "sort=joined"), "2 1 3");
    statements(&server);
    assert_eq!(found(&server, "sort=joined"), "2 1 3");
    let run = statements(&server);
    let is_plain = |sql: &&String| sql.contains("ORDER BY `visit`.`joined`, `visit`.`id`");
    assert_eq!(run.iter().filter(is_plain).count(), 1, "{run:#?}");
}

#[test]
fn are_searched_by_an_index() {
    let server = server();
    statements(&server);
    found(&server, "filter[joined]=2024-01-02T10:00:00");
    let run = statements(&server);
    let sql = run[0].split(" -- ").next().unwrap_or_default().replace('?', "'2024-01-02 10:00:00'");
    let condition = sql.split(" WHERE ").nth(1).and_then(|rest| rest.split(" ORDER BY ").next()).expect("a condition");
    let condition = condition.replace("restless_goes_on() AND ", "").replace("restless_moment(", "lower(");
    let plan = format!("EXPLAIN QUERY PLAN SELECT id FROM visit WHERE {condition}");
    let rows = plan_of(&server, &plan);
    assert!(rows.contains("visit_joined"), "{condition}: {rows}");
}

fn plan_of(server: &Server, query: &str) -> String {
    use diesel::prelude::*;
    use diesel::sql_types::Text;
    #[derive(QueryableByName)]
    struct Step {
        #[diesel(sql_type = Text)]
        detail: String,
    }
    let steps: Vec<Step> = diesel::sql_query(query).load(&mut server.connection()).expect("a plan");
    steps.into_iter().map(|step| step.detail).collect::<Vec<_>>().join("; ")
}

#[test]
fn that_restless_writes_are_found_as_well() {
    let server = server();
    let attributes =
        json!({"joined": "2024-05-06T07:08:09.250", "hour": "07:08:09", "seen": "2024-05-06T07:08:09+02:00"});
    let created = server.post("/api/visit", &json!({"data": {"type": "visit", "attributes": attributes}}));
    assert_eq!(created.status, 201, "{created:#?}");
    for name in ["joined", "hour", "seen"] {
        let shown = created.attributes()[name].as_str().expect("a text").to_owned();
        assert_eq!(found(&server, &format!("filter[{name}]={shown}")), "12", "{name}={shown}");
        assert_eq!(found(&server, &format!("filter[{name}][gt]={shown}&filter[id]=12")), "", "{name}");
    }
}
