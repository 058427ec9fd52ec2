//! `with`, `serialize_with`, `deserialize_with` and `default` of serde.

use restless_actix::prelude::*;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::server::Server;

diesel::table! {
    paint (id) {
        id -> Integer,
        colour -> Integer,
        price -> Integer,
        made -> Timestamp,
        grade -> Integer,
        label -> Text,
        remark -> Nullable<Text>,
        base_id -> Nullable<Integer>,
    }
}

#[derive(Restless)]
#[diesel(table_name = paint)]
#[restless(methods(GET, POST, PATCH))]
struct Paint {
    #[serde(default)]
    id: i32,
    #[serde(with = "hex")]
    colour: i32,
    #[serde(serialize_with = "cents", deserialize_with = "euros", default = "dear")]
    price: i32,
    #[serde(with = "chrono::naive::serde::ts_seconds", default)]
    made: chrono::NaiveDateTime,
    #[serde(default)]
    grade: i32,
    #[serde(skip_deserializing, default = "label")]
    label: String,
    #[serde(default)]
    #[restless(default = something)]
    remark: Option<String>,
}

/// Its defaults are those of the struct; a key and a foreign key have none, nor has what no client sends.
#[derive(Serialize, Deserialize, Restless)]
#[diesel(table_name = paint)]
#[serde(default)]
#[restless(methods(GET, POST), collection_name = "coat", belongs_to(base: Self, foreign_key = base_id))]
struct Coat {
    id: i32,
    colour: i32,
    price: i32,
    #[serde(default = "grade")]
    grade: i32,
    #[restless(read_only)]
    label: String,
    made: chrono::NaiveDateTime,
    base_id: Option<i32>,
}

impl Default for Coat {
    fn default() -> Self {
        let made = chrono::NaiveDateTime::default();
        Self { id: 1, colour: 5, price: 7, grade: 0, label: "of the struct".to_owned(), made, base_id: Some(99) }
    }
}

/// Its defaults are those of a struct that a function makes.
#[derive(Restless)]
#[diesel(table_name = paint)]
#[serde(default = "Varnish::usual")]
#[restless(methods(GET, POST), collection_name = "varnish")]
struct Varnish {
    id: i32,
    colour: i32,
    price: i32,
    made: chrono::NaiveDateTime,
}

impl Varnish {
    fn usual() -> Self {
        Self { id: 1, colour: 11, price: 12, made: chrono::NaiveDateTime::default() }
    }
}

mod hex {
    use serde::{Deserialize as _, Deserializer, Serializer};

    #[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands references")]
    pub fn serialize<S: Serializer>(value: &i32, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&format!("#{value:06x}"))
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<i32, D::Error> {
        let text = String::deserialize(deserializer)?;
        let digits = text.strip_prefix('#').unwrap_or_default();
        i32::from_str_radix(digits, 16).map_err(|_| serde::de::Error::custom("expected a colour such as \"#ff0000\""))
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands references")]
fn cents<S: serde::Serializer>(value: &i32, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_i32(value / 100)
}

fn euros<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<i32, D::Error> {
    i32::deserialize(deserializer).map(|euros| euros * 100)
}

fn dear() -> i32 {
    9900
}

fn grade() -> i32 {
    8
}

fn label() -> String {
    "made here".to_owned()
}

#[expect(clippy::unnecessary_wraps, reason = "a default has the type of its field")]
fn something() -> Option<String> {
    Some("restless".to_owned())
}

fn server() -> Server {
    let schema = "
        CREATE TABLE paint (
            id INTEGER PRIMARY KEY, colour INTEGER NOT NULL, price INTEGER NOT NULL, made TIMESTAMP NOT NULL,
            grade INTEGER NOT NULL DEFAULT 3, label VARCHAR(40) NOT NULL DEFAULT 'of the database', remark TEXT,
            base_id INTEGER REFERENCES paint (id)
        );
    ";
    Server::start(schema, |services| {
        services.service(Paint::api_scope()).service(Coat::api_scope()).service(Varnish::api_scope());
    })
}

fn create(server: &Server, collection: &str, attributes: &Value) -> Value {
    let sent = json!({"data": {"type": collection, "attributes": attributes}});
    let answer = server.post(&format!("/api/{collection}"), &sent);
    assert_eq!(answer.status, 201, "{answer:#?}");
    answer.attributes()
}

#[test]
fn carry_values_both_ways() {
    let server = server();
    let sent = json!({"colour": "#00ff80", "price": 12, "made": 86_400, "grade": 1});
    let shown = json!({
        "colour": "#00ff80", "price": 12, "made": 86_400, "grade": 1, "label": "made here", "remark": "restless"
    });
    assert_eq!(create(&server, "paint", &sent), shown);
    assert_eq!(server.line("SELECT colour AS value FROM paint"), "65408");
    assert_eq!(server.line("SELECT price AS value FROM paint"), "1200");
    for query in ["filter[colour]=%2300ff80", "filter[price]=12", "filter[made]=86400"] {
        assert_eq!(server.get(&format!("/api/paint?{query}")).ids(), "1", "{query}");
    }
    let classic = server.request("GET", "/api/paint/1").header("Accept", "application/json").send_to_anyone();
    assert_eq!(classic.json()["colour"], "#00ff80");

    let sent = json!({"data": {"type": "paint", "attributes": {"colour": "red"}}});
    let answer = server.post("/api/paint", &sent);
    assert_eq!(answer.json()["errors"][0]["source"]["pointer"], "/data/attributes/colour", "{answer:#?}");
}

#[test]
fn are_made_where_a_client_leaves_them_out() {
    let server = server();
    let made = json!({
        "colour": "#000001", "price": 99, "made": 0, "grade": 0, "label": "made here", "remark": "restless"
    });
    assert_eq!(create(&server, "paint", &json!({"colour": "#000001"})), made);
    // The key is the database's all the same.
    assert_eq!(create(&server, "paint", &json!({"colour": "#000001"})), made);
    assert_eq!(server.line("SELECT id AS value FROM paint ORDER BY id"), "1 2");
    let classic = server.request("POST", "/api/paint").header("Content-Type", "application/json");
    let classic = classic.body(json!({"colour": "#000001"}).to_string()).send_to_anyone();
    assert_eq!((classic.status, &classic.json()["price"]), (201, &json!(99)), "{classic:#?}");
}

#[test]
fn are_those_of_the_struct() {
    let server = server();
    let coat = json!({"colour": 5, "price": 7, "grade": 8, "label": "of the database", "made": "1970-01-01T00:00:00"});
    for _ in 0..2 {
        assert_eq!(create(&server, "coat", &json!({})), coat);
    }
    assert_eq!(server.line("SELECT base_id AS value FROM paint"), "null null");
    let varnish = create(&server, "varnish", &json!({"price": 1}));
    assert_eq!(varnish, json!({"colour": 11, "price": 1, "made": "1970-01-01T00:00:00"}));
}
