//! Which of the two formats a client gets.

use serde_json::json;

use restless_actix::prelude::*;

use super::shop::{self, get, ids, search};
use crate::client::{Answer, JSON_API};
use crate::server::Server;

const JSON: &str = "application/json";

/// `{"num_results": …}` or `{"data": …}`
#[track_caller]
fn format(answer: &Answer) -> &'static str {
    let body = answer.json();
    let content_type = answer.header("content-type").unwrap_or_default();
    assert_eq!(answer.header("vary"), Some("Accept, Content-Type"));
    match (body.get("num_results").is_some(), content_type) {
        (true, JSON) => "classic",
        (false, JSON_API) if body.get("data").is_some() => "json_api",
        _ => panic!("{answer:#?}"),
    }
}

fn asked(server: &Server, accept: Option<&str>, content_type: Option<&str>) -> Answer {
    let mut request = server.request("GET", "/api/person");
    if let Some(accept) = accept {
        request = request.header("Accept", accept);
    }
    if let Some(content_type) = content_type {
        request = request.header("Content-Type", content_type);
    }
    request.send_to_anyone()
}

#[test]
fn is_that_of_the_client() {
    let classic = shop::shop();
    let json_api = shop::with(|api| api.default_format("json_api"));
    let cases = [
        (Some(JSON_API), None, ["json_api", "json_api"]),
        (Some(JSON), None, ["classic", "classic"]),
        (Some("application/json; charset=utf-8"), None, ["classic", "classic"]),
        // As axios and Angular write it: both formats weigh the same.
        (Some("application/json, text/plain, */*"), None, ["classic", "json_api"]),
        (Some("application/json, text/plain, */*"), Some(JSON), ["classic", "classic"]),
        (Some("application/json, text/plain, */*"), Some(JSON_API), ["json_api", "json_api"]),
        (Some("application/json, application/*"), None, ["classic", "json_api"]),
        (Some("application/json;q=0.5, */*;q=0.1"), None, ["classic", "classic"]),
        (Some("application/json;q=0.5, */*;q=0.5"), None, ["classic", "json_api"]),
        (Some("application/json;q=0.5, */*"), None, ["classic", "json_api"]),
        (Some("application/vnd.api+json, */*"), None, ["classic", "json_api"]),
        (Some("application/vnd.api+json, */*;q=0.8"), None, ["json_api", "json_api"]),
        (Some("application/vnd.api+json, */*"), Some(JSON_API), ["json_api", "json_api"]),
        (Some("application/json, text/javascript, */*; q=0.01"), None, ["classic", "classic"]),
        (Some("application/vnd.api+json, application/json"), None, ["classic", "json_api"]),
        (Some("application/vnd.api+json, application/json"), Some(JSON), ["classic", "classic"]),
        (Some("application/vnd.api+json, application/json"), Some(JSON_API), ["json_api", "json_api"]),
        (Some("application/vnd.api+json;q=0.5, application/json"), None, ["classic", "classic"]),
        (Some("application/vnd.api+json, application/json;q=0.5"), None, ["json_api", "json_api"]),
        (None, None, ["classic", "json_api"]),
        (Some(""), None, ["classic", "json_api"]),
        (Some("*/*"), None, ["classic", "json_api"]),
        (Some("application/*"), None, ["classic", "json_api"]),
        (Some("text/html, */*;q=0.8"), None, ["classic", "json_api"]),
        (Some("*/*"), Some(JSON), ["classic", "classic"]),
        (Some("*/*"), Some(JSON_API), ["json_api", "json_api"]),
        (None, Some(JSON), ["classic", "classic"]),
        (None, Some(JSON_API), ["json_api", "json_api"]),
        (None, Some("text/plain"), ["classic", "json_api"]),
        (Some("application/json;q=0, */*"), None, ["json_api", "json_api"]),
        (Some(JSON), Some(JSON_API), ["classic", "classic"]),
    ];
    for (accept, content_type, expected) in cases {
        let found = [&classic, &json_api].map(|server| format(&asked(server, accept, content_type)));
        assert_eq!(found, expected, "{accept:?} {content_type:?}");
    }
    for accept in ["text/html", "application/xml", "application/json;q=0", "image/*"] {
        let refused = [asked(&classic, Some(accept), None), asked(&json_api, Some(accept), None)];
        assert_eq!(refused.each_ref().map(|answer| answer.status), [406, 406], "{accept}");
        assert!(refused[0].json()["message"].is_string() && refused[1].json()["errors"].is_array(), "{accept}");
    }
}

