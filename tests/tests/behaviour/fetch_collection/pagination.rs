//! Pages of a collection.

use serde_json::{Value, json};

use crate::expected::{at_parameter, person};
use crate::models;
use crate::server::Server;

fn page(kept: &str, number: u64, size: u64) -> String {
    let separator = if kept.is_empty() { "" } else { "&" };
    format!("/api/person?{kept}{separator}page%5Bnumber%5D={number}&page%5Bsize%5D={size}")
}

fn many(number: u32) -> Server {
    let rows = (1..=number).map(|id| format!("({id}, 'person{id:03}')")).collect::<Vec<_>>().join(", ");
    models::with_rows(&format!("INSERT INTO person (id, name) VALUES {rows}"))
}

fn people(numbers: std::ops::RangeInclusive<u32>) -> Vec<Value> {
    numbers.map(|id| person(id, &format!("person{id:03}"), None)).collect()
}

#[test]
fn begins_with_the_first_ten() {
    let answer = many(25).get("/api/person");
    let links = json!({
        "self": "/api/person", "first": page("", 1, 10), "last": page("", 3, 10), "prev": null, "next": page("", 2, 10),
    });
    let version = json!({"version": "1.1"});
    answer.is(200, &json!({"jsonapi": version, "links": links, "data": people(1..=10), "meta": {"total": 25}}));
}

#[test]
fn links_to_the_pages_around_it() {
    // F27, F28
    let answer = many(25).get("/api/person?page[number]=2&page[size]=10");
    let links = json!({
        "self": page("", 2, 10), "first": page("", 1, 10), "last": page("", 3, 10), "prev": page("", 1, 10),
        "next": page("", 3, 10),
    });
    let version = json!({"version": "1.1"});
    answer.is(200, &json!({"jsonapi": version, "links": links, "data": people(11..=20), "meta": {"total": 25}}));
}

#[test]
fn has_no_next_at_the_end() {
    let document = many(25).get("/api/person?page[number]=3").json();
    assert_eq!(document["data"], json!(people(21..=25)));
    assert_eq!((&document["links"]["next"], &document["links"]["prev"]), (&Value::Null, &json!(page("", 2, 10))));
}

#[test]
fn has_no_next_when_the_last_page_is_full() {
    let document = many(20).get("/api/person?page[number]=2").json();
    assert_eq!((&document["links"]["next"], &document["links"]["last"]), (&Value::Null, &json!(page("", 2, 10))));
    assert_eq!(document["meta"], json!({"total": 20}));
}

#[test]
fn tells_the_links_in_a_header_too() {
    let server = many(25);
    let of = |query: &str| server.get(&format!("/api/person?{query}")).header("link").map(str::to_owned);
    let link = |relation: &str, number| format!("<{}>; rel=\"{relation}\"", page("", number, 10));
    let middle = [link("first", 1), link("last", 3), link("prev", 1), link("next", 3)].join(", ");
    assert_eq!(of("page[number]=2"), Some(middle));
    assert_eq!(of(""), Some([link("first", 1), link("last", 3), link("next", 2)].join(", ")));
}

#[test]
fn keeps_every_other_parameter_in_its_links() {
    // F31
    let server = many(25);
    let kept = "sort=-name&fields%5Bperson%5D=name,age&filter%5Bid%5D=1,2,3,4,5";
    let answer = server.get(&format!("/api/person?page[size]=2&{kept}&page[number]=2"));
    let (number, size) = ("page%5Bnumber%5D=2", "page%5Bsize%5D=2");
    let links = json!({
        "self": format!("/api/person?{size}&{kept}&{number}"), "first": page(kept, 1, 2), "last": page(kept, 3, 2),
        "prev": page(kept, 1, 2), "next": page(kept, 3, 2),
    });
    assert_eq!(answer.json()["links"], links);
    assert!(answer.header("link").is_some_and(|header| header.contains(&page(kept, 3, 2))));
    assert_eq!(answer.ids(), "3 2");
}

#[test]
fn is_empty_past_the_end() {
    // F32
    let answer = many(25).get("/api/person?page[number]=9");
    let links = json!({
        "self": "/api/person?page%5Bnumber%5D=9", "first": page("", 1, 10), "last": page("", 3, 10),
        "prev": page("", 3, 10), "next": null,
    });
    answer.is(200, &json!({"jsonapi": {"version": "1.1"}, "links": links, "data": [], "meta": {"total": 25}}));
}

