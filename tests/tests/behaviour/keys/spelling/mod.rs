//! Keys that may be spelt in several ways: the database decides which are the same, and the row how it is told.

mod classic;
mod reading;
mod uuid;
mod writing;

use restless_actix::prelude::*;
use serde_json::{Value, json};

use crate::client::Answer;
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

diesel::table! {
    club (name) {
        name -> Text,
        founded -> Integer,
    }
}

diesel::table! {
    club_country (club_name, country_code) {
        club_name -> Text,
        country_code -> Text,
    }
}

#[derive(Restless)]
#[diesel(table_name = country, primary_key(code))]
#[restless(methods(GET, POST, PATCH, DELETE), allow_client_generated_ids)]
#[restless(allow_to_many_replacement, allow_delete_from_to_many_relationships)]
#[restless(has_many(cities: City, foreign_key = city::country_code))]
#[restless(many_to_many(
    clubs: Club,
    through = club_country,
    foreign_key = country_code,
    target_key = club_name
))]
struct Country {
    code: String,
    name: String,
}

#[derive(Restless)]
#[diesel(table_name = city)]
#[restless(methods(GET, POST, PATCH, DELETE), belongs_to(country: Country, foreign_key = country_code))]
struct City {
    id: i32,
    name: String,
    country_code: Option<String>,
}

#[derive(Restless)]
#[diesel(table_name = club, primary_key(name))]
#[restless(methods(GET, POST, PATCH, DELETE), allow_client_generated_ids)]
#[restless(allow_to_many_replacement, allow_delete_from_to_many_relationships)]
#[restless(many_to_many(
    countries: Country,
    through = club_country,
    foreign_key = club_name,
    target_key = country_code
))]
struct Club {
    name: String,
    founded: i32,
}

/// Two countries; their cities and clubs call them by other spellings.
const SCHEMA: &str = "
    CREATE TABLE country (code TEXT COLLATE NOCASE PRIMARY KEY NOT NULL, name TEXT NOT NULL);
    CREATE TABLE city (
        id INTEGER PRIMARY KEY, name TEXT NOT NULL, country_code TEXT COLLATE NOCASE REFERENCES country (code)
    );
    CREATE TABLE club (name TEXT COLLATE NOCASE PRIMARY KEY NOT NULL, founded INTEGER NOT NULL);
    CREATE TABLE club_country (
        club_name TEXT COLLATE NOCASE NOT NULL REFERENCES club (name),
        country_code TEXT COLLATE NOCASE NOT NULL REFERENCES country (code),
        PRIMARY KEY (club_name, country_code)
    );
    INSERT INTO country VALUES ('DE', 'Germany'), ('fr', 'France');
    INSERT INTO city VALUES (1, 'Bonn', 'de'), (2, 'Paris', 'FR'), (3, 'Atlantis', NULL);
    INSERT INTO club VALUES ('EU', 1993), ('Nato', 1949);
    INSERT INTO club_country VALUES ('eu', 'de'), ('EU', 'FR'), ('NATO', 'dE');
";

fn server() -> Server {
    Server::start(SCHEMA, |services| {
        let api = Api::new("/api").resource(Country::api()).resource(City::api()).resource(Club::api());
        services.service(api.scope());
    })
}

fn country(code: &str, name: &str) -> Value {
    resource("country", code, &json!({"code": code, "name": name}), &[("cities", None), ("clubs", None)])
}

fn city(id: u32, name: &str, country: Option<&str>) -> Value {
    let country = country.map_or(Value::Null, |code| json!({"type": "country", "id": code}));
    resource("city", &id.to_string(), &json!({"name": name}), &[("country", Some(country))])
}

fn identifiers(type_name: &str, ids: &[&str]) -> Value {
    ids.iter().map(|id| json!({"type": type_name, "id": id})).collect()
}

/// The same resource, with the linkage of a to-many relationship.
fn linked(mut resource: Value, name: &str, type_name: &str, ids: &[&str]) -> Value {
    resource["relationships"][name]["data"] = identifiers(type_name, ids);
    resource
}

/// A change that wants no more answer than it needs.
fn send(server: &Server, method: &str, path: &str, data: &Value) -> Answer {
    let request = server.request(method, path).header("Prefer", "return=minimal");
    request.document(&json!({"data": data})).send()
}

/// Takes a member out at its own URL, which there is in the classic format alone.
fn take_out(server: &Server, path: &str) {
    let answer = server.request("DELETE", path).header("Accept", "application/json").send_to_anyone();
    assert_eq!(answer.status, 204, "{answer:#?}");
}
