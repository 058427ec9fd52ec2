//! `filter[single]=1`: the one resource that the other filters find.

use serde_json::json;

use super::newsroom;
use crate::expected::{at_parameter, error};

#[test]
fn finds_exactly_one_resource() {
    let server = newsroom::server();
    let answer = server.get("/api/tag?filter[single]=1&filter[label]=rust");
    let relationships = json!({"articles": {"links": {
        "self": "/api/tag/1/relationships/articles", "related": "/api/tag/1/articles",
    }}});
    let tag = json!({
        "type": "tag", "id": "1", "attributes": {"label": "rust"}, "relationships": relationships,
        "links": {"self": "/api/tag/1"},
    });
    let itself = "/api/tag?filter%5Bsingle%5D=1&filter%5Blabel%5D=rust";
    let meta = json!({"total": 1});
    answer.is(200, &json!({"jsonapi": {"version": "1.1"}, "links": {"self": itself}, "data": tag, "meta": meta}));
    assert_eq!(answer.header("location"), Some("/api/tag/1"));
    assert_eq!(answer.header("link"), None);
}

#[test]
fn finds_it_among_related_resources() {
    let server = newsroom::server();
    let cases = [
        ("/api/person/1/articles?filter[single]=1&filter[title]=Two", "2"),
        ("/api/article/1/tags?filter[single]=1&filter[label]=web", "2"),
        ("/api/person/2/reports?filter[single]=1", "4"),
    ];
    for (path, id) in cases {
        assert_eq!(server.get(path).data()["id"], id, "{path}");
    }
    let nothing = error(404, "No result", "No result found");
    server.get("/api/person/1/articles?filter[single]=1&filter[title]=Three").refuses(404, &[nothing]);
}

#[test]
fn shows_of_it_what_the_client_wants() {
    let server = newsroom::server();
    let path = "/api/person?filter[single]=1&filter[name]=Dee&include=boss,profile&fields[person]=name,boss&sort=-age";
    let document = server.get(path).json();
    assert_eq!(document["data"]["attributes"], json!({"name": "Dee"}));
    assert_eq!(document["data"]["relationships"]["boss"]["data"], json!({"type": "person", "id": "2"}));
    let included = document["included"].as_array().expect("included resources").iter();
    let included: Vec<_> = included.map(|one| format!("{}/{}", one["type"], one["id"]).replace('"', "")).collect();
    assert_eq!(included, ["person/2", "profile/2"]);
}

#[test]
fn is_not_found_when_there_is_none_or_are_several() {
    let server = newsroom::server();
    let none = error(404, "No result", "No result found");
    let several = error(404, "Multiple results", "Multiple results found");
    for (path, expected) in [
        ("/api/person?filter[single]=1&filter[name]=Zoe", &none),
        ("/api/person?filter[single]=1&filter[age]=30", &several),
        ("/api/person?filter[single]=1", &several),
        ("/api/person?filter[single]=1&page[size]=1", &several),
        ("/api/person?filter[objects]=[]&filter[single]=1", &several),
        ("/api/person/6/articles?filter[single]=1", &none),
    ] {
        server.get(path).refuses(404, std::slice::from_ref(expected));
    }
}

#[test]
fn is_off_when_it_is_0() {
    let server = newsroom::server();
    assert_eq!(server.get("/api/person?filter[single]=0&filter[age]=30").ids(), "1 4");
    assert_eq!(server.get("/api/person/1/relationships/reports?filter[single]=0").ids(), "2 3");
}

#[test]
fn refuses_other_values_and_places() {
    let server = newsroom::server();
    for value in ["", "2", "true", "-1", "1,1"] {
        let answer = server.get(&format!("/api/person?filter[single]={value}"));
        answer.refuses(400, &[at_parameter("filter[single]", "filter[single]: expected 0 or 1")]);
    }
    let detail = "filter[single]: a relationship is no collection of resources";
    let answer = server.get("/api/person/1/relationships/reports?filter[single]=1");
    answer.refuses(400, &[at_parameter("filter[single]", detail)]);
    let detail = "this URL knows no query parameter \"filter[single]\"";
    for path in ["/api/person/1", "/api/person/2/boss", "/api/person/2/relationships/boss"] {
        let answer = server.get(&format!("{path}?filter[single]=1"));
        answer.refuses(400, &[at_parameter("filter[single]", detail)]);
    }
}

#[test]
fn is_answered_without_a_body_to_head() {
    let server = newsroom::server();
    let one = server.request("HEAD", "/api/person?filter[single]=1&filter[name]=Dee").send();
    assert_eq!((one.status, one.body.as_str()), (200, ""));
    let none = server.request("HEAD", "/api/person?filter[single]=1&filter[name]=Zoe").send();
    assert_eq!((none.status, none.body.as_str()), (404, ""));
}
