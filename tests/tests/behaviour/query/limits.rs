//! How much a client may ask at once: every limit, set by the application, and named when it is met.

use std::time::{Duration, Instant};

use restless_actix::prelude::*;
use serde_json::{Value, json};

use super::newsroom::{Article, Person, ROWS, TABLES};
use super::{ask, encode, newsroom};
use crate::expected::at_parameter;
use crate::server::Server;

const LIMITS: Limits = Limits {
    clauses: 4,
    depth: 3,
    values: 3,
    value_length: 12,
    pattern_length: 8,
    max_path_length: 1,
    ..Limits::DEFAULT
};

fn limited() -> Server {
    Server::start(&format!("{TABLES}{ROWS}"), |services| {
        services.service(Api::new("/api").resource(Person::api().limits(LIMITS)).resource(Article::api()).scope());
    })
}

fn named(name: &str) -> Value {
    json!({"name": "name", "op": "eq", "val": name})
}

#[track_caller]
fn refuses(server: &Server, query: &str, (parameter, detail): (&str, &str)) {
    let answer = server.get(&format!("/api/person?{query}"));
    answer.refuses(400, &[at_parameter(parameter, &format!("{parameter}: {detail}"))]);
}

#[track_caller]
fn refuses_objects(server: &Server, objects: &Value, detail: &str) {
    refuses(server, &format!("filter[objects]={}", encode(&objects.to_string())), ("filter[objects]", detail));
}

#[test]
fn bound_the_number_of_clauses() {
    let server = limited();
    let detail = "expected 4 clauses in all filters together at most, found 5";
    assert_eq!(ask(&server, "person", &json!(vec![named("Ann"); 4])).ids(), "1");
    refuses_objects(&server, &json!(vec![named("Ann"); 5]), &format!("/4: {detail}"));
    refuses_objects(
        &server,
        &json!([{"or": [named("a"), {"not": named("b")}, named("c")]}]),
        &format!("/0/or/2: {detail}"),
    );
    // Lists without a test are no way around it.
    refuses_objects(&server, &json!(vec![json!({"or": []}); 5]), &format!("/4: {detail}"));
    let four = "filter[age]=1&filter[age][gt]=1&filter[age][lt]=2&filter[name]=x";
    assert_eq!(server.get(&format!("/api/person?{four}")).status, 200);
    refuses(&server, &format!("{four}&filter[height]=1"), ("filter[height]", detail));
}

#[test]
fn bound_the_depth() {
    let server = limited();
    let detail = "expected 3 levels of clauses within each other at most, found 4";
    assert_eq!(ask(&server, "person", &json!([{"not": {"not": named("Ann")}}])).ids(), "1");
    refuses_objects(&server, &json!([{"not": {"not": {"not": named("Ann")}}}]), &format!("/0/not/not/not: {detail}"));
    let deep = json!([{"and": [{"or": [{"name": "boss", "op": "has", "val": named("Ann")}]}]}]);
    refuses_objects(&server, &deep, &format!("/0/and/0/or/0/val: {detail}"));
}

#[test]
fn bound_the_number_of_values() {
    let server = limited();
    let detail = "expected 3 values in a list at most, found 4";
    assert_eq!(server.get("/api/person?filter[id]=1,2,3").ids(), "1 2 3");
    refuses(&server, "filter[id]=1,2,3,4", ("filter[id]", detail));
    refuses(&server, "filter[boss]=1,2,3,4", ("filter[boss]", detail));
    refuses(&server, "filter[id][not_in]=1,2,3,4", ("filter[id][not_in]", detail));
    let objects = |count| json!([{"name": "id", "op": "in", "val": (0..count).collect::<Vec<u32>>()}]);
    assert_eq!(ask(&server, "person", &objects(3)).ids(), "1 2");
    refuses_objects(&server, &objects(4), &format!("/0/val: {detail}"));
}

#[test]
fn bound_the_length_of_a_value() {
    let server = limited();
    let detail = "expected 12 characters in a value at most, found more";
    assert_eq!(server.get("/api/person?filter[name]=123456789012").ids(), "");
    assert_eq!(server.get(&format!("/api/person?filter[name]={}", encode(&"😀".repeat(12)))).ids(), "");
    refuses(&server, "filter[name]=1234567890123", ("filter[name]", detail));
    let like = format!("filter[name][like]={}", "%25".repeat(13));
    refuses(&server, &like, ("filter[name][like]", detail));
    refuses(&server, "filter[name]=a,1234567890123", ("filter[name]", detail));
    refuses_objects(&server, &json!([named("12345678901")]), &format!("/0/val: {detail}"));
    let list = json!([{"name": "name", "op": "in", "val": ["12345678901"]}]);
    refuses_objects(&server, &list, &format!("/0/val: {detail}"));
}

