//! Sparse fieldsets in compound documents (F19–F21).

use serde_json::json;

use super::blog::server;
use super::graph;
use super::shown::{ann, first, identifiers, including, tag};
use crate::expected::document;

#[test]
fn narrow_what_is_included() {
    let server = server();
    let answer = server.get("/api/article/1?include=author,tags&fields[person]=name&fields[tag]=").json();
    graph::check(&answer);
    let person = graph::find(&answer, "person", "1");
    let links = json!({"self": "/api/person/1"});
    assert_eq!(person, &json!({"type": "person", "id": "1", "attributes": {"name": "Ann"}, "links": links}));
    let links = json!({"self": "/api/tag/2"});
    assert_eq!(graph::find(&answer, "tag", "2"), &json!({"type": "tag", "id": "2", "links": links}));
}

#[test]
fn narrow_relationships() {
    let server = server();
    let mut expected = first();
    let relationships = expected["relationships"].as_object_mut().expect("an object");
    relationships.retain(|name, _| name == "author");
    let path = "/api/article/1?fields%5Barticle%5D=title%2Cauthor";
    let answer = server.get("/api/article/1?fields[article]=title,author");
    assert_eq!(answer.data(), expected, "{path}");
}

#[test]
fn that_drop_a_relationship_leave_what_is_included() {
    let server = server();
    let path = "/api/article/1?include=author&fields[article]=title";
    let answer = server.get(path);
    let mut data = first();
    data.as_object_mut().expect("an object").remove("relationships");
    assert_eq!((&answer.data(), &answer.json()["included"]), (&data, &json!([ann()])));

    let answer = server.get("/api/article/1?include=tags&fields[article]=author");
    let names: Vec<String> = answer.data()["relationships"].as_object().expect("an object").keys().cloned().collect();
    assert_eq!(names, ["author"]);
    assert_eq!(answer.json()["included"], json!([tag(1, "rust"), tag(2, "web")]));
}

#[test]
fn that_drop_a_relationship_between_leave_what_lies_behind() {
    let server = server();
    let answer = server.get("/api/comment/1?include=article.tags&fields[article]=title").json();
    assert_eq!(graph::included(&answer), "article/1 tag/1 tag/2");
    assert!(graph::find(&answer, "article", "1").get("relationships").is_none(), "{answer:#}");
}

#[test]
fn that_name_a_to_many_relationship_show_its_linkage_and_do_not_include_it() {
    let server = server();
    let answer = server.get("/api/article/1?fields[article]=tags").json();
    assert_eq!(answer.get("included"), None);
    assert!(answer["data"]["relationships"]["tags"]["links"].is_object(), "{answer:#}");
    assert_eq!(answer["data"]["relationships"]["tags"]["data"], identifiers("tag", &[1, 2]));
    assert_eq!(answer["data"]["relationships"].get("comments"), None);
}

#[test]
fn narrow_related_resources_and_those_of_a_relationship() {
    let server = server();
    let answer = server.get("/api/article/1/author?fields[person]=name").data();
    assert_eq!((&answer["attributes"], answer.get("relationships")), (&json!({"name": "Ann"}), None));
    let answer = server.get("/api/article/1/relationships/tags?include=tags&fields[tag]=name").json();
    assert_eq!(answer["data"], identifiers("tag", &[1, 2]));
    assert!(graph::find(&answer, "tag", "1").get("relationships").is_none(), "{answer:#}");
}

#[test]
fn refuse_unknown_types_and_fields() {
    let server = server();
    for name in ["fields[boss]", "fields[author]", "fields[articles]"] {
        let answer = server.get(&format!("/api/article?include=author&{name}=name"));
        assert_eq!(answer.json()["errors"][0]["source"], json!({"parameter": name}), "{answer:#?}");
        assert_eq!(answer.status, 400);
    }
    let answer = server.get("/api/article?include=author&fields[person]=title");
    assert_eq!(answer.json()["errors"][0]["source"], json!({"parameter": "fields[person]"}), "{answer:#?}");
}

#[test]
fn of_a_type_that_does_not_come_are_no_mistake() {
    let server = server();
    let answer = server.get("/api/article/1?fields[tag]=name");
    assert_eq!((answer.status, &answer.data()), (200, &first()));
    let path = "/api/article/1?include=author";
    server.get(path).is(200, &including(document(path, &first()), &[ann()]));
}
