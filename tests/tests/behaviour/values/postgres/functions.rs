//! Functions of PostgreSQL's own types.

use std::io::Write as _;

use diesel::connection::SimpleConnection as _;
use diesel::deserialize::{self, FromSql, FromSqlRow};
use diesel::expression::AsExpression;
use diesel::pg::{Pg, PgValue};
use diesel::serialize::{self, IsNull, Output, ToSql};
use restless_actix::prelude::*;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::super::{evaluate, evaluate_all};
use super::server;
use crate::backends::Backend;
use crate::expected::at_parameter;
use crate::server::Server;

const FIELDS: [&str; 31] = [
    "id", "uuid", "amount", "price", "json", "jsonb", "span", "pg_span", "instant", "moment", "day", "hour", "bytes",
    "folded", "mood", "address", "network", "numbers", "texts", "days", "uuids", "amounts", "binaries", "instants",
    "spans", "moods", "small", "large", "single", "double", "text",
];

fn value(values: &[(String, Value)], name: &str) -> Value {
    let found = values.iter().find(|(found, _)| found == name);
    found.map_or_else(|| json!("refused"), |(_, value)| value.clone())
}

#[test]
fn are_evaluated_or_refused() {
    let Some(server) = server() else { return };
    evaluate_all(&server, &FIELDS);
    server.execute(
        "INSERT INTO sample (amount, span, pg_span, instant, folded, mood, address, numbers, json, single, large)
        VALUES (1.10, '1 day', '2 hours', '2024-02-29 13:37:00+02', 'b', 'sad', '10.0.0.1', '{1}', '{}', 0.1, 1),
            (2.30, '2 days', '1 hour', '2024-03-01 00:00:00+00', 'A', 'happy', '10.0.0.2', '{2}', '{}', 0.2, 2)",
    );
    let values = evaluate_all(&server, &FIELDS);
    let cases = [
        ("sum__amount", json!("3.40")),
        ("avg__amount", json!("1.7")),
        ("sum__span", json!(259_200)),
        ("avg__span", json!(129_600)),
        ("max__pg_span", json!(7200)),
        ("min__instant", json!("2024-02-29T11:37:00Z")),
        ("min__folded", json!("A")),
        ("sum__single", json!(0.3)),
        ("count__mood", json!(2)),
        ("count__json", json!(2)),
        ("count__numbers", json!(2)),
    ];
    for (name, expected) in cases {
        let found = value(&values, name);
        let is_close = found.as_f64().zip(expected.as_f64()).is_some_and(|(one, other)| (one - other).abs() < 1e-6);
        assert!(is_close || found == expected, "{name}: {found}");
    }
    for name in ["min__mood", "max__address", "min__uuid", "max__numbers", "min__bytes", "min__jsonb", "stddev__span"] {
        assert_eq!(value(&values, name), "refused", "{name}");
    }
    let groups = evaluate(&server, "sum", "large", "&group=mood&sort=-mood");
    assert_eq!(groups.data(), json!([{"mood": "happy", "sum__large": 2}, {"mood": "sad", "sum__large": 1}]));
}

#[test]
fn of_what_no_number_is() {
    let Some(server) = server() else { return };
    server.execute(
        "INSERT INTO sample (amount, single, \"double\", day, moment, span) VALUES
            ('NaN', 'Infinity', '-Infinity', 'infinity', '-infinity', '178000000 years'),
            (1, 1, 1, '2024-01-01', '2024-01-01', '178000000 years')",
    );
    let values = evaluate_all(&server, &FIELDS);
    let cases = [
        ("sum__amount", json!("NaN")),
        ("sum__single", Value::Null),
        ("min__double", Value::Null),
        ("max__day", json!("infinity")),
        ("min__moment", json!("-infinity")),
    ];
    for (name, expected) in cases {
        assert_eq!(value(&values, name), expected, "{name}");
    }
    let overflow = evaluate(&server, "sum", "span", "");
    assert_eq!(overflow.status, 400, "{overflow:#?}");
    assert_eq!(overflow.json()["errors"][0]["source"]["parameter"], "functions");
}

diesel::table! {
    use diesel::sql_types::*;
    use super::PointType;

    thing (id) {
        id -> Integer,
        place -> Oid,
        point -> PointType,
    }
}

/// A type that PostgreSQL knows no order of.
#[derive(diesel::sql_types::SqlType, diesel::query_builder::QueryId)]
#[diesel(postgres_type(name = "point"))]
pub struct PointType;

/// The bytes of two doubles.
#[derive(Debug, Serialize, Deserialize, AsExpression, FromSqlRow)]
#[diesel(sql_type = PointType)]
struct Point(Vec<u8>);

impl ToSql<PointType, Pg> for Point {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Pg>) -> serialize::Result {
        out.write_all(&self.0)?;
        Ok(IsNull::No)
    }
}

impl FromSql<PointType, Pg> for Point {
    fn from_sql(value: PgValue<'_>) -> deserialize::Result<Self> {
        Ok(Self(value.as_bytes().to_vec()))
    }
}

#[derive(Restless)]
#[diesel(table_name = thing, check_for_backend(diesel::pg::Pg))]
struct Thing {
    id: i32,
    place: u32,
    point: Point,
}

fn things() -> Option<Server> {
    if Backend::current() != Backend::Postgres {
        return None;
    }
    let server = Server::start("CREATE TABLE unused (id INTEGER PRIMARY KEY)", |services| {
        services.service(Thing::api().collection_name("sample").allow_functions().scope());
    });
    let schema = "CREATE TABLE thing (id INTEGER PRIMARY KEY, place oid NOT NULL, point point NOT NULL)";
    server.connection().batch_execute(schema).expect("a valid schema");
    server.execute("INSERT INTO thing VALUES (1, 4294967295, '(1,2)'), (2, 1, '(3,4)')");
    Some(server)
}

#[test]
fn of_object_identifiers_are_numbers() {
    let Some(server) = things() else { return };
    let values = evaluate_all(&server, &["id", "place", "point"]);
    assert_eq!(value(&values, "sum__place"), json!(4_294_967_296_u64));
    assert_eq!(value(&values, "avg__place"), json!(2_147_483_648.0));
    assert_eq!(value(&values, "max__place"), json!(4_294_967_295_u32));
    assert_eq!(value(&values, "count__point"), json!(2));
}

#[test]
fn of_what_has_neither_order_nor_equality_are_refused() {
    let Some(server) = things() else { return };
    let group = server.get("/api/eval/sample?q={}&group=point");
    let detail = "group: the database cannot tell whether values of one of the attributes are equal";
    group.refuses(400, &[at_parameter("group", detail)]);
    let bytes = format!("[{}]", vec!["0"; 16].join(","));
    for query in ["sort=point", &format!("filter[point]={bytes}")] {
        assert_eq!(server.get(&format!("/api/sample?{query}")).status, 400, "{query}");
    }
}
