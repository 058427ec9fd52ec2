//! Pages of what filters and orders give (F27 to F32).

use serde_json::{Value, json};

use super::{encode, newsroom};
use crate::expected::at_parameter;

#[test]
fn keep_every_other_parameter_in_their_links() {
    let server = newsroom::server();
    let objects = encode(&json!([{"name": "name", "op": "like", "val": "%25&=%,\""}, {"or": []}]).to_string());
    let kept = format!(
        "filter[objects]={objects}&filter[age][ge]=1&sort=-boss.name&ignorecase=1&include=boss&fields[person]=name"
    );
    let links = server.get(&format!("/api/person?{kept}&page[number]=3&page[size]=1")).json()["links"].clone();
    let first = links["first"].as_str().expect("a link");
    let answer = server.get(first);
    assert_eq!(answer.status, 200);
    assert_eq!(answer.json()["links"]["self"].as_str(), Some(first));
    for name in ["objects", "age", "sort", "ignorecase", "include", "fields"] {
        assert!(first.contains(name), "{name} in {first}");
    }
}

#[test]
fn link_to_one_another_with_filters() {
    let server = newsroom::server();
    let page = |number: u32| {
        json!(format!("/api/person?filter%5Bage%5D%5Bge%5D=25&sort=-age&page%5Bnumber%5D={number}&page%5Bsize%5D=2"))
    };
    let cases = [
        (1, "5 1", Value::Null, page(2)),
        (2, "4 6", page(1), Value::Null),
        (3, "", page(2), Value::Null),
        (9, "", page(2), Value::Null),
    ];
    for (number, ids, prev, next) in cases {
        let path = format!("/api/person?filter[age][ge]=25&sort=-age&page[number]={number}&page[size]=2");
        let answer = server.get(&path);
        assert_eq!(answer.ids(), ids, "page {number}");
        let links = answer.json()["links"].clone();
        assert_eq!((&links["first"], &links["last"]), (&page(1), &page(2)), "page {number}");
        assert_eq!((&links["prev"], &links["next"]), (&prev, &next), "page {number}");
    }
}

#[test]
fn of_nothing_are_one() {
    let answer = newsroom::server().get("/api/person?filter[age]=99&page[size]=3");
    let page = "/api/person?filter%5Bage%5D=99&page%5Bnumber%5D=1&page%5Bsize%5D=3";
    let links = json!({
        "self": "/api/person?filter%5Bage%5D=99&page%5Bsize%5D=3", "first": page, "last": page, "prev": null, "next": null,
    });
    answer.is(200, &json!({"jsonapi": {"version": "1.1"}, "links": links, "data": [], "meta": {"total": 0}}));
}

#[test]
fn of_related_resources_and_of_linkage_link_to_one_another() {
    let server = newsroom::server();
    for path in ["/api/person/1/reports", "/api/person/1/relationships/reports"] {
        let document = server.get(&format!("{path}?page[size]=1&sort=-name")).json();
        let page = |number: u32| json!(format!("{path}?sort=-name&page%5Bnumber%5D={number}&page%5Bsize%5D=1"));
        let links = &document["links"];
        assert_eq!((&links["first"], &links["last"]), (&page(1), &page(2)));
        assert_eq!((&links["prev"], &links["next"]), (&Value::Null, &page(2)));
        assert_eq!(document["data"][0]["id"], "3");
        let next = server.get(links["next"].as_str().expect("a link"));
        assert_eq!(next.ids(), "2");
    }
}

#[test]
fn are_refused_together_with_everything_else_that_is_wrong() {
    let answer =
        newsroom::server().get("/api/person?page[size]=0x1&page[number]=2147483648&page[cursor]=a&filter[age]=x");
    let errors = [
        at_parameter("filter[age]", "filter[age]: expected an integer, found \"x\""),
        at_parameter("page[size]", "page[size]: expected a whole number, found \"0x1\""),
        at_parameter(
            "page[cursor]",
            "page[cursor]: expected page[number] and page[size], or page[offset] and page[limit]",
        ),
    ];
    answer.refuses(400, &errors);
}