#[test]
fn is_empty_far_past_the_end() {
    let answer = many(3).get("/api/person?page[number]=92233720368547758&page[size]=100");
    assert_eq!((answer.data(), &answer.json()["meta"]), (json!([]), &json!({"total": 3})));
}

#[test]
fn meets_every_row_once() {
    // F26: equal sort keys do not make rows come twice or never.
    let rows = (1..=30).map(|id| format!("({id}, 'p{id}', {})", id % 3)).collect::<Vec<_>>().join(", ");
    let server = models::with_rows(&format!("INSERT INTO person (id, name, age) VALUES {rows}"));
    let mut next = json!("/api/person?sort=-age&page[size]=7");
    let mut ids = Vec::new();
    while let Some(link) = next.as_str() {
        let answer = server.get(link);
        ids.extend(answer.ids().split(' ').map(|id| id.parse::<u32>().expect("a number")));
        next = answer.json()["links"]["next"].clone();
    }
    let expected: Vec<u32> = [2, 1, 0].iter().flat_map(|rest| (1..=30).filter(move |id| id % 3 == *rest)).collect();
    assert_eq!(ids, expected);
}

#[test]
fn has_as_many_as_the_client_wants_up_to_the_greatest_size() {
    let server = many(150);
    for size in [1, 2, 99, 100] {
        let answer = server.get(&format!("/api/person?page[size]={size}"));
        assert_eq!(answer.data().as_array().map(Vec::len), Some(size));
    }
}

#[test]
fn of_size_zero_is_the_whole_collection() {
    let answer = many(100).get("/api/person?page[size]=0");
    let links = json!({"self": "/api/person?page%5Bsize%5D=0"});
    let version = json!({"version": "1.1"});
    answer.is(200, &json!({"jsonapi": version, "links": links, "data": people(1..=100), "meta": {"total": 100}}));
    assert_eq!(answer.header("link"), None);
}

#[test]
fn of_size_zero_is_refused_when_the_collection_is_larger_than_a_page_may_be() {
    let server = many(101);
    let detail = "page[size]: the collection has more than 100 resources, ask for pages of it";
    server.get("/api/person?page[size]=0").refuses(400, &[at_parameter("page[size]", detail)]);
    let answer = server.get("/api/person?page[size]=0&filter[name]=person007");
    assert_eq!(answer.ids(), "7");
}

#[test]
fn refuses_what_is_no_page() {
    // F32
    let cases = [
        ("page[number]=0", "page[number]", "page[number]: expected a number from 1 on, found 0"),
        ("page[number]=abc", "page[number]", "page[number]: expected a whole number, found \"abc\""),
        ("page[number]=-1", "page[number]", "page[number]: expected a whole number, found \"-1\""),
        ("page[number]=1.5", "page[number]", "page[number]: expected a whole number, found \"1.5\""),
        ("page[number]=", "page[number]", "page[number]: expected a whole number, found \"\""),
        ("page[number]", "page[number]", "page[number]: expected a whole number, found \"\""),
        ("page[number]=9223372036854775807", "page[number]", "page[number]: the number is too large"),
        ("page[number]=1%00", "page[number]", "page[number]: expected a whole number, found \"1\\0\""),
        ("page[number]=%D9%A3", "page[number]", "page[number]: expected a whole number, found \"٣\""),
        ("page[size]=101", "page[size]", "page[size]: a page has 100 resources at most, found 101"),
        ("page[size]=-1", "page[size]", "page[size]: expected a whole number, found \"-1\""),
        ("page[size]=+5", "page[size]", "page[size]: expected a whole number, found \" 5\""),
        ("page[size]=1e3", "page[size]", "page[size]: expected a whole number, found \"1e3\""),
    ];
    let server = many(3);
    for (query, parameter, detail) in cases {
        server.get(&format!("/api/person?{query}")).refuses(400, &[at_parameter(parameter, detail)]);
    }
    for parameter in ["page[after]", "page", "page[]", "page[number][size]"] {
        let detail = format!("{parameter}: expected page[number] and page[size], or page[offset] and page[limit]");
        server.get(&format!("/api/person?{parameter}=2")).refuses(400, &[at_parameter(parameter, &detail)]);
    }
}

#[test]
fn refuses_numbers_beyond_64_bits() {
    let digits = "99999999999999999999";
    let answer = many(3).get(&format!("/api/person?page[number]={digits}&page[size]={digits}"));
    let error = |name: &str| at_parameter(name, &format!("{name}: expected a whole number, found \"{digits}\""));
    answer.refuses(400, &[error("page[number]"), error("page[size]")]);
}
