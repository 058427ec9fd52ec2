//! Keys of the type `citext`, which takes capital letters for small ones.

use diesel::connection::SimpleConnection as _;
use restless_actix::prelude::*;
use serde_json::json;

use crate::backends::Backend;
use crate::expected::{document, resource};
use crate::server::Server;

diesel::table! {
    use diesel::sql_types::{Citext, Text};

    nation (code) {
        code -> Citext,
        name -> Text,
    }
}

diesel::table! {
    use diesel::sql_types::{Citext, Integer, Nullable};

    town (id) {
        id -> Integer,
        nation_code -> Nullable<Citext>,
    }
}

#[derive(Restless)]
#[diesel(table_name = nation, primary_key(code), check_for_backend(diesel::pg::Pg))]
#[restless(methods(GET, POST, PATCH, DELETE), allow_client_generated_ids, allow_to_many_replacement)]
#[restless(has_many(towns: Town, foreign_key = town::nation_code))]
struct Nation {
    code: String,
    name: String,
}

#[derive(Restless)]
#[diesel(table_name = town, check_for_backend(diesel::pg::Pg))]
#[restless(methods(GET, POST, PATCH), belongs_to(nation: Nation, foreign_key = nation_code))]
struct Town {
    id: i32,
}

const SCHEMA: &str = "
    BEGIN;
    SELECT pg_advisory_xact_lock(4);
    CREATE EXTENSION IF NOT EXISTS citext SCHEMA public;
    COMMIT;
    CREATE TABLE nation (code CITEXT PRIMARY KEY NOT NULL, name TEXT NOT NULL);
    CREATE TABLE town (id SERIAL PRIMARY KEY, nation_code CITEXT REFERENCES nation (code));
    INSERT INTO nation VALUES ('DE', 'Germany'), ('fr', 'France');
    INSERT INTO town (nation_code) VALUES ('de'), ('FR');
";

#[test]
fn of_keys_is_the_same_in_every_spelling() {
    if Backend::current() != Backend::Postgres {
        return;
    }
    let server = Server::start("CREATE TABLE unused (id INTEGER PRIMARY KEY)", |services| {
        services.service(Api::new("/api").resource(Nation::api()).resource(Town::api()).scope());
    });
    server.connection().batch_execute(SCHEMA).expect("a valid schema");
    let nation = |code: &str| json!({"type": "nation", "id": code});
    let included = server.get("/api/town/2?include=nation").json();
    assert_eq!((&included["data"]["relationships"]["nation"]["data"]), &nation("fr"));
    assert_eq!(included["included"][0]["id"], "fr", "{included:#}");
    let included = server.get("/api/nation/de?include=towns").json();
    assert_eq!((&included["data"]["id"], &included["included"][0]["id"]), (&json!("DE"), &json!("1")), "{included:#}");
    let sent = json!({"data": {"type": "town", "relationships": {"nation": {"data": nation("FR")}}}});
    let created = server.post("/api/town", &sent);
    assert_eq!((created.status, &created.data()["relationships"]["nation"]["data"]), (201, &nation("fr")));
    let towns = json!({"data": [{"type": "town", "id": "1"}, {"type": "town", "id": "3"}]});
    let path = "/api/nation/Fr/relationships/towns";
    server.patch(path, &towns);
    assert_eq!(server.get(path).ids(), "1 3");
    let patch = json!({"data": {"type": "nation", "id": "FR", "attributes": {"name": "new"}}});
    server.patch("/api/nation/fR", &patch);
    let mut expected = resource("nation", "fr", &json!({"code": "fr", "name": "new"}));
    expected["relationships"] = server.get("/api/nation/fr").data()["relationships"].clone();
    server.get("/api/nation/FR").is(200, &document("/api/nation/FR", &expected));
}
