//! Names and values in query strings, whatever they are about.

use crate::expected::at_parameter;
use crate::models;

#[test]
fn that_nothing_knows_are_refused() {
    // Q03, F12
    let server = models::five_people();
    for name in ["foo", "page_size", "pageSize", "filters", "Sort", "ignoreCase", "Filter[age]", "é"] {
        let detail = format!("this URL knows no query parameter {name:?}");
        let encoded = name.replace('é', "%C3%A9");
        let answer = server.get(&format!("/api/person?{encoded}=1"));
        answer.refuses(400, &[at_parameter(name, &detail)]);
    }
}

#[test]
fn with_names_that_the_standard_forbids_are_refused() {
    // Q01, Q03
    let server = models::five_people();
    for name in [
        "filter[_]",
        "filter[",
        "filter[age",
        "filter]",
        "filter[age]x",
        "_sort",
        "[age]",
        "filter[a..b]",
        "a$b",
        "filter[[age]]",
    ] {
        let answer = server.get(&format!("/api/person?{name}=1"));
        answer.refuses(400, &[at_parameter(name, &format!("{name:?} is no name of a query parameter"))]);
    }
}

#[test]
fn that_are_repeated_are_refused() {
    // Q05
    let server = models::five_people();
    let cases = [
        ("page[size]=1&page[size]=1", "page[size]"),
        ("page[size]=1&page%5Bsize%5D=2", "page[size]"),
        ("ignorecase=1&sort=age&ignorecase=1", "ignorecase"),
        ("page[number]=1&page[size]=2&page[number]=1", "page[number]"),
    ];
    for (query, name) in cases {
        let answer = server.get(&format!("/api/person?{query}"));
        answer.refuses(400, &[at_parameter(name, &format!("{name} stands more than once in the query string"))]);
    }
}

#[test]
fn that_are_no_text_are_refused() {
    // Q04
    let server = models::five_people();
    let answer = server.get("/api/person?filter[name]=%FF");
    answer.refuses(400, &[at_parameter("filter[name]", "the value of filter[name] is not percent-encoded UTF-8")]);
    let answer = server.get("/api/person?a%FF=1").json();
    assert_eq!(answer["errors"][0]["source"]["parameter"], "a%FF");
}

#[test]
fn are_read_with_raw_brackets_and_with_encoded_ones() {
    // Q04
    let server = models::five_people();
    for query in ["page[size]=2", "page%5Bsize%5D=2", "page%5bsize%5d=%32", "&page[size]=2&", "%70age[size]=2"] {
        let answer = server.get(&format!("/api/person?{query}"));
        assert_eq!(answer.ids(), "1 2", "{query}");
        assert_eq!(answer.json()["links"]["self"], "/api/person?page%5Bsize%5D=2");
    }
}

#[test]
fn may_be_left_empty() {
    assert_eq!(models::five_people().get("/api/person?").ids(), "1 2 3 4 5");
}

#[test]
fn may_not_be_without_number() {
    let query = (0..300).map(|number| format!("p{number}=1")).collect::<Vec<_>>().join("&");
    let answer = models::five_people().get(&format!("/api/person?{query}"));
    answer
        .refuses(400, &[crate::expected::error(400, "Bad Request", "a request may have 256 query parameters at most")]);
}

#[test]
fn are_all_named_when_all_are_wrong() {
    // E08
    let errors = [
        at_parameter("filter[_]", "\"filter[_]\" is no name of a query parameter"),
        at_parameter("page[size]", "page[size] stands more than once in the query string"),
        at_parameter("x", "the value of x is not percent-encoded UTF-8"),
    ];
    models::five_people().get("/api/person?filter[_]=1&page[size]=1&page[size]=2&x=%C3").refuses(400, &errors);
}
