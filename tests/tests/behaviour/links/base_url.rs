//! `base_url`: links that name the server.

use actix_web::web;
use restless_actix::prelude::*;
use serde_json::json;

use super::{prefixed, server};
use crate::client::{Answer, JSON_API};
use crate::mounting::contradictions::refusal;
use crate::relationships::blog;
use crate::server::Server;

const URL: &str = "https://example.org/backend";

/// A URL of every kind.
const PATHS: [&str; 14] = [
    "/api",
    "/api/person",
    "/api/person/1",
    "/api/person/1/articles",
    "/api/person/1/articles/2",
    "/api/person/1/relationships/articles",
    "/api/article?include=author,comments.author&page[size]=1&page[number]=2&sort=-title",
    "/api/article/1/author",
    "/api/article/1/relationships/author",
    "/api/article?filter[id]=1&filter[single]=1",
    "/api/eval/person?functions=[{\"name\":\"count\",\"field\":\"id\"}]&group=age&page[size]=1",
    "/api/person?page[size]=0",
    "/api/tag/1/articles?include=author",
    "/api/person/2/profile",
];

fn asked(server: &Server, path: &str, format: &str) -> Answer {
    let path = path.replace('{', "%7B").replace('}', "%7D").replace('"', "%22");
    server.request("GET", &path).header("Accept", format).send_to_anyone()
}

/// The links of a header, with what stands in front of them.
fn header(answer: &Answer, name: &str, url: &str) -> Option<String> {
    answer.header(name).map(|header| match name {
        "link" => header.replace("</", &format!("<{url}/")),
        _ => format!("{url}{header}"),
    })
}

#[test]
fn stands_before_every_link() {
    let (relative, absolute) = (server(|api| api), server(|api| api.base_url(URL)));
    for path in PATHS {
        let (plain, found) = (asked(&relative, path, JSON_API), asked(&absolute, path, JSON_API));
        assert_eq!(plain.status, 200, "{path}: {plain:#?}");
        assert!(plain.body.contains("\"/api"), "{path}: {plain:#?}");
        assert_eq!((found.status, found.json()), (200, prefixed(plain.json(), URL)), "{path}");
        for name in ["link", "location"] {
            assert_eq!(found.header(name).map(str::to_owned), header(&plain, name, URL), "{path}");
        }
    }
    for path in ["/api/person?results_per_page=1", "/api/eval/person?group=age"] {
        let path = &format!("{path}&functions=[{{\"name\":\"count\",\"field\":\"id\"}}]");
        let (plain, found) = (asked(&relative, path, "application/json"), asked(&absolute, path, "application/json"));
        assert_eq!((found.status, found.body.as_str()), (200, plain.body.as_str()));
        assert!(plain.header("link").is_some_and(|link| link.starts_with("</api/")), "{plain:#?}");
        assert_eq!(found.header("link").map(str::to_owned), header(&plain, "link", URL));
    }
}

#[test]
fn stands_before_the_location_of_what_is_created() {
    let server = server(|api| api.base_url(URL));
    let tag = json!({"data": {"type": "tag", "attributes": {"name": "new"}}});
    let answer = server.post("/api/tag", &tag);
    let itself = format!("{URL}/api/tag/4");
    let articles = json!({"links": {
        "self": format!("{itself}/relationships/articles"), "related": format!("{itself}/articles"),
    }});
    let resource = json!({
        "type": "tag", "id": "4", "attributes": {"name": "new"}, "relationships": {"articles": articles},
        "links": {"self": itself},
    });
    assert_eq!((answer.status, answer.header("location")), (201, Some(itself.as_str())));
    assert_eq!(answer.json(), json!({"jsonapi": {"version": "1.1"}, "links": {"self": itself}, "data": resource}));
    let classic = server.request("POST", "/api/tag").header("Content-Type", "application/json");
    let answer = classic.header("Accept", "application/json").body("{\"name\":\"newer\"}").send_to_anyone();
    let body = json!({"id": 5, "name": "newer", "articles": []});
    assert_eq!((answer.status, answer.json()), (201, body));
    assert_eq!(answer.header("location"), Some(format!("{URL}/api/tag/5").as_str()));
}

#[test]
fn may_be_that_of_one_resource() {
    let server = Server::start(&format!("{}{}", blog::TABLES, blog::ROWS), |services| {
        let people = blog::Person::api().base_url("http://[::1]:8080/");
        services.service(web::scope("/v1").service(people.scope()).service(blog::Article::api_scope()));
    });
    let links = |path: &str| server.get(path).json()["links"]["self"].clone();
    assert_eq!(links("/v1/api/person/1"), "http://[::1]:8080/v1/api/person/1");
    assert_eq!(links("/v1/api/article/1"), "/v1/api/article/1");
    // All links of a document begin alike.
    let included = server.get("/v1/api/person/1?include=articles").json()["included"][0]["links"].clone();
    assert_eq!(included, json!({"self": "http://[::1]:8080/v1/api/article/1"}));
}

#[test]
fn has_to_be_a_url() {
    for url in ["", "example.org", "/backend", "ftp://example.org", "https://a b", "https://a/\"", "https://a?b=c"] {
        let said = refusal(|| Api::new("/api").base_url(url).resource(blog::Person::api()).scope());
        assert!(said.contains("base_url: expected a URL such as \"https://example.org\", found"), "{said}");
        let said = refusal(|| blog::Person::api().base_url(url).scope());
        assert!(said.contains("\"person\": base_url: expected a URL"), "{said}");
    }
}
