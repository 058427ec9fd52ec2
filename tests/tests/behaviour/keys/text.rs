//! Keys that are text, with everything that a URL must escape.

use restless_actix::prelude::*;
use serde_json::{Value, json};

use crate::expected::{at_pointer, document, no_such_resource};
use crate::server::Server;

diesel::table! {
    planet (name) {
        name -> Text,
        moons -> Nullable<Integer>,
    }
}

#[derive(Restless)]
#[diesel(table_name = planet, primary_key(name))]
#[restless(methods(GET, POST, PATCH, DELETE), allow_client_generated_ids)]
struct Planet {
    name: String,
    moons: Option<i32>,
}

fn server() -> Server {
    Server::start("CREATE TABLE planet (name TEXT PRIMARY KEY NOT NULL, moons INTEGER)", |services| {
        services.service(Planet::api_scope());
    })
}

fn sent(id: &str, moons: i32) -> Value {
    json!({"data": {"type": "planet", "id": id, "attributes": {"moons": moons}}})
}

fn planet(id: &str, url: &str, moons: i32) -> Value {
    json!({
        "type": "planet", "id": id, "attributes": {"name": id, "moons": moons}, "links": {"self": format!("/api/planet/{url}")},
    })
}

/// A key, and how its URL has it.
const KEYS: [(&str, &str); 16] = [
    ("Mars", "Mars"),
    ("a/b", "a%2Fb"),
    ("two words", "two%20words"),
    ("50%", "50%25"),
    ("%2F", "%252F"),
    ("a+b", "a%2Bb"),
    ("?#[]@!$&'()*,;=", "%3F%23%5B%5D%40%21%24%26%27%28%29%2A%2C%3B%3D"),
    ("Zoë", "Zo%C3%AB"),
    ("😀", "%F0%9F%98%80"),
    ("\"quoted\" \\ <b>", "%22quoted%22%20%5C%20%3Cb%3E"),
    ("a:b|c^d`e{f}", "a%3Ab%7Cc%5Ed%60e%7Bf%7D"),
    ("tab\tline\n", "tab%09line%0A"),
    ("-._~", "-._~"),
    ("...", "..."),
    ("/", "%2F"),
    (" ", "%20"),
];

#[test]
fn stand_in_urls_percent_encoded() {
    let server = server();
    for (id, url) in KEYS {
        let path = format!("/api/planet/{url}");
        let created = server.post("/api/planet", &sent(id, 1));
        created.is(201, &document(&path, &planet(id, url, 1)));
        assert_eq!(created.header("location"), Some(path.as_str()), "W10");
        server.get(&path).is(200, &document(&path, &planet(id, url, 1)));
        server.patch(&path, &sent(id, 2)).is(200, &document(&path, &planet(id, url, 2)));
        server.get(&path).is(200, &document(&path, &planet(id, url, 2)));
        server.delete(&path).is_empty(204);
        server.get(&path).refuses(404, &[no_such_resource("planet", id)]);
    }
}

#[test]
fn are_found_in_other_spellings_of_the_url() {
    let server = server();
    for (id, other) in [("a/b", "a%2fb"), ("Mars", "%4Dars"), ("a+b", "a+b"), ("a:b", "a:b"), ("a@b", "a@b")] {
        server.post("/api/planet", &sent(id, 1));
        let answer = server.get(&format!("/api/planet/{other}"));
        assert_eq!((answer.status, &answer.data()["id"]), (200, &json!(id)), "{other}");
    }
}

#[test]
fn are_listed_with_their_links() {
    let server = server();
    for (id, _) in KEYS {
        assert_eq!(server.post("/api/planet", &sent(id, 1)).status, 201, "{id}");
    }
    let mut expected: Vec<Value> = KEYS.iter().map(|(id, url)| planet(id, url, 1)).collect();
    expected.sort_by_key(|planet| planet["id"].as_str().map(|id| id.as_bytes().to_vec()));
    assert_eq!(server.get("/api/planet?page[size]=0").data(), json!(expected));
}

#[test]
fn that_exist_already_are_refused() {
    // W07
    let server = server();
    assert_eq!(server.post("/api/planet", &sent("Mars", 2)).status, 201);
    let answer = server.post("/api/planet", &sent("Mars", 3));
    let found = answer.json();
    assert_eq!((answer.status, &found["errors"][0]["title"]), (409, &json!("Duplicate value")));
    assert_eq!(found["errors"][0]["source"], json!({"pointer": "/data/id"}));
    assert_eq!(server.line("SELECT moons AS value FROM planet"), "2");
}

#[test]
fn may_be_sent_as_the_attribute_too_but_not_as_both() {
    let server = server();
    let named = json!({"data": {"type": "planet", "attributes": {"name": "Venus", "moons": 0}}});
    server.post("/api/planet", &named).is(201, &document("/api/planet/Venus", &planet("Venus", "Venus", 0)));

    let both = json!({"data": {"type": "planet", "id": "Earth", "attributes": {"name": "Earth"}}});
    let detail = "the id is that of the attribute \"name\" already";
    server.post("/api/planet", &both).refuses(400, &[at_pointer(400, "Invalid document", detail, "/data/id")]);
}

#[test]
fn do_not_change() {
    // W26
    let server = server();
    server.post("/api/planet", &sent("Mars", 2));
    let renamed = json!({"data": {"type": "planet", "id": "Mars", "attributes": {"name": "Ares"}}});
    let detail = "name: can be set only when the resource is created";
    let error = at_pointer(403, "Create-only attribute", detail, "/data/attributes/name");
    server.patch("/api/planet/Mars", &renamed).refuses(403, &[error]);
}

#[test]
fn are_needed_where_the_database_makes_none() {
    let answer = server().post("/api/planet", &json!({"data": {"type": "planet", "attributes": {"moons": 1}}}));
    let error = at_pointer(400, "Invalid value", "name: must not be null", "/data/attributes");
    answer.refuses(400, &[error]);
}

#[test]
fn lead_back_to_their_resource_whatever_they_are() {
    // D20: what is created can be fetched where its link says; a key for which there is no URL is refused.
    let server = server();
    for id in ["\u{0}", "a\u{0}b", "\u{feff}", "e\u{301}", "\u{e9}", "%00", "a b/../c"] {
        let created = server.post("/api/planet", &sent(id, 1));
        if created.status == 400 {
            assert_eq!(created.json()["errors"][0]["source"], json!({"pointer": "/data/id"}));
            continue;
        }
        let location = created.header("location").expect("a location").to_owned();
        let fetched = server.get(&location);
        assert_eq!((fetched.status, &fetched.json()["data"]["id"]), (200, &json!(id)), "{location}");
    }
}

#[test]
fn that_are_empty_are_refused() {
    // D20: no URL leads to such a resource.
    let server = server();
    let answer = server.post("/api/planet", &sent("", 1));
    assert_eq!((answer.status, &answer.json()["errors"][0]["source"]), (400, &json!({"pointer": "/data/id"})));
    let named = json!({"data": {"type": "planet", "attributes": {"name": ""}}});
    let answer = server.post("/api/planet", &named);
    assert_eq!(
        (answer.status, &answer.json()["errors"][0]["source"]),
        (400, &json!({"pointer": "/data/attributes/name"}))
    );
}
