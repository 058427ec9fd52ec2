//! `rename_all`.

use restless_actix::prelude::*;
use serde_json::json;

use crate::expected::{document, resource};
use crate::server::Server;

diesel::table! {
    thing (id) {
        id -> Integer,
        the_name -> Nullable<Text>,
    }
}

#[derive(Restless)]
#[diesel(table_name = thing)]
#[restless(collection_name = "camel", rename_all = "camelCase")]
struct Camel {
    id: i32,
    the_name: Option<String>,
}

#[derive(Restless)]
#[diesel(table_name = thing)]
#[restless(collection_name = "kebab", rename_all = "kebab-case")]
struct Kebab {
    id: i32,
    the_name: Option<String>,
}

#[derive(Restless)]
#[diesel(table_name = thing)]
#[restless(collection_name = "pascal", rename_all = "PascalCase")]
struct Pascal {
    id: i32,
    the_name: Option<String>,
}

#[derive(Restless)]
#[diesel(table_name = thing)]
#[restless(collection_name = "screaming", rename_all = "SCREAMING_SNAKE_CASE")]
struct Screaming {
    id: i32,
    the_name: Option<String>,
}

fn server() -> Server {
    let schema = "CREATE TABLE thing (id INTEGER PRIMARY KEY, the_name TEXT); INSERT INTO thing VALUES (1, 'x')";
    Server::start(schema, |services| {
        services.service(Camel::api_scope()).service(Kebab::api_scope());
        services.service(Pascal::api_scope()).service(Screaming::api_scope());
    })
}

#[track_caller]
fn shows(type_name: &str, attribute: &str) {
    let path = format!("/api/{type_name}/1");
    let expected = document(&path, &resource(type_name, "1", &json!({attribute: "x"})));
    server().get(&path).is(200, &expected);
}

#[test]
fn spells_names_as_serde_does() {
    shows("camel", "theName");
    shows("kebab", "the-name");
}

#[test]
fn leaves_the_id_alone() {
    // D15: the key called `id` is no attribute, however names are spelt.
    shows("pascal", "TheName");
    shows("screaming", "THE_NAME");
}
