//! Types of the application: a newtype and an enum.

use diesel::backend::Backend;
use diesel::deserialize::{self, FromSql, FromSqlRow};
use diesel::expression::AsExpression;
use diesel::serialize::{self, Output, ToSql};
use diesel::sql_types::{Double, Text};
use restless_actix::prelude::*;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::expected::{at_parameter, collection, document, error, invalid_value, resource};
use crate::server::Server;

diesel::table! {
    kettle (id) {
        id -> Integer,
        temperature -> Double,
        colour -> Text,
        second_colour -> Nullable<Text>,
    }
}

#[derive(Restless)]
#[diesel(table_name = kettle)]
#[restless(methods(GET, POST, PATCH))]
struct Kettle {
    id: i32,
    temperature: Celsius,
    colour: Colour,
    second_colour: Option<Colour>,
}

/// A temperature; none is below absolute zero.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, AsExpression, FromSqlRow)]
#[diesel(sql_type = Double)]
#[serde(try_from = "f64")]
struct Celsius(f64);

impl TryFrom<f64> for Celsius {
    type Error = &'static str;

    fn try_from(degrees: f64) -> Result<Self, Self::Error> {
        if degrees < -273.15 { Err("must not be below absolute zero") } else { Ok(Self(degrees)) }
    }
}

impl<DB: Backend> ToSql<Double, DB> for Celsius
where
    f64: ToSql<Double, DB>,
{
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, DB>) -> serialize::Result {
        self.0.to_sql(out)
    }
}

impl<DB: Backend> FromSql<Double, DB> for Celsius
where
    f64: FromSql<Double, DB>,
{
    fn from_sql(bytes: DB::RawValue<'_>) -> deserialize::Result<Self> {
        f64::from_sql(bytes).map(Self)
    }
}

#[derive(Debug, Clone, Copy, Serialize, Deserialize, AsExpression, FromSqlRow)]
#[diesel(sql_type = Text)]
#[serde(rename_all = "kebab-case")]
enum Colour {
    Red,
    DarkGreen,
}

impl<DB: Backend> ToSql<Text, DB> for Colour
where
    str: ToSql<Text, DB>,
{
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, DB>) -> serialize::Result {
        let name = match self {
            Colour::Red => "R",
            Colour::DarkGreen => "DG",
        };
        name.to_sql(out)
    }
}

impl<DB: Backend> FromSql<Text, DB> for Colour
where
    String: FromSql<Text, DB>,
{
    fn from_sql(bytes: DB::RawValue<'_>) -> deserialize::Result<Self> {
        match String::from_sql(bytes)?.as_str() {
            "R" => Ok(Colour::Red),
            "DG" => Ok(Colour::DarkGreen),
            other => Err(format!("the enum Colour has no {other}").into()),
        }
    }
}

fn server() -> Server {
    let schema = "
        CREATE TABLE kettle (id INTEGER PRIMARY KEY, temperature DOUBLE NOT NULL, colour TEXT NOT NULL, second_colour TEXT);
        INSERT INTO kettle VALUES (1, 20.5, 'R', NULL), (2, 99, 'DG', 'R');
    ";
    Server::start(schema, |services| {
        services.service(Kettle::api_scope());
    })
}

fn sent(attributes: &Value) -> Value {
    json!({"data": {"type": "kettle", "attributes": attributes}})
}

#[test]
fn travel_as_serde_writes_them() {
    let server = server();
    let attributes = json!({"temperature": 36.6, "colour": "dark-green", "second_colour": "red"});
    let expected = document("/api/kettle/3", &resource("kettle", "3", &attributes));
    server.post("/api/kettle", &sent(&attributes)).is(201, &expected);
    server.get("/api/kettle/3").is(200, &expected);
    assert_eq!(server.line("SELECT colour || second_colour AS value FROM kettle WHERE id = 3"), "DGR");
}

#[test]
fn are_filtered_as_serde_reads_them() {
    let server = server();
    let first = resource("kettle", "1", &json!({"temperature": 20.5, "colour": "red", "second_colour": null}));
    let second = resource("kettle", "2", &json!({"temperature": 99.0, "colour": "dark-green", "second_colour": "red"}));
    let both = [first.clone(), second.clone()];
    let cases = [
        ("filter%5Bcolour%5D=red", &both[..1]),
        ("filter%5Bcolour%5D=red,dark-green", &both[..]),
        ("filter%5Bsecond_colour%5D=red", &both[1..]),
        ("filter%5Btemperature%5D=99", &both[1..]),
        ("filter%5Btemperature%5D=20.5,99.0", &both[..]),
    ];
    for (query, expected) in cases {
        server.get(&format!("/api/kettle?{query}")).is(200, &collection("/api/kettle", query, expected));
    }
}

#[test]
fn say_what_they_expect() {
    let server = server();
    let answer = server.post("/api/kettle", &sent(&json!({"colour": "blue", "second_colour": 5, "temperature": -300})));
    let errors = [
        invalid_value("colour", "colour: expected one of \"red\", \"dark-green\", found \"blue\""),
        invalid_value("second_colour", "second_colour: expected one of \"red\", \"dark-green\", found 5"),
        invalid_value("temperature", "temperature: must not be below absolute zero"),
    ];
    answer.refuses(400, &errors);
    let detail = "filter[colour]: expected one of \"red\", \"dark-green\", found \"Red\"";
    server.get("/api/kettle?filter[colour]=Red").refuses(400, &[at_parameter("filter[colour]", detail)]);
    let answer = server.post("/api/kettle", &sent(&json!({"colour": "red", "temperature": "hot"})));
    answer.refuses(400, &[invalid_value("temperature", "temperature: expected a number, found \"hot\"")]);
}

#[test]
fn are_the_servers_fault_when_the_database_holds_what_they_cannot_read() {
    // E09
    let server = server();
    server.execute("UPDATE kettle SET colour = 'X' WHERE id = 1");
    let detail = "the resource of type \"kettle\" with the id \"1\" cannot be shown: \
                  colour: the database holds a value that is not one of the attribute's";
    let mut unreadable = error(500, "Unreadable value", detail);
    unreadable["code"] = json!("unreadable_value");
    server.get("/api/kettle/1").refuses(500, &[unreadable.clone()]);
    server.get("/api/kettle").refuses(500, &[unreadable]);
    assert_eq!(server.get("/api/kettle/2").status, 200);
}
