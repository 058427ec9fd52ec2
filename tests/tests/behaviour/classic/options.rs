//! Which columns a mount shows, on every way to an object.

use std::panic::catch_unwind;

use restless_actix::prelude::*;
use serde_json::{Value, json};

use super::shop::{Computer, Person, ROWS, TABLES, get, message, search, send};
use crate::client::JSON_API;
use crate::server::Server;

fn server(people: fn(ResourceApi<Person>) -> ResourceApi<Person>) -> Server {
    Server::start(&format!("{TABLES}{ROWS}"), move |services| {
        let api = Api::new("/api").allow_functions().resource(people(Person::api())).resource(Computer::api());
        services.service(api.scope());
    })
}

/// The names of the members of an object.
fn members(object: &Value) -> String {
    object.as_object().into_iter().flatten().map(|(name, _)| name.as_str()).collect::<Vec<_>>().join(" ")
}

#[test]
fn hides_excluded_columns_on_every_way() {
    let server = server(|people| people.exclude_columns(["age", "is_minor"]));
    for path in ["/api/person/1", "/api/computer/1/owner"] {
        assert_eq!(members(&get(&server, path).json()), "computers id name", "{path}");
    }
    assert_eq!(members(&get(&server, "/api/person").json()["objects"][0]), "computers id name");
    for path in ["/api/computer/1", "/api/person/1/computers/1"] {
        assert_eq!(members(&get(&server, path).json()["owner"]), "id name", "{path}");
    }
    let owner = &get(&server, "/api/person/1/computers").json()["objects"][0]["owner"];
    assert_eq!(members(owner), "id name");
    for (method, path, body) in
        [("POST", "/api/person", json!({"name": "Dan", "age": 40})), ("PATCH", "/api/person/1", json!({"age": 41}))]
    {
        let answer = send(&server, method, path, &body);
        assert_eq!(members(&answer.json()), "computers id name", "{answer:#?}");
    }
    assert_eq!(server.line("SELECT age AS value FROM person ORDER BY id"), "41 12 null 40");
    let json_api = server.request("GET", "/api/computer/1?include=owner").header("Accept", JSON_API).send();
    assert_eq!(json_api.json()["included"][0]["attributes"], json!({"name": "Ada"}));
    let json_api = server.request("GET", "/api/person/1").header("Accept", JSON_API).send();
    assert_eq!(json_api.data()["attributes"], json!({"name": "Ada"}));
}

#[test]
fn lets_nobody_find_out_what_is_excluded() {
    let server = server(|people| people.exclude_columns(["age"]));
    let by_age = json!({"filters": [{"name": "age", "op": "eq", "val": 36}]});
    let by_owner = json!({"filters": [{"name": "owner__age", "op": "eq", "val": 36}]});
    let cases = [
        ("/api/person", by_age),
        ("/api/computer", by_owner),
        ("/api/person", json!({"order_by": [{"field": "age"}]})),
        ("/api/computer", json!({"order_by": [{"field": "owner__age"}]})),
        ("/api/person", json!({"group_by": [{"field": "age"}]})),
        ("/api/eval/person", json!({"functions": [{"name": "sum", "field": "age"}]})),
    ];
    for (path, q) in cases {
        let refused = message(&search(&server, path, &q), 400);
        assert!(refused.contains("there is no attribute \"age\""), "{path} {q}: {refused}");
    }
    for query in ["sort=age", "filter[age]=36", "fields[person]=age"] {
        let answer = server.request("GET", &format!("/api/person?{query}")).header("Accept", JSON_API).send();
        assert_eq!(answer.status, 400, "{query}");
    }
}

#[test]
fn hides_excluded_relations() {
    let server = server(|people| people.exclude_columns(["computers"]));
    assert_eq!(members(&get(&server, "/api/person/1").json()), "age id is_minor name");
    for path in ["/api/person/1/computers", "/api/person/1/computers/1"] {
        message(&get(&server, path), 404);
    }
    let any =
        json!({"filters": [{"name": "computers", "op": "any", "val": {"name": "vendor", "op": "eq", "val": "foo"}}]});
    message(&search(&server, "/api/person", &any), 400);
    let request = server.request("GET", "/api/person/1?include=computers").header("Accept", JSON_API);
    assert_eq!(request.send().status, 400);
    assert_eq!(send(&server, "PATCH", "/api/person/1", &json!({"computers": []})).status, 400);
}

