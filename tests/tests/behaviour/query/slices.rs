//! Slices of what filters and orders give, by `page[offset]` and `page[limit]`.

use serde_json::{Value, json};

use super::newsroom;
use crate::expected::at_parameter;

/// The link to a slice of all people.
fn slice(offset: u32, limit: u32) -> Value {
    json!(format!("/api/person?page%5Boffset%5D={offset}&page%5Blimit%5D={limit}"))
}

#[test]
fn link_to_one_another() {
    let server = newsroom::server();
    let none = Value::Null;
    let cases = [
        ("page[offset]=0&page[limit]=4", "1 2 3 4", [slice(0, 4), slice(4, 4), none.clone(), slice(4, 4)]),
        ("page[offset]=4&page[limit]=4", "5 6", [slice(0, 4), slice(4, 4), slice(0, 4), none.clone()]),
        ("page[limit]=3&page[offset]=2", "3 4 5", [slice(0, 3), slice(3, 3), slice(0, 3), slice(5, 3)]),
        ("page[limit]=6", "1 2 3 4 5 6", [slice(0, 6), slice(0, 6), none.clone(), none.clone()]),
        ("page[offset]=5", "6", [slice(0, 10), slice(0, 10), slice(0, 10), none.clone()]),
        ("page[offset]=50&page[limit]=4", "", [slice(0, 4), slice(4, 4), slice(4, 4), none]),
    ];
    for (query, ids, [first, last, prev, next]) in cases {
        let answer = server.get(&format!("/api/person?{query}"));
        assert_eq!(answer.ids(), ids, "{query}");
        let document = answer.json();
        let links = &document["links"];
        assert_eq!((&links["first"], &links["last"]), (&first, &last), "{query}");
        assert_eq!((&links["prev"], &links["next"]), (&prev, &next), "{query}");
        assert_eq!(document["meta"], json!({"total": 6}), "{query}");
        for link in [&first, &last, &prev, &next].into_iter().filter_map(Value::as_str) {
            assert_eq!(server.get(link).status, 200, "{link}");
            assert!(answer.header("link").is_some_and(|header| header.contains(link)), "{link}");
        }
    }
}

#[test]
fn keep_other_parameters_in_their_links() {
    let server = newsroom::server();
    for path in ["/api/person/1/reports", "/api/person/1/relationships/reports"] {
        let document = server.get(&format!("{path}?page[limit]=1&sort=-name")).json();
        assert_eq!(document["data"][0]["id"], "3");
        let next = json!(format!("{path}?sort=-name&page%5Boffset%5D=1&page%5Blimit%5D=1"));
        assert_eq!(document["links"]["next"], next);
        assert_eq!(server.get(next.as_str().expect("a link")).ids(), "2");
    }
}

#[test]
fn may_go_without_a_total() {
    let server = newsroom::server();
    let request = server.request("GET", "/api/person?page[offset]=4&page[limit]=1").header("Prefer", "count=none");
    let document = request.send().json();
    assert_eq!(document["data"][0]["id"], "5");
    assert_eq!(document["links"]["next"], slice(5, 1));
    assert_eq!((document["links"].get("last"), document.get("meta")), (None, None));
}

#[test]
fn divide_groups_too() {
    use restless_actix::prelude::*;
    let schema = format!("{}{}", newsroom::TABLES, newsroom::ROWS);
    let server = crate::server::Server::start(&schema, |services| {
        services.service(newsroom::api().allow_functions().scope());
    });
    let functions = "functions=[{%22name%22:%22count%22,%22field%22:%22id%22}]";
    let path =
        format!("/api/eval/person?{functions}&group=age&sort=age&filter[age][ge]=20&page[limit]=1&page[offset]=1");
    let document = server.request("GET", &path).send_to_anyone().json();
    assert_eq!((&document["data"], &document["meta"]), (&json!([{"age": 25, "count__id": 1}]), &json!({"total": 4})));
    let next = document["links"]["next"].as_str().expect("a link");
    assert!(next.ends_with("&page%5Boffset%5D=2&page%5Blimit%5D=1"), "{next}");
    let groups = format!("/api/eval/person?{functions}&group=age&sort=age&filter[age][ge]=20");
    // Four groups: the header leads to no slice without one.
    for (offset, limit, next, last) in [(0, 3, Some(3), 3), (1, 2, Some(3), 2), (1, 3, None, 3), (3, 2, None, 2)] {
        let path = format!("{groups}&page[offset]={offset}&page[limit]={limit}");
        let answer = server.request("GET", &path).header("Accept", "application/json").send_to_anyone();
        let header = answer.header("link").expect("links");
        let leads = |relation: &str, to: u32| {
            let end = format!("page%5Boffset%5D={to}&page%5Blimit%5D={limit}>; rel=\"{relation}\"");
            header.split(", ").any(|link| link.ends_with(&end))
        };
        assert!(leads("last", last) && next.is_none_or(|next| leads("next", next)), "{path}: {header}");
        assert_eq!(header.contains("rel=\"next\""), next.is_some(), "{path}: {header}");
    }
}

#[test]
fn are_refused_where_they_cannot_be() {
    let server = newsroom::server();
    let both = "expected either page[number] and page[size], or page[offset] and page[limit]";
    let cases = [
        ("page[offset]=0&page[number]=1", "page[offset]", both),
        ("page[limit]=2&page[size]=2", "page[limit]", both),
        ("page[limit]=0", "page[limit]", "expected a number from 1 on, found 0"),
        ("page[limit]=101", "page[limit]", "a page has 100 resources at most, found 101"),
        ("page[limit]=x", "page[limit]", "expected a whole number, found \"x\""),
        ("page[offset]=-1", "page[offset]", "expected a whole number, found \"-1\""),
        ("page[offset]=9223372036854775808", "page[offset]", "the number is too large"),
        ("page[start]=1", "page[start]", "expected page[number] and page[size], or page[offset] and page[limit]"),
    ];
    for (query, name, detail) in cases {
        let answer = server.get(&format!("/api/person?{query}"));
        answer.refuses(400, &[at_parameter(name, &format!("{name}: {detail}"))]);
    }
}

#[test]
fn need_a_limit_where_pages_have_no_size() {
    use restless_actix::prelude::*;
    let schema = format!("{}{}", newsroom::TABLES, newsroom::ROWS);
    let server = crate::server::Server::start(&schema, |services| {
        services.service(newsroom::Person::api().page_size(0).scope());
    });
    let detail = "page[offset]: expected page[limit] beside it";
    server.get("/api/person?page[offset]=1").refuses(400, &[at_parameter("page[offset]", detail)]);
    assert_eq!(server.get("/api/person?page[offset]=1&page[limit]=2").ids(), "2 3");
}