#[test]
fn may_differ_from_that_of_the_body() {
    let server = shop::shop();
    let document = json!({"data": {"type": "person", "attributes": {"name": "Dan"}}});
    let request = server.request("POST", "/api/person").header("Accept", JSON).document(&document);
    request.send_to_anyone().is(201, &json!({"id": 4, "name": "Dan", "age": null, "is_minor": null, "computers": []}));
    let request = server.request("POST", "/api/person").header("Accept", JSON_API).header("Content-Type", JSON);
    let answer = request.body("{\"name\":\"Eve\",\"computers\":[{\"name\":\"c5\"}]}").send();
    assert_eq!((answer.status, &answer.data()["attributes"]["name"]), (201, &json!("Eve")));
    let request = server.request("PATCH", "/api/person/1").header("Accept", JSON_API).header("Content-Type", JSON);
    let answer = request.body("{\"age\":\"x\"}").send_to_anyone();
    assert_eq!((answer.status, &answer.json()["errors"][0]["source"]["pointer"]), (400, &json!("/age")));
}

#[test]
fn gives_the_same_rows_totals_and_filters_in_both() {
    let server = shop::shop();
    let filters = json!([{"name": "vendor", "op": "eq", "val": "bar"}, {"name": "owner", "op": "has", "val": {"name": "age", "op": "lt", "val": 40}}]);
    let cases = [
        (json!({}), String::new()),
        (json!({"filters": filters}), format!("filter%5Bobjects%5D={}", shop::encode(&filters.to_string()))),
        (json!({"order_by": [{"field": "name", "direction": "desc"}]}), "sort=-name".to_owned()),
    ];
    for (q, query) in cases {
        let classic = search(&server, "/api/computer", &q);
        let json_api = server
            .request("GET", &format!("/api/computer?include=owner,tags&{query}"))
            .header("Accept", JSON_API)
            .send();
        assert_eq!(ids(&classic), json_api.ids(), "{q}");
        assert_eq!(classic.json()["num_results"], json_api.json()["meta"]["total"], "{q}");
        for (object, resource) in classic.json()["objects"]
            .as_array()
            .into_iter()
            .flatten()
            .zip(json_api.data().as_array().into_iter().flatten())
        {
            for name in ["name", "vendor"] {
                assert_eq!(object[name], resource["attributes"][name]);
            }
            let owner = &resource["relationships"]["owner"]["data"]["id"];
            assert_eq!(object["owner_id"].as_i64().map(|id| id.to_string()).as_deref(), owner.as_str());
            let tags = resource["relationships"]["tags"]["data"].as_array().map(Vec::len);
            assert_eq!(object["tags"].as_array().map(Vec::len), tags);
        }
    }
}

#[test]
fn is_chosen_by_the_mount() {
    let server = Server::start(&format!("{}{}", shop::TABLES, shop::ROWS), |services| {
        use restless_actix::prelude::*;
        services.service(shop::Person::api().prefix("/a").default_format(Format::JsonApi).scope());
        services.service(shop::Person::api().prefix("/b").scope());
        services.service(Api::new("/c").default_format("json_api").resource(shop::Person::api()).scope());
        let person = shop::Person::api().default_format("classic");
        services.service(Api::new("/d").default_format(Format::JsonApi).resource(person).scope());
    });
    for (prefix, expected) in [("/a", "json_api"), ("/b", "classic"), ("/c", "json_api"), ("/d", "classic")] {
        let answer = server.request("GET", &format!("{prefix}/person")).send_to_anyone();
        assert_eq!(format(&answer), expected, "{prefix}");
    }
}

#[test]
fn leaves_the_functions_of_javascript_to_the_client() {
    let server = shop::with(Api::jsonp);
    let answer = server.request("GET", "/api/person/2?callback=jQuery1_2&_=1732486800000").send_to_anyone();
    let argument = answer.body.strip_prefix("/**/jQuery1_2(").and_then(|rest| rest.strip_suffix(')')).expect("a call");
    let argument: serde_json::Value = serde_json::from_str(argument).expect("JSON");
    assert_eq!(argument["meta"], json!({"Content-Type": "application/javascript", "status": 200}));
    assert_eq!(argument["data"]["name"], json!("Bob"));
    let request = server.request("GET", "/api/person/2?callback=f&_=1").header("Accept", JSON_API);
    assert!(request.send_to_anyone().body.contains("\"jsonapi\""));
    assert_eq!(get(&server, "/api/person?callback=alert(1)").status, 400);
}
