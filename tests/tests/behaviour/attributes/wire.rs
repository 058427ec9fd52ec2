//! `serialize_with` and `deserialize_with`.

use restless_actix::prelude::*;
use serde::Serializer;
use serde_json::json;

use crate::expected::{at_parameter, at_pointer, collection, document, resource};
use crate::server::Server;

diesel::table! {
    paint (id) {
        id -> Integer,
        colour -> Integer,
        price -> Integer,
    }
}

#[derive(Restless)]
#[diesel(table_name = paint)]
#[restless(methods(GET, POST, PATCH))]
struct Paint {
    id: i32,
    #[restless(serialize_with = hex::write, deserialize_with = hex::read)]
    colour: i32,
    #[restless(serialize_with = cents)]
    price: i32,
}

mod hex {
    use serde::{Deserializer, Serializer};

    #[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands references")]
    pub fn write<S: Serializer>(value: &i32, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&format!("#{value:06x}"))
    }

    pub fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<i32, D::Error> {
        let text: String = serde::Deserialize::deserialize(deserializer)?;
        let digits = text.strip_prefix('#').unwrap_or_default();
        i32::from_str_radix(digits, 16).map_err(|_| serde::de::Error::custom("expected a colour such as \"#ff0000\""))
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands references")]
fn cents<S: Serializer>(value: &i32, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&format!("{}.{:02}", value / 100, value % 100))
}

fn server() -> Server {
    Server::start(
        "CREATE TABLE paint (id INTEGER PRIMARY KEY, colour INTEGER NOT NULL, price INTEGER NOT NULL)",
        |services| {
            services.service(Paint::api_scope());
        },
    )
}

#[test]
fn carry_the_values_both_ways() {
    let server = server();
    let sent = json!({"data": {"type": "paint", "attributes": {"colour": "#00ff80", "price": 1205}}});
    let paint = resource("paint", "1", &json!({"colour": "#00ff80", "price": "12.05"}));
    server.post("/api/paint", &sent).is(201, &document("/api/paint/1", &paint));
    assert_eq!(server.line("SELECT colour AS value FROM paint"), "65408");
    for value in ["%2300ff80", "%230000ff,%2300ff80"] {
        let answer = server.get(&format!("/api/paint?filter[colour]={value}"));
        answer.is(200, &collection("/api/paint", &format!("filter%5Bcolour%5D={value}"), std::slice::from_ref(&paint)));
    }
}

#[test]
fn say_themselves_what_is_wrong() {
    let server = server();
    let sent = json!({"data": {"type": "paint", "attributes": {"colour": "red", "price": 1}}});
    let answer = server.post("/api/paint", &sent);
    let detail = answer.json()["errors"][0]["detail"].as_str().expect("a detail").to_owned();
    assert!(detail.starts_with("colour: "), "{detail}");
    answer.refuses(400, &[at_pointer(400, "Invalid value", &detail, "/data/attributes/colour")]);

    let answer = server.get("/api/paint?filter[colour]=red");
    let detail = answer.json()["errors"][0]["detail"].as_str().expect("a detail").to_owned();
    answer.refuses(400, &[at_parameter("filter[colour]", &detail)]);
}
