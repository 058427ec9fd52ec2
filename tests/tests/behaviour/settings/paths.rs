//! `prefix` and `collection_name`.

use actix_web::web::ServiceConfig;
use restless_actix::prelude::*;
use serde_json::{Value, json};

use crate::expected::document;
use crate::server::Server;

diesel::table! {
    thing (id) {
        id -> Integer,
        the_name -> Nullable<Text>,
    }
}

#[derive(Restless)]
#[diesel(table_name = thing)]
#[restless(methods(GET, POST), prefix = "", collection_name = "things")]
struct AtTheRoot {
    id: i32,
    the_name: Option<String>,
}

#[derive(Restless)]
#[diesel(table_name = thing)]
#[restless(methods(GET, POST), prefix = "/a/b-c", collection_name = "things")]
struct Below {
    id: i32,
    the_name: Option<String>,
}

#[derive(Restless)]
#[diesel(table_name = thing)]
#[restless(methods(GET, POST), collection_name = "größen 1")]
struct Unicode {
    id: i32,
    the_name: Option<String>,
}

#[derive(Restless)]
#[diesel(table_name = thing)]
#[restless(methods(GET, POST), collection_name = "plain")]
struct Plain {
    id: i32,
    the_name: Option<String>,
}

fn mount(services: &mut ServiceConfig) {
    services.service(Below::api_scope()).service(Unicode::api_scope()).service(Plain::api_scope());
    services.service(Plain::api().prefix("/run/time").collection_name("chosen").scope());
    services.service(AtTheRoot::api_scope());
}

fn server() -> Server {
    let schema = "CREATE TABLE thing (id INTEGER PRIMARY KEY, the_name TEXT); INSERT INTO thing VALUES (1, 'x')";
    Server::start(schema, mount)
}

fn thing(type_name: &str, path: &str) -> Value {
    let attributes = json!({"the_name": "x"});
    document(path, &json!({"type": type_name, "id": "1", "attributes": attributes, "links": {"self": path}}))
}

#[test]
fn make_the_urls_and_the_type() {
    let server = server();
    let cases = [
        ("/things/1", "things"),
        ("/a/b-c/things/1", "things"),
        ("/api/gr%C3%B6%C3%9Fen%201/1", "größen 1"),
        ("/api/plain/1", "plain"),
        ("/run/time/chosen/1", "chosen"),
    ];
    for (path, type_name) in cases {
        server.get(path).is(200, &thing(type_name, path));
        let collection = path.trim_end_matches("/1");
        let answer = server.get(collection);
        assert_eq!((answer.ids().as_str(), &answer.json()["links"]["self"]), ("1", &json!(collection)));
        assert_eq!(answer.data()[0]["links"]["self"], path);
        let created = server.post(collection, &json!({"data": {"type": type_name}}));
        let location = created.header("location").expect("a location");
        assert!(created.status == 201 && location.starts_with(&format!("{collection}/")), "{created:#?}");
        assert_eq!(created.data()["links"]["self"], location);
        server.execute("DELETE FROM thing WHERE id > 1");
    }
}

#[test]
fn leave_everything_else_alone() {
    let server = server();
    for path in ["/api/things/1", "/api/thing", "/a/things", "/run/time/plain", "/", "/api"] {
        assert_eq!(server.request("GET", path).send_to_anyone().status, 404, "{path}");
    }
}
