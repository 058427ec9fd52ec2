//! The header `Link`: it keeps what was asked, and is left out where it would be too long.

use restless_actix::prelude::*;
use serde_json::json;

use super::server;
use crate::classic::shop;
use crate::client::{Answer, JSON_API};
use crate::server::Server;

/// Pages of people with a long filter.
fn asked(server: &Server, format: &str, length: usize) -> Answer {
    let name = "x".repeat(length);
    let path = match format {
        JSON_API => format!("/api/person?filter[name][ne]={name}&page[size]=1"),
        _ => format!(
            "/api/person?results_per_page=1&q={}",
            shop::encode(&json!({"filters": [{"name": "name", "op": "ne", "val": name}]}).to_string())
        ),
    };
    server.request("GET", &path).header("Accept", format).send_to_anyone()
}

#[test]
fn is_left_out_above_a_kibibyte() {
    let server = server(|api| api);
    for format in [JSON_API, "application/json"] {
        let length = |name: usize| asked(&server, format, name).header("link").map(str::len);
        let without_name = length(0).expect("a header");
        let links = if format == JSON_API { 3 } else { 2 };
        let most = (1024 - without_name) / links;
        assert_eq!(length(most), Some(without_name + links * most), "{format}");
        assert_eq!(length(most + 1), None, "{format}");
        assert_eq!(asked(&server, format, most + 1).status, 200);
    }
    // The document has them all the same.
    let document = asked(&server, JSON_API, 1100).json();
    let page = |number: u32| {
        let name = "x".repeat(1100);
        format!("/api/person?filter%5Bname%5D%5Bne%5D={name}&page%5Bnumber%5D={number}&page%5Bsize%5D=1")
    };
    assert_eq!((&document["links"]["next"], &document["links"]["last"]), (&json!(page(2)), &json!(page(3))));
}

#[test]
fn is_as_long_as_the_application_allows() {
    let long = server(|api| api.limits(Limits { link_header: 8192, ..Limits::default() }));
    let none = server(|api| api.limits(Limits { link_header: 0, ..Limits::default() }));
    for format in [JSON_API, "application/json"] {
        assert!(asked(&long, format, 1100).header("link").is_some_and(|link| link.len() > 2000), "{format}");
        let answer = asked(&none, format, 0);
        assert_eq!((answer.status, answer.header("link")), (200, None), "{format}");
    }
}

#[test]
fn keeps_every_other_parameter_in_the_classic_format() {
    let server = shop::shop();
    let q = shop::encode(&json!({"order_by": [{"field": "name", "direction": "desc"}]}).to_string());
    let answer = shop::get(&server, &format!("/api/person?page=1&q={q}&_=7&results_per_page=1&token=a+b"));
    assert_eq!(shop::ids(&answer), "3");
    let kept = format!("/api/person?q={q}&_=7&token=a+b");
    let expected =
        format!("<{kept}&page=2&results_per_page=1>; rel=\"next\", <{kept}&page=3&results_per_page=1>; rel=\"last\"");
    assert_eq!(answer.header("link"), Some(expected.as_str()));
    let next = shop::get(&server, &format!("{kept}&page=2&results_per_page=1"));
    assert_eq!(shop::ids(&next), "2");
}

#[test]
fn leads_to_the_other_pages_of_groups_in_the_classic_format() {
    let server = shop::with(Api::allow_functions);
    let functions = shop::encode("[{\"name\":\"count\",\"field\":\"id\"}]");
    let path = format!("/api/eval/person?functions={functions}&group=name");
    let first = shop::get(&server, &format!("{path}&page[size]=2"));
    let page = |number: u32| format!("{path}&page%5Bnumber%5D={number}&page%5Bsize%5D=2");
    let expected = format!("<{}>; rel=\"next\", <{}>; rel=\"last\"", page(2), page(2));
    assert_eq!(first.header("link"), Some(expected.as_str()));
    let group = json!({"name": "Cyd", "count__id": 1});
    let list = json!({"num_results": 3, "objects": [group], "page": 2, "total_pages": 2});
    shop::get(&server, &page(2)).is(200, &list);
}
