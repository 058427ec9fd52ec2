//! `group`: the values of functions for each group of resources.

use serde_json::{Value, json};

use super::{ask, q, server, with_rows};
use crate::backends::by_backend;
use crate::expected::at_parameter;
use crate::server::Server;

#[track_caller]
fn groups(server: &Server, query: &str) -> Vec<Value> {
    let answer = ask(server, query);
    assert_eq!(answer.status, 200, "{answer:#?}");
    answer.data().as_array().expect("a list").clone()
}

/// Where databases put nulls.
fn nulls_first<T>(null: T, others: Vec<T>) -> Vec<T> {
    let mut all = others;
    let place = by_backend(0, all.len(), 0);
    all.insert(place, null);
    all
}

#[test]
fn gives_one_object_per_group() {
    let answer = ask(&server(), &format!("{}&group=vendor", q(&["count__id", "sum__medium"])));
    let data = nulls_first(
        json!({"vendor": null, "count__id": 1, "sum__medium": null}),
        vec![
            json!({"vendor": "bar", "count__id": 1, "sum__medium": 30}),
            json!({"vendor": "foo", "count__id": 2, "sum__medium": 30}),
        ],
    );
    let itself = format!(
        "/api/eval/sale?q={}&group=vendor",
        "%7B%22functions%22%3A%5B%7B%22name%22%3A%22count%22,%22field%22%3A%22id%22%7D,%7B%22name%22%3A%22sum%22,%22field%22%3A%22medium%22%7D%5D%7D"
    );
    let page = format!("{itself}&page%5Bnumber%5D=1&page%5Bsize%5D=10");
    answer.is(
        200,
        &json!({
            "data": data,
            "meta": {"total": 3},
            "links": {"self": itself, "first": page, "last": page, "prev": null, "next": null},
        }),
    );
}

#[test]
fn gives_the_same_for_functions_in_a_list() {
    let query = "functions=[{%22name%22:%22count%22,%22field%22:%22id%22}]&group=flag&filter[flag][is_null]=false";
    let expected = [json!({"flag": false, "count__id": 1}), json!({"flag": true, "count__id": 2})];
    assert_eq!(groups(&server(), query), expected);
}

#[test]
fn gives_the_groups_alone_without_functions() {
    let expected = [json!({"vendor": "bar"}), json!({"vendor": "foo"})];
    assert_eq!(groups(&server(), "q={}&group=vendor&filter[vendor][is_null]=false"), expected);
}

#[test]
fn gives_nothing_without_rows() {
    let answer = ask(&with_rows(""), &format!("{}&group=vendor", q(&["count__id"]))).json();
    assert_eq!((&answer["data"], &answer["meta"]["total"]), (&json!([]), &json!(0)));
}

#[test]
fn follows_to_one_relationships() {
    let server = server();
    let query = format!("{}&group=owner.name&sort=owner.name", q(&["sum__medium"]));
    let expected = nulls_first(
        json!({"owner.name": null, "sum__medium": null}),
        vec![json!({"owner.name": "Ann", "sum__medium": 40}), json!({"owner.name": "Bob", "sum__medium": 20})],
    );
    assert_eq!(groups(&server, &query), expected);
    let query = format!("{}&group=owner.boss.name,owner.id&sort=-owner.id&filter[owner][in]=1,2", q(&["sum__medium"]));
    let expected = [
        json!({"owner.boss.name": "Ann", "owner.id": 2, "sum__medium": 20}),
        json!({"owner.boss.name": null, "owner.id": 1, "sum__medium": 40}),
    ];
    assert_eq!(groups(&server, &query), expected);
}

#[test]
fn is_by_every_kind_that_has_equality() {
    let server = server();
    let cases = [
        ("id", json!(1)),
        ("small", json!(1)),
        ("large", json!(100)),
        ("single", json!(0.5)),
        ("double", json!(5.0)),
        ("amount", by_backend(json!("1.25"), json!("1.25"), json!("1.250000000"))),
        ("flag", json!(true)),
        ("day", json!("2024-01-01")),
        ("hour", json!("08:00:00")),
        ("moment", json!("2024-01-01T08:00:00")),
        ("bytes", Value::Null),
    ];
    for (key, value) in cases {
        let query = format!("{}&group={key}&filter[id]=1", q(&["count__id"]));
        assert_eq!(groups(&server, &query), [json!({key: value, "count__id": 1})]);
    }
}

#[test]
fn is_sorted_by_keys_and_functions() {
    let rows = "INSERT INTO sale (id, vendor, flag, medium) VALUES
        (1, 'a', true, 5), (2, 'a', false, 1), (3, 'b', true, 9), (4, 'b', true, 1), (5, 'c', false, 100), (6, 'c', true, 20);";
    let server = with_rows(rows);
    let order = |sort: &str| {
        let query = format!("{}&group=vendor,flag{sort}", q(&["count__id", "sum__medium"]));
        let groups = groups(&server, &query);
        let shown = groups.iter().map(|group| {
            let flag = if group["flag"] == json!(true) { "+" } else { "-" };
            format!("{}{flag}", group["vendor"].as_str().unwrap_or_default())
        });
        shown.collect::<Vec<_>>().join(" ")
    };
    assert_eq!(order(""), "a- a+ b+ c- c+");
    assert_eq!(order("&sort=-vendor"), "c- c+ b+ a- a+");
    assert_eq!(order("&sort=-flag"), "a+ b+ c+ a- c-");
    assert_eq!(order("&sort=sum__medium"), "a- a+ b+ c+ c-");
    assert_eq!(order("&sort=-sum__medium"), "c- c+ b+ a+ a-");
    assert_eq!(order("&sort=-count__id,-vendor"), "b+ c- c+ a- a+");
}

