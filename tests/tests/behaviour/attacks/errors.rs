//! Answers to requests with very many mistakes, or very long ones.

use restless_actix::Limits;
use restless_actix::prelude::*;
use serde_json::{Value, json};

use super::{SMALL, blog_with};
use crate::classic::shop::{self, encode, send};
use crate::client::Answer;
use crate::server::Server;

/// A document that links articles by identifiers without any member.
fn empty_identifiers(number: usize) -> Value {
    json!({"data": vec![json!({}); number]})
}

fn more(most: usize) -> Value {
    let detail = format!("there are more errors: an answer tells {most} at most");
    json!({"status": "400", "title": "More errors", "detail": detail, "meta": {"maxErrors": most}})
}

fn errors(answer: &Answer) -> Vec<Value> {
    assert_eq!(answer.status, 400, "{answer:#?}");
    answer.json()["errors"].as_array().expect("errors").clone()
}

#[test]
fn are_a_hundred_and_one_that_says_that_there_are_more() {
    let server = blog_with(|api| api);
    let fifty = server.post("/api/person/1/relationships/articles", &empty_identifiers(50));
    assert_eq!(errors(&fifty).len(), 100);
    let many = errors(&server.post("/api/person/1/relationships/articles", &empty_identifiers(400)));
    assert_eq!((many.len(), &many[100]), (101, &more(100)));
    assert_eq!(many[99]["source"]["pointer"], json!("/data/49"));
}

#[test]
fn are_as_many_as_a_setting_says_on_every_way() {
    let limited = |api: Api| api.limits(Limits { errors: 2, ..Limits::default() });
    let server = blog_with(limited);
    let parameters: String = (0..9).map(|number| format!("a{number}A=1&")).collect();
    let names: Vec<String> = (0..9).map(|number| format!("unknown{number}")).collect();
    let filters = names.iter().map(|name| json!({"name": name, "op": "eq", "val": 1})).collect::<Vec<_>>();
    let names = names.join(",");
    for query in [
        parameters,
        format!("fields[person]={names}"),
        format!("sort={names}"),
        format!("include={names}"),
        format!("filter[objects]={}", encode(&json!(filters).to_string())),
    ] {
        let found = errors(&server.get(&format!("/api/person?{query}")));
        assert_eq!((found.len(), &found[2]), (3, &more(2)), "{query}");
    }
    let attributes = json!({"a": 1, "b": 1, "c": 1, "d": 1});
    let relationships = json!({"e": {}, "f": {}, "g": {}, "h": {"data": null}});
    let linked = json!({"articles": {"data": vec![json!({"type": "person", "id": "1"}); 9]}});
    for member in [
        json!({"attributes": attributes}),
        json!({"relationships": relationships}),
        json!({"attributes": {"name": "x"}, "relationships": linked}),
    ] {
        let mut document = json!({"data": {"type": "person"}});
        document["data"].as_object_mut().expect("an object").extend(member.as_object().expect("members").clone());
        let refused = server.post("/api/person", &document);
        let found: Vec<Value> = refused.json()["errors"].as_array().expect("errors").clone();
        assert_eq!((found.len(), &found[2]["title"]), (3, &json!("More errors")), "{document}");
    }
    let missing: Vec<Value> = (900..909).map(|id| json!({"type": "article", "id": id.to_string()})).collect();
    let refused = server.post("/api/person/1/relationships/articles", &json!({"data": missing}));
    assert_eq!((refused.status, refused.json()["errors"].as_array().map(Vec::len)), (404, Some(3)));
    assert_eq!(refused.json()["errors"][2]["status"], json!("404"));

    let server = shop::with(limited);
    let invalid = json!({"name": 1, "age": "x", "bogus": 1, "other": 2});
    let refused = send(&server, "POST", "/api/person", &invalid);
    let message = refused.json()["message"].as_str().expect("a message").to_owned();
    assert!(message.ends_with("; there are more errors: an answer tells 2 at most"), "{message}");
    let nested = json!({"name": "Dan", "computers": vec![json!(5); 9]});
    let message = send(&server, "POST", "/api/person", &nested).json()["message"].as_str().expect("one").to_owned();
    assert_eq!(message.matches("expected an object").count(), 2, "{message}");
}

/// Says no to each of the requests, in few bytes and without repeating more than 100 characters of what was sent.
fn check(server: &Server, answer: &Answer) {
    let said: String = answer.body.chars().take(300).collect();
    assert!((400..500).contains(&answer.status), "{} {said}", answer.status);
    assert!(answer.body.len() < SMALL, "{} bytes: {said}", answer.body.len());
    assert!(!answer.body.contains(&"x".repeat(101)) && !answer.body.contains(&"é".repeat(101)), "{said}");
    assert_eq!(server.line("SELECT COUNT(*) AS value FROM person"), "3");
}

