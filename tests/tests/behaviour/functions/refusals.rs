//! What is no function, and functions of what nobody may know.

use super::{objects, server};
use crate::expected::{at_parameter, error};

const EMPTY: &str = "Empty query parameter: expected q={\"functions\":[{\"name\":\"count\",\"field\":\"id\"}]} \
                     or functions=[{\"name\":\"count\",\"field\":\"id\"}]";

#[test]
fn of_nothing_at_all() {
    // B-12
    let server = server();
    server.get("/api/eval/sale").refuses(400, &[error(400, "Invalid query parameter", EMPTY)]);
    server.get("/api/eval/sale?q=").refuses(400, &[at_parameter("q", EMPTY)]);
    server.get("/api/eval/sale?q=%20").refuses(400, &[at_parameter("q", EMPTY)]);
    server.get("/api/eval/sale?functions=").refuses(400, &[at_parameter("functions", EMPTY)]);
}

#[test]
fn of_what_is_no_query() {
    let server = server();
    let object = "q: expected an object with \"functions\"";
    let function = "expected a function object such as {\"name\":\"sum\",\"field\":\"age\"}";
    let known = "expected count, sum, avg, min, max, stddev or variance";
    let cases = [
        ("q=[]", object.to_owned()),
        ("q=1", object.to_owned()),
        ("q={", "q: expected JSON: line 1, column 1".to_owned()),
        ("q={}{}", "q: expected JSON: line 1, column 3".to_owned()),
        ("q={%22limit%22:1}", "q: expected functions and filters, found \"limit\"".to_owned()),
        ("q={%22functions%22:{}}", "q: /functions: expected a list of function objects".to_owned()),
        ("q={%22functions%22:null}", "q: /functions: expected a list of function objects".to_owned()),
        ("q={%22functions%22:[1]}", format!("q: /functions/0: {function}")),
        ("q={%22functions%22:[{}]}", "q: /functions/0: expected a string as \"name\"".to_owned()),
        ("q={%22functions%22:[{%22name%22:%22sum%22}]}", "q: /functions/0: expected a string as \"field\"".to_owned()),
        (
            "q={%22functions%22:[{%22name%22:%22sum%22,%22field%22:null}]}",
            "q: /functions/0: expected a string as \"field\"".to_owned(),
        ),
        (
            "q={%22functions%22:[{%22name%22:%22sum%22,%22field%22:%22id%22,%22x%22:1}]}",
            format!("q: /functions/0: {function}, found \"x\""),
        ),
        (
            "q={%22functions%22:[{%22name%22:%22lower%22,%22field%22:%22vendor%22}]}",
            format!("q: /functions/0: there is no function \"lower\": {known}"),
        ),
        (
            "q={%22functions%22:[{%22name%22:%22SUM%22,%22field%22:%22medium%22}]}",
            format!("q: /functions/0: there is no function \"SUM\": {known}"),
        ),
        (
            "q={%22functions%22:[{%22name%22:%22sum%22,%22field%22:%22medium)%20--%22}]}",
            "q: /functions/0: there is no attribute \"medium) --\"".to_owned(),
        ),
    ];
    for (query, detail) in cases {
        server.get(&format!("/api/eval/sale?{query}")).refuses(400, &[at_parameter("q", &detail)]);
    }
    let both = server.get("/api/eval/sale?q={}&functions=[]");
    both.refuses(400, &[at_parameter("functions", "functions: expected either q or functions, found both")]);
    let list = server.get("/api/eval/sale?functions={}");
    list.refuses(400, &[at_parameter("functions", "functions: expected a list of function objects")]);
    let list = server.get("/api/eval/sale?functions=[{}]");
    list.refuses(400, &[at_parameter("functions", "functions: /0: expected a string as \"name\"")]);
}

#[test]
fn of_what_a_client_may_not_read() {
    let server = server();
    for function in ["count", "sum", "min", "max"] {
        for field in ["secret", "password", "owner_id", "bogus", "owner.name"] {
            let query = format!("functions=[{}]", objects(&[&format!("{function}__{field}")]));
            let detail = format!("functions: /0: there is no attribute {field:?}");
            server.get(&format!("/api/eval/sale?{query}")).refuses(400, &[at_parameter("functions", &detail)]);
        }
    }
    let query = format!("functions=[{}]", objects(&["count__owner"]));
    let detail = "functions: /0: \"owner\" is a relationship: expected an attribute";
    server.get(&format!("/api/eval/sale?{query}")).refuses(400, &[at_parameter("functions", detail)]);
}

#[test]
fn are_all_told_at_once() {
    let server = server();
    let query = format!("functions=[{}]", objects(&["sum__vendor", "median__id", "count__id", "max__bogus"]));
    let known = "expected count, sum, avg, min, max, stddev or variance";
    let errors = [
        at_parameter("functions", "functions: /0: sum does not suit \"vendor\", whose value is a string"),
        at_parameter("functions", &format!("functions: /1: there is no function \"median\": {known}")),
        at_parameter("functions", "functions: /3: there is no attribute \"bogus\""),
        at_parameter("group", "group: there is no attribute \"nothing\""),
        at_parameter("x", "this URL knows no query parameter \"x\""),
    ];
    server.get(&format!("/api/eval/sale?{query}&group=nothing&x=1")).refuses(400, &errors);
}

#[test]
fn of_more_than_a_request_may_have() {
    let server = server();
    let many = objects(&vec!["count__id"; 33]);
    let detail = "functions: expected 32 functions at most, found 33";
    server.get(&format!("/api/eval/sale?functions=[{many}]")).refuses(400, &[at_parameter("functions", detail)]);
}

#[test]
fn of_other_urls() {
    let server = server();
    for name in ["q", "functions"] {
        let detail = format!("this URL knows no query parameter {name:?}");
        server.get(&format!("/api/sale?{name}=[]")).refuses(400, &[at_parameter(name, &detail)]);
    }
    let detail = "group: resources are not grouped; the functions of a collection are, below eval/";
    server.get("/api/sale?group=vendor").refuses(400, &[at_parameter("group", detail)]);
}

#[test]
fn of_nonsense_are_never_the_servers_fault() {
    let server = server();
    let words = [
        "{",
        "}",
        "[",
        "]",
        ",",
        ":",
        "\"functions\"",
        "\"filters\"",
        "\"name\"",
        "\"field\"",
        "\"op\"",
        "\"val\"",
        "\"sum\"",
        "\"count\"",
        "\"medium\"",
        "\"vendor\"",
        "\"eq\"",
        "null",
        "1",
        "-1e999",
        "\"\\ud800\"",
        "\"'; DROP TABLE sale\"",
    ];
    let names =
        ["q", "functions", "group", "sort", "page[number]", "page[size]", "filter[objects]", "filter[medium][gt]"];
    let mut random = fastrand::Rng::with_seed(7);
    for _ in 0..400 {
        let parameters = (0..random.usize(1..4)).map(|_| {
            let value: Vec<&str> = (0..random.usize(0..14)).map(|_| words[random.usize(0..words.len())]).collect();
            let value: String = value.concat().bytes().fold(String::new(), |text, byte| format!("{text}%{byte:02X}"));
            format!("{}={value}", names[random.usize(0..names.len())])
        });
        let query = parameters.collect::<Vec<_>>().join("&");
        let answer = server.request("GET", &format!("/api/eval/sale?{query}")).send_to_anyone();
        assert!(matches!(answer.status, 200 | 400), "{query}: {answer:#?}");
    }
    assert_eq!(server.values("SELECT count(*) || '' AS value FROM sale"), [Some("4".to_owned())]);
}
