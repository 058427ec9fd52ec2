//! `Prefer: count=exact` and `count=none`: whether a collection tells how many resources it has.

use restless_actix::prelude::*;
use serde_json::{Value, json};

use super::newsroom;
use crate::client::Answer;
use crate::server::Server;
use crate::statements::{costs, watch};

/// The newsroom with a total, and the same without.
fn server() -> Server {
    let schema = format!("{}{}", newsroom::TABLES, newsroom::ROWS);
    watch(&schema, |services| {
        newsroom::mount(services);
        let tags = newsroom::Tag::api().count(Count::None);
        let people = newsroom::Person::api().count(Count::None);
        let articles = newsroom::Article::api().count(Count::None);
        services.service(Api::new("/quiet").resource(people).resource(tags).resource(articles).scope());
    })
}

fn ask(server: &Server, path: &str, preference: &str) -> Answer {
    let request = server.request("GET", path);
    let request = if preference.is_empty() { request } else { request.header("Prefer", preference) };
    let answer = request.send();
    assert_eq!(answer.status, 200, "{answer:#?}");
    answer
}

/// The total, the header that answers the preference, and whether there is a link to the last page.
fn told(answer: &Answer) -> (Value, Option<&str>, bool) {
    let document = answer.json();
    (document["meta"]["total"].clone(), answer.header("preference-applied"), document["links"]["last"].is_string())
}

const EXACT: Option<&str> = Some("count=exact");
const NONE: Option<&str> = Some("count=none");

#[test]
fn follow_the_model_and_what_the_client_prefers() {
    let server = server();
    let cases = [
        ("/api", "", json!(6), None),
        ("/api", "count=exact", json!(6), EXACT),
        ("/api", "count=none", json!(null), NONE),
        ("/quiet", "", json!(null), None),
        ("/quiet", "count=exact", json!(6), EXACT),
        ("/quiet", "count=none", json!(null), NONE),
    ];
    for (prefix, preference, total, applied) in cases {
        let has_last = !total.is_null();
        let answer = ask(&server, &format!("{prefix}/person?page[size]=2"), preference);
        assert_eq!(told(&answer), (total, applied, has_last), "{prefix} {preference:?}");
        assert_eq!(answer.ids(), "1 2");
        assert!(answer.json()["links"]["next"].is_string());
    }
}

#[test]
fn are_written_in_any_way_that_the_header_allows() {
    let server = server();
    let cases = [
        ("count=none; x=1", NONE),
        ("Count=none", NONE),
        ("count=\"none\"", NONE),
        ("return=minimal, count=none", NONE),
        ("respond-async , count = exact", EXACT),
        ("count=none, count=exact", NONE),
        ("count=estimated", None),
        ("count", None),
        ("count=", None),
        ("count=NONE", None),
        ("bogus", None),
        (",,;=", None),
    ];
    for (preference, applied) in cases {
        assert_eq!(told(&ask(&server, "/api/person", preference)).1, applied, "{preference:?}");
    }
}

#[test]
fn hold_on_related_and_relationship_urls() {
    let server = server();
    for path in ["person/1/reports", "article/1/tags", "person/1/relationships/reports", "article/1/relationships/tags"]
    {
        let quiet = ask(&server, &format!("/api/{path}"), "count=none");
        assert_eq!(told(&quiet), (Value::Null, NONE, false), "{path}");
        let exact = ask(&server, &format!("/quiet/{path}"), "count=exact");
        assert_eq!(told(&exact), (json!(2), EXACT, true), "{path}");
        assert_eq!(told(&ask(&server, &format!("/quiet/{path}"), "")).0, Value::Null, "{path}");
    }
}

#[test]
fn mean_nothing_where_there_is_one_resource() {
    let server = server();
    for path in ["person/2", "person/2/boss", "person/2/relationships/boss", "person?filter[single]=1&filter[id]=2"] {
        let answer = ask(&server, &format!("/api/{path}"), "count=none");
        assert_eq!(answer.header("preference-applied"), None, "{path}");
    }
}

#[test]
fn of_none_save_the_statement_that_counts() {
    let server = server();
    let path = "/api/person?page[size]=2&filter[objects]=[]";
    costs(&server, || ask(&server, path, ""), 200, &["SELECT", "SELECT"]);
    costs(&server, || ask(&server, path, "count=none"), 200, &["SELECT"]);
    costs(&server, || ask(&server, &path.replace("/api", "/quiet"), ""), 200, &["SELECT"]);
    costs(&server, || ask(&server, &path.replace("/api", "/quiet"), "count=exact"), 200, &["SELECT", "SELECT"]);
}

#[test]
fn of_none_end_where_the_rows_end() {
    let server = server();
    let mut next = json!("/api/person?page[size]=4&sort=-id");
    let mut pages = Vec::new();
    while let Some(link) = next.as_str() {
        let answer = ask(&server, link, "count=none");
        pages.push(answer.ids());
        next = answer.json()["links"]["next"].clone();
    }
    assert_eq!(pages, ["6 5 4 3", "2 1"]);
}

#[test]
fn count_what_the_filters_keep() {
    let server = server();
    let filters = "filter[boss.name]=Ann&filter[age][is_null]=false&page[size]=1";
    assert_eq!(told(&ask(&server, &format!("/quiet/person?{filters}"), "count=exact")).0, 1);
    assert_eq!(told(&ask(&server, &format!("/api/person?{filters}&page[number]=5"), "")).0, 1);
}