#[test]
fn repeat_a_hundred_characters_of_a_long_name_in_a_query() {
    let server = blog_with(|api| api.allow_functions());
    for name in ["x".repeat(20_000), encode(&"é".repeat(3_000)), encode(&"\"\u{1}".repeat(1_500))] {
        let objects =
            encode("[{\"name\":\"NAME\",\"op\":\"eq\",\"val\":1},{\"name\":\"a\",\"op\":\"NAME\",\"val\":1}]");
        let functions = encode("[{\"name\":\"NAME\",\"field\":\"id\"},{\"name\":\"max\",\"field\":\"NAME\"}]");
        for query in [
            "/api/person?NAME=1".to_owned(),
            "/api/person?NAME=1&NAME=2".to_owned(),
            "/api/person?filter[NAME]=1".to_owned(),
            "/api/person?filter[name][NAME]=1".to_owned(),
            "/api/person?filter[NAME][NAME][NAME]=1".to_owned(),
            "/api/person?filter[age]=NAME".to_owned(),
            "/api/person?fields[NAME]=a".to_owned(),
            "/api/person?fields[person]=NAME".to_owned(),
            "/api/person?sort=NAME".to_owned(),
            "/api/person?sort=NAME.name,-articles.NAME".to_owned(),
            "/api/person?include=NAME,articles.NAME".to_owned(),
            "/api/person?page[size]=NAME&page[NAME]=1".to_owned(),
            "/api/person?ignorecase=NAME".to_owned(),
            "/api/person?callback=NAME(".to_owned(),
            format!("/api/person?filter[objects]={objects}"),
            format!("/api/eval/person?functions={functions}"),
            "/api/eval/person?functions=[{\"name\":\"count\",\"field\":\"id\"}]&group=NAME&sort=NAME".to_owned(),
            "/api/person/NAME".to_owned(),
            "/api/person/1/NAME".to_owned(),
            "/api/person/1/relationships/NAME".to_owned(),
            "/api/person/1/articles/NAME".to_owned(),
            "/api/NAME".to_owned(),
        ] {
            let path = query.replace("NAME", &name).replace('"', "%22").replace('{', "%7B").replace('}', "%7D");
            check(&server, &server.request("GET", &path).send_to_anyone());
        }
    }
    let many: String = (0..250).map(|number| format!("a{number}{}=1&", "x".repeat(150))).collect();
    check(&server, &server.get(&format!("/api/person?{many}")));
}

#[test]
fn repeat_a_hundred_characters_of_a_long_name_in_a_search() {
    let server = shop::with(|api| api);
    for name in ["x".repeat(5_000), "é".repeat(1_000)] {
        for search in [
            json!({"filters": [{"name": name, "op": "eq", "val": 1}]}),
            json!({"filters": [{"name": "name", "op": name, "val": 1}]}),
            json!({"filters": [{"name": "age", "op": "eq", "val": name}]}),
            json!({"filters": [{name.as_str(): 1}]}),
            json!({"order_by": [{"field": name}]}),
            json!({"group_by": [{"field": name}]}),
            json!({name.as_str(): 1}),
        ] {
            let path = format!("/api/person?q={}", encode(&search.to_string()));
            check(&server, &server.request("GET", &path).send_to_anyone());
            let body = json!({"age": 1, "q": search});
            check(&server, &send(&server, "PATCH", "/api/person", &body));
        }
    }
}

#[test]
fn repeat_a_hundred_characters_of_a_long_name_in_a_body() {
    let blog = blog_with(|api| api);
    let shop = shop::with(|api| api);
    for name in ["x".repeat(200_000), "é".repeat(90_000), "\"\u{1}/~".repeat(40_000)] {
        let name = name.as_str();
        let linked = json!({name: {"data": vec![json!({}); 500]}, "articles": {"data": [{"type": name, "id": name}]}});
        for document in [
            json!({"data": {"type": name}}),
            json!({"data": {"type": "person", "attributes": {name: 1, "age": name}}}),
            json!({"data": {"type": "person", "relationships": linked}}),
            json!({"data": {"type": "person", "attributes": {"name": "x"}, "relationships": {name: 1}}}),
        ] {
            check(&blog, &blog.post("/api/person", &document));
            check(&blog, &blog.patch("/api/person/1", &document));
        }
        let document = json!({"data": {"type": "person", "id": name, "attributes": {"age": 1}}});
        check(&blog, &blog.patch("/api/person/1", &document));
        let members = json!({"data": [{"type": "article", "id": name}, {"type": name, "id": "1"}]});
        check(&blog, &blog.post("/api/person/1/relationships/articles", &members));
        for object in [
            json!({name: 1}),
            json!({"age": name}),
            json!({"name": "Dan", "computers": [{name: 1}, {"id": name}, {"name": {name: 1}}]}),
            json!({"name": "Dan", "computers": {"remove": [{name: 1}, {"id": name}]}}),
        ] {
            check(&shop, &send(&shop, "POST", "/api/person", &object));
            check(&shop, &send(&shop, "PATCH", "/api/person/1", &object));
        }
    }
}

#[test]
fn are_few_bytes_of_many_long_names() {
    let blog = blog_with(|api| api);
    let shop = shop::with(|api| api);
    let members: serde_json::Map<String, Value> =
        (0..3_000).map(|number| (format!("{number}{}", "é".repeat(200)), json!(1))).collect();
    check(&blog, &blog.post("/api/person", &json!({"data": {"type": "person", "attributes": members}})));
    check(&shop, &send(&shop, "POST", "/api/person", &json!(members)));
    let members: String = (0..9_000).map(|number| format!("\"a{number}\":1,")).collect();
    let document = format!("{{\"data\":{{\"type\":\"person\",\"attributes\":{{{members}\"name\":\"x\"}}}}}}");
    let request = blog.request("POST", "/api/person").header("Content-Type", crate::client::JSON_API);
    let refused = request.body(document).send();
    assert_eq!(errors(&refused)[0]["detail"], json!("attributes: expected 4096 members at most, found more"));
}
