//! Keys that are texts.

use restless_actix::prelude::*;
use serde_json::json;

use super::Pair;
use crate::expected::document;
use crate::relationships::shown::resource;
use crate::server::Server;

diesel::table! {
    country (code) {
        code -> Text,
        name -> Text,
    }
}

diesel::table! {
    city (id) {
        id -> Integer,
        name -> Text,
        country_code -> Nullable<Text>,
    }
}

#[derive(Restless)]
#[diesel(table_name = country, primary_key(code))]
#[restless(methods(GET, POST, PATCH), has_many(children: City, foreign_key = city::country_code))]
#[restless(allow_to_many_replacement, allow_delete_from_to_many_relationships)]
struct Country {
    code: String,
    name: String,
}

#[derive(Restless)]
#[diesel(table_name = city)]
#[restless(methods(GET, POST, PATCH), belongs_to(parent: Country, foreign_key = country_code))]
struct City {
    id: i32,
    name: String,
}

fn pair() -> Pair {
    let schema = "
        CREATE TABLE country (code TEXT PRIMARY KEY, name TEXT NOT NULL) STRICT;
        CREATE TABLE city (
            id INTEGER PRIMARY KEY, name TEXT NOT NULL, country_code TEXT REFERENCES country (code)
        ) STRICT;
        INSERT INTO country VALUES ('de', 'Germany'), ('a b/c', 'Elsewhere'), ('7', 'Seven');
        INSERT INTO city VALUES (1, 'Bonn', 'de'), (2, 'Nowhere', 'a b/c');
    ";
    let server = Server::start(schema, |services| {
        services.service(Api::new("/api").resource(Country::api()).resource(City::api()).scope());
    });
    Pair { server, parents: "country", children: "city", ids: ["de", "a%20b%2Fc", "7"] }
}

#[test]
fn of_text_lead_both_ways() {
    pair().check();
}

#[test]
fn of_text_stand_encoded_in_links() {
    let server = pair().server;
    let parent = Some(json!({"type": "country", "id": "a b/c"}));
    let nowhere = resource("city", "2", &json!({"name": "Nowhere"}), &[("parent", parent)]);
    server.get("/api/city/2").is(200, &document("/api/city/2", &nowhere));
    let links = server.get("/api/country/a%20b%2Fc").data()["relationships"]["children"]["links"].clone();
    assert_eq!(links["self"], "/api/country/a%20b%2Fc/relationships/children");
    assert_eq!(server.get(links["self"].as_str().expect("a link")).ids(), "2");
}
