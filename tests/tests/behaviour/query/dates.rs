//! Dates and times in filters: in every form that clients write them in, and by the database's clock.

use serde_json::json;

use super::{ask, encode, newsroom};
use crate::expected::at_parameter;
use crate::server::Server;

#[track_caller]
fn find(server: &Server, name: &str, operator: &str, cases: &[(&str, &str)]) {
    for (value, ids) in cases {
        let object = json!({"name": name, "op": operator, "val": value});
        assert_eq!(ask(server, "person", &json!([object])).ids(), *ids, "{object}");
        assert_eq!(ask(server, "person", &json!([{"or": [object]}])).ids(), *ids, "{object} in a formula");
        let path = format!("/api/person?filter[{name}][{operator}]={}", encode(value));
        assert_eq!(server.get(&path).ids(), *ids, "{path}");
    }
}

#[test]
fn are_read_in_every_form() {
    let server = newsroom::server();
    let forms =
        ["1990-02-28", "28 Feb 1990", "February 28, 1990", "28th Feb 1990", "1990-02-28T00:00:00", "1990/02/28"];
    find(&server, "born", "eq", &forms.map(|form| (form, "1")));
    let forms = ["2024-02-29T13:37:00", "2024-02-29 13:37:00", "2024-02-29T13:37", "29 Feb 2024 1:37 pm"];
    find(&server, "seen", "eq", &forms.map(|form| (form, "1")));
    find(&server, "seen", "ge", &[("2024-02-29", "1 4"), ("2024-02-29T13:37:00.5", "4")]);
    let boss = json!([{"name": "boss", "op": "has", "val": {"name": "born", "op": "eq", "val": "28 Feb 1990"}}]);
    assert_eq!(ask(&server, "person", &boss).ids(), "2 3");
    let list = json!([{"name": "born", "op": "in", "val": ["28 Feb 1990", "2004-12-31"]}]);
    assert_eq!(ask(&server, "person", &list).ids(), "1 3");
}

#[test]
fn are_compared_with_the_databases_clock() {
    let server = newsroom::server();
    server.execute("INSERT INTO person (id, name, born, seen) VALUES (7, 'Zoe', '2999-01-01', '2999-01-01 00:00:00')");
    for clock in ["CURRENT_DATE", "CURRENT_TIMESTAMP", "LOCALTIMESTAMP"] {
        find(&server, "born", "gt", &[(clock, "7")]);
        find(&server, "born", "lt", &[(clock, "1 3 4 5")]);
        find(&server, "seen", "gt", &[(clock, "7")]);
    }
    let between = json!([{"name": "born", "op": "between", "val": ["2000-01-01", "CURRENT_DATE"]}]);
    assert_eq!(ask(&server, "person", &between).ids(), "3");
}

#[test]
fn may_be_missing() {
    let server = newsroom::server();
    for name in ["born", "seen"] {
        let missing = if name == "born" { "2 6" } else { "2 5 6" };
        assert_eq!(ask(&server, "person", &json!([{"name": name, "op": "is_null"}])).ids(), missing);
        assert_eq!(server.get(&format!("/api/person?filter[{name}][is_null]=true")).ids(), missing);
    }
}

#[test]
fn are_refused_where_there_is_no_such_day() {
    let server = newsroom::server();
    for text in ["2023-02-29", "31 Jun 1990", "bogus", "1990-13-01", " "] {
        let shown = format!("{text:?}");
        let detail = format!("filter[born]: expected a date such as \"2024-02-29\", found {shown}");
        server
            .get(&format!("/api/person?filter[born]={}", encode(text)))
            .refuses(400, &[at_parameter("filter[born]", &detail)]);
    }
}
