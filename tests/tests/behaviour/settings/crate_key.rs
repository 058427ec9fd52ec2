//! `crate`: where the generated code finds restless.

use serde_json::json;

use crate::expected::{document, resource};
use crate::server::Server;

mod inner {
    pub use restless_actix as renamed;
}

use inner::renamed::prelude::*;

diesel::table! {
    leaf (id) {
        id -> Integer,
        name -> Text,
    }
}

#[derive(Restless)]
#[diesel(table_name = leaf)]
#[restless(crate = "crate::settings::crate_key::inner::renamed")]
struct Leaf {
    id: i32,
    name: String,
}

#[test]
fn names_the_crate_under_another_path() {
    let schema = "CREATE TABLE leaf (id INTEGER PRIMARY KEY, name TEXT NOT NULL); INSERT INTO leaf VALUES (1, 'oak')";
    let server = Server::start(schema, |services| {
        services.service(Leaf::api_scope());
    });
    server.get("/api/leaf/1").is(200, &document("/api/leaf/1", &resource("leaf", "1", &json!({"name": "oak"}))));
}