#[test]
fn bound_the_length_of_all_patterns() {
    let server = limited();
    let detail = |found: usize| format!("expected 8 characters in all patterns together at most, found {found}");
    for operator in ["like", "not_like", "ilike", "not_ilike", "contains", "ends_with"] {
        let name = format!("filter[name][{operator}]");
        assert_eq!(server.get(&format!("/api/person?{name}=12345678")).status, 200, "{operator}");
        refuses(&server, &format!("{name}=123456789"), (&name, &detail(9)));
        let test = |val: &str| json!({"name": "name", "op": operator, "val": val});
        assert_eq!(ask(&server, "person", &json!([test("123456")])).status, 200, "{operator}");
        refuses_objects(&server, &json!([test("1234567")]), &format!("/0/val: {}", detail(9)));
        refuses_objects(
            &server,
            &json!([{"or": [test("12"), {"not": test("123")}]}]),
            &format!("/0/or/1/not/val: {}", detail(9)),
        );
        let several = format!("filter[name][contains]=12345&{name}=1234");
        if operator != "contains" {
            refuses(&server, &several, (&name, &detail(9)));
        }
    }
    // What is looked for in one place costs no more than it is long.
    for operator in ["eq", "ne", "starts_with", "gt"] {
        assert_eq!(server.get(&format!("/api/person?filter[name][{operator}]=123456789")).status, 200, "{operator}");
    }
}

#[test]
fn bound_the_relationships_on_the_way() {
    let server = limited();
    let detail = "expected 1 relationships on the way to an attribute at most, found 2";
    assert_eq!(server.get("/api/person?filter[boss.name]=Ann&sort=boss.name").ids(), "2 3");
    refuses(&server, "filter[boss.boss.name]=Ann", ("filter[boss.boss.name]", detail));
    refuses_objects(&server, &json!([{"name": "boss.boss.name", "op": "eq", "val": "A"}]), &format!("/0: {detail}"));
    let inside = json!({"name": "boss", "op": "has", "val": named("Ann")});
    refuses_objects(&server, &json!([{"name": "boss", "op": "has", "val": inside}]), &format!("/0/val: {detail}"));
    let path = json!({"name": "boss", "op": "has", "val": {"name": "articles.title", "op": "eq", "val": "x"}});
    refuses_objects(&server, &json!([path]), &format!("/0/val: {detail}"));
    let path = json!({"name": "boss.articles", "op": "any", "val": {"name": "title", "op": "eq", "val": "x"}});
    refuses_objects(&server, &json!([path]), &format!("/0: {detail}"));
    let detail = "expected 1 relationships on the way to an attribute at most, found 2";
    refuses(&server, "sort=boss.boss.name", ("sort", detail));
}

#[test]
fn are_those_of_the_collection_that_is_asked() {
    let server = limited();
    assert_eq!(server.get("/api/article?filter[author.boss.name][is_null]=false").ids(), "3");
    assert_eq!(server.get("/api/person/1/articles?filter[id]=1,2,3,4,5").ids(), "1 2");
}

#[test]
fn count_relationships_before_has_for_what_is_inside() {
    let server = newsroom::server();
    let inside = json!({"name": "articles.tags.label", "op": "eq", "val": "x"});
    let objects = json!([{"name": "boss.boss.boss", "op": "has", "val": inside}]);
    let detail = "/0/val: expected 4 relationships on the way to an attribute at most, found 5";
    refuses_objects(&server, &objects, detail);
}

#[test]
fn are_met_in_milliseconds() {
    let server = newsroom::server();
    let objects = |text: String| format!("filter[objects]={}", encode(&text));
    let test = r#"{"name":"age","op":"eq","val":1}"#;
    let queries = [
        objects(format!("[{}]", vec![r#"{"or":[]}"#; 3000].join(","))),
        objects(format!("[{}]", vec![test; 900].join(","))),
        objects(format!("{}{}", r#"{"not":"#.repeat(3000), "}".repeat(3000))),
        objects(format!("{}{}", "[".repeat(10_000), "]".repeat(10_000))),
        objects(format!(r#"[{{"name":"id","op":"in","val":[{}]}}]"#, vec!["1"; 30_000].join(","))),
        objects(format!(r#"[{{"name":"name","op":"eq","val":"{}"}}]"#, "x".repeat(60_000))),
        objects(format!(r#"[{{"name":"{}","op":"eq","val":1}}]"#, "boss.".repeat(5000))),
        format!("filter[id]={}", vec!["1"; 30_000].join(",")),
        format!("filter[{}name]=x", "boss.".repeat(5000)),
        format!("sort={}name", "boss.".repeat(5000)),
        format!("sort={}", vec!["name"; 5000].join(",")),
        (0..3000).map(|number| format!("filter[a{number}]=1")).collect::<Vec<_>>().join("&"),
    ];
    for query in queries {
        let start = Instant::now();
        let answer = server.get(&format!("/api/person?{query}"));
        let took = start.elapsed();
        let shown: String = query.chars().take(60).collect();
        assert_eq!(answer.status, 400, "{shown}");
        assert!(took < Duration::from_secs(1), "{shown} took {took:?}");
        // A parameter is named as it is called, whatever it is called.
        let most = 10_000 + 2 * query.split('=').next().map_or(0, str::len);
        assert!(answer.body.len() < most, "{shown} is answered with {} bytes", answer.body.len());
    }
}

#[test]
fn of_the_server_itself_are_no_fault_of_its_own() {
    let server = newsroom::server();
    for length in [65_000, 66_000, 140_000, 1_000_000] {
        let path = format!("/api/person?filter[name]={}", "x".repeat(length));
        let answer = server.raw(format!("GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"));
        assert!((400..500).contains(&answer.status), "{length}: {}", answer.status);
    }
    assert_eq!(server.get("/api/person?filter[name]=Ann").ids(), "1");
}