#[test]
fn is_divided_into_pages() {
    let rows = (1..=25).map(|id| format!("({id}, 'v{:02}')", id % 12)).collect::<Vec<_>>().join(", ");
    let server = with_rows(&format!("INSERT INTO sale (id, vendor) VALUES {rows};"));
    let query = format!("{}&group=vendor&sort=-count__id", q(&["count__id"]));
    let mut path = Some(format!("/api/eval/sale?{query}&page[size]=5"));
    let mut found = Vec::new();
    while let Some(next) = path {
        let answer = server.request("GET", &next).send_to_anyone();
        let document = answer.json();
        assert_eq!(document["meta"]["total"], 12, "{answer:#?}");
        let header = answer.header("link").expect("a header").to_owned();
        path = document["links"]["next"].as_str().map(str::to_owned);
        assert_eq!(header.contains("rel=\"next\""), path.is_some(), "{header}");
        assert!(header.contains("rel=\"last\"") && header.contains("page%5Bnumber%5D=3"), "{header}");
        found.extend(answer.data().as_array().expect("a list").iter().map(|group| group["vendor"].clone()));
    }
    let mut distinct: Vec<&str> = found.iter().filter_map(Value::as_str).collect();
    assert_eq!((distinct.len(), distinct[0]), (12, "v01"));
    distinct[1..].sort_unstable();
    distinct.dedup();
    assert_eq!(distinct.len(), 12);
}

#[test]
fn keeps_to_the_pages_of_the_endpoint() {
    let rows = (1..=120).map(|id| format!("({id})")).collect::<Vec<_>>().join(", ");
    let server = with_rows(&format!("INSERT INTO sale (id) VALUES {rows};"));
    let base = format!("{}&group=id", q(&["count__id"]));
    assert_eq!(groups(&server, &base).len(), 10);
    assert_eq!(groups(&server, &format!("{base}&page[size]=100")).len(), 100);
    let get = |page: &str| server.get(&format!("/api/eval/sale?{base}&{page}"));
    let detail = "page[size]: a page has 100 resources at most, found 101";
    get("page[size]=101").refuses(400, &[at_parameter("page[size]", detail)]);
    let detail = "page[size]: there are more than 100 groups, ask for pages of them";
    get("page[size]=0").refuses(400, &[at_parameter("page[size]", detail)]);
    let beyond = ask(&server, &format!("{base}&page[number]=99")).json();
    assert_eq!((&beyond["data"], &beyond["meta"]["total"]), (&json!([]), &json!(120)));
}

#[test]
fn counts_groups_only_if_that_is_wanted() {
    let server = server();
    let path = format!("/api/eval/sale?{}&group=vendor&page[size]=2", q(&["count__id"]));
    let answer = server.request("GET", &path).header("Prefer", "count=none").send_to_anyone();
    let document = answer.json();
    assert_eq!(answer.header("preference-applied"), Some("count=none"));
    assert!(document.get("meta").is_none() && document["links"]["next"].is_string(), "{answer:#?}");
    assert_eq!(document["data"].as_array().map(Vec::len), Some(2));
}

#[test]
fn refuses_what_makes_no_groups() {
    let server = server();
    let get = |query: &str| server.get(&format!("/api/eval/sale?{}&{query}", q(&["count__id"])));
    let cases = [
        ("group=bogus", "group", "group: there is no attribute \"bogus\""),
        ("group=secret", "group", "group: there is no attribute \"secret\""),
        ("group=password", "group", "group: there is no attribute \"password\""),
        ("group=owner_id", "group", "group: there is no attribute \"owner_id\""),
        ("group=owner", "group", "group: \"owner\" is a relationship: expected an attribute"),
        ("group=owner.bogus", "group", "group: there is no attribute \"bogus\""),
        ("group=bogus.name", "group", "group: there is no relationship \"bogus\""),
        ("group=json", "group", "group: \"json\" cannot be grouped by: its value is a JSON value"),
        ("group=vendor,vendor", "group", "group: \"vendor\" stands more than once"),
        ("group=vendor,", "group", "group: expected names with commas between them"),
        ("group=", "group", "group: expected names with commas between them"),
        ("group[vendor]=1", "group[vendor]", "group has no members: expected group=…"),
        ("group=vendor&sort=medium", "sort", "sort: \"medium\" is none of the groups and functions of this request"),
        ("group=vendor&sort=sum__id", "sort", "sort: \"sum__id\" is none of the groups and functions of this request"),
        ("group=vendor&sort=vendor,-vendor", "sort", "sort: \"vendor\" stands more than once"),
        ("sort=vendor", "sort", "sort: there are no groups without the parameter group"),
        ("page[size]=5", "page[size]", "page[size]: there are no groups without the parameter group"),
        ("group=vendor&ignorecase=1", "ignorecase", "this URL knows no query parameter \"ignorecase\""),
        ("group=vendor&include=owner", "include", "this URL knows no query parameter \"include\""),
    ];
    for (query, parameter, detail) in cases {
        get(query).refuses(400, &[at_parameter(parameter, detail)]);
    }
    let many = "group=vendor,id,small,medium,large,single,double,amount,flag";
    get(many).refuses(400, &[at_parameter("group", "group: expected 8 attributes at most, found 9")]);
    let person = server.get(&format!("/api/eval/person?{}&group=sales.vendor", q(&["count__id"])));
    let detail = "group: \"sales\" leads to many resources: only to-one relationships give an order";
    person.refuses(400, &[at_parameter("group", detail)]);
}