#[test]
fn narrows_related_objects_by_dotted_names() {
    let server = server(|people| people.exclude_columns(["computers.vendor", "computers.owner_id"]));
    assert_eq!(members(&get(&server, "/api/person/1").json()["computers"][0]), "id name");
    assert_eq!(members(&get(&server, "/api/person/1/computers/1").json()), "id name owner tags");
    assert_eq!(members(&get(&server, "/api/person/1/computers").json()["objects"][0]), "id name owner tags");
    assert_eq!(members(&get(&server, "/api/computer/1").json()), "id name owner owner_id tags vendor");
    let any =
        json!({"filters": [{"name": "computers", "op": "any", "val": {"name": "vendor", "op": "eq", "val": "foo"}}]});
    assert!(message(&search(&server, "/api/person", &any), 400).contains("there is no attribute \"vendor\""));
    let request = server.request("GET", "/api/person/1?include=computers").header("Accept", JSON_API);
    let document = request.send().json();
    assert_eq!(document["included"][0]["attributes"], json!({"name": "c1"}));
    assert_eq!(document["included"][0]["links"]["self"], json!("/api/computer/1"));
    let request = server.request("GET", "/api/person/1?include=computers&fields[computer]=name,vendor");
    let document = request.header("Accept", JSON_API).send().json();
    assert_eq!(document["included"][0]["attributes"], json!({"name": "c1"}));
}

#[test]
fn shows_a_resource_once_however_it_is_reached() {
    let server = server(|people| people.exclude_columns(["computers.vendor"]));
    let request = server.request("GET", "/api/computer/1?include=owner.computers").header("Accept", JSON_API);
    let document = request.send().json();
    assert_eq!(document["data"]["attributes"], json!({"name": "c1", "vendor": "foo"}));
    let included = document["included"].as_array().into_iter().flatten();
    let included: Vec<String> = included.map(|one| format!("{} {}", one["type"], one["id"])).collect();
    assert_eq!(included, ["\"person\" \"1\"", "\"computer\" \"2\""]);
    assert_eq!(document["included"][1]["attributes"], json!({"name": "c2"}));
    let owner = &document["included"][0]["relationships"]["computers"]["data"];
    assert_eq!(owner.as_array().map(Vec::len), Some(2));
}

#[test]
fn shows_included_columns_alone() {
    let server = server(|people| people.include_columns(["id", "name", "computers", "computers.vendor"]));
    let shown = json!({"id": 1, "name": "Ada", "computers": [{"vendor": "foo"}, {"vendor": "bar"}]});
    get(&server, "/api/person/1").is(200, &shown);
    assert_eq!(members(&get(&server, "/api/computer/1").json()["owner"]), "id name");
    let server = self::server(|people| people.methods([Method::GET]).include_columns(["name"]));
    get(&server, "/api/person/2").is(200, &json!({"name": "Bob"}));
    let server = self::server(|people| people.methods([Method::GET]).include_columns(Vec::<String>::new()));
    get(&server, "/api/person/2").is(200, &json!({}));
}

#[test]
fn shows_included_methods_besides() {
    let server = server(|people| people.include_columns(["id", "name"]).include_methods(["is_minor"]));
    get(&server, "/api/person/2").is(200, &json!({"id": 2, "name": "Bob", "is_minor": true}));
    let server = self::server(|people| people.include_methods(["is_minor"]));
    assert_eq!(members(&get(&server, "/api/person/2").json()), "age computers id is_minor name");
}

#[test]
fn includes_methods_of_related_objects() {
    let server = Server::start(&format!("{TABLES}{ROWS}"), |services| {
        let computers =
            Computer::api().include_columns(["id", "owner", "owner.name"]).include_methods(["owner.is_minor"]);
        services.service(Api::new("/api").resource(computers).resource(Person::api()).scope());
    });
    get(&server, "/api/computer/3").is(200, &json!({"id": 3, "owner": {"name": "Bob", "is_minor": true}}));
    assert_eq!(members(&get(&server, "/api/computer/3/owner").json()), "is_minor name");
}

#[test]
fn ends_the_program_where_it_means_nothing() {
    type Change = fn(ResourceApi<Person>) -> ResourceApi<Person>;
    let cases: [(Change, &str); 7] = [
        (|people| people.include_columns(["name"]).exclude_columns(["age"]), "contradict each other"),
        (|people| people.exclude_columns(["bogus"]), "there is no column, relation or computed attribute \"bogus\""),
        (|people| people.include_columns(["computers.bogus"]), "\"bogus\""),
        (|people| people.include_columns(["bogus.name"]), "\"bogus\""),
        (|people| people.include_methods(["name"]), "there is no computed attribute \"name\""),
        (|people| people.exclude_columns(["id"]), "the key has to be shown where resources are created"),
        (|people| people.default_format("xml"), "expected \"json_api\" or \"classic\", found \"xml\""),
    ];
    for (change, reason) in cases {
        let mounted = catch_unwind(|| change(Person::api()).scope());
        let said = mounted.err().and_then(|panic| panic.downcast::<String>().ok()).expect("a reason");
        assert!(said.contains(reason), "{said}");
    }
    assert!(catch_unwind(|| Person::api().methods([Method::GET]).exclude_columns(["id"]).scope()).is_ok());
}
